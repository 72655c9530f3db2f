/** What a record of Ahjo says beside its text, and pages whose marks are not those of a book. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ahjoRecords, finnishLexicon } from "#test/golden/documents.ts";
import { makerSlugOf } from "../plan.ts";
import type { Reading } from "../reading.ts";
import { saysUnit } from "./ahjo-maker.ts";
import { readDocument } from "./read.ts";

const finnish = finnishLexicon();
const lexicon = "lexicon" in finnish ? finnish.lexicon : null;

async function readingOf(bytes: Uint8Array): Promise<Reading> {
  const result = await readDocument(bytes, lexicon);
  assert.ok(result.ok, JSON.stringify(result));
  return result.reading;
}

/** A record with this content under "Päätös", and what else it is to say. */
const recordOf = (content: string, fields: object = {}): Uint8Array => {
  const Content = `<html lang="fi"><div class="paatos"><h1 class="AsiaOtsikko">Asia</h1>${content}</div></html>`;
  return new TextEncoder().encode(
    JSON.stringify({
      NativeId: "{1}",
      Title: "Asia",
      CaseIDLabel: "HEL 2021-000001",
      Section: "1",
      Content,
      ...fields,
    }),
  );
};
const DECISION = '<h3 class="SisaltoOtsikko">Päätös</h3>';

describe("who decided, in Ahjo", () => {
  it("is another wherever the organisation is another", async () => {
    const slugs = new Map<string, Set<string | null>>();
    for (const record of await ahjoRecords()) {
      const { Organization } = JSON.parse(new TextDecoder().decode(record)) as { Organization: { ID: string } };
      const slug = makerSlugOf(await readingOf(record));
      slugs.set(Organization.ID, (slugs.get(Organization.ID) ?? new Set()).add(slug));
    }
    const each = [...slugs.values()].map((ofOne) => [...ofOne]);
    assert.ok(each.every(({ length }) => length === 1));
    assert.equal(new Set(each.flat()).size, slugs.size);
  });

  const organization = (Name: string, Type: string, ...units: string[]) => ({
    Organization: {
      Name,
      Type,
      OrganizationLevelAbove: { organizations: units.map((unit) => ({ Name: unit })) },
    },
  });
  const NAMES: [string, string, string, string][] = [
    ["Viranhaltija", "Tiimipäällikkö", "Maanhankinta", "Tiimipäällikkö, Maanhankinta"],
    ["Luottamushenkilö", "Pormestari", "Keskushallinto", "Pormestari"],
    ["Viranhaltija", "Palveluesihenkilö, työkyky", "Työkyky", "Palveluesihenkilö, työkyky"],
    ["Lautakunta", "Tarkastuslautakunta", "Tarkastusvirasto", "Tarkastuslautakunta"],
  ];
  for (const [type, name, unit, read] of NAMES) {
    it(`is ${read} for ${name} of ${unit}`, async () => {
      const reading = await readingOf(recordOf(`${DECISION}<p>Hyväksyttiin.</p>`, organization(name, type, unit)));
      assert.equal(reading.decisionMaker?.name, read);
    });
  }

  it("is named without its unit where the name says it", () => {
    assert.ok(saysUnit("Liikuntajohtaja", "Liikuntapalvelukokonaisuus"));
    assert.ok(saysUnit("Kehitysvammapoliklinikan päällikkö", "Kehitysvammapoliklinikka"));
    assert.ok(saysUnit("Varhaiskasvatuksen aluepäällikkö 5.2", "Varhaiskasvatuksen alueelliset palvelut 5.2"));
    assert.ok(!saysUnit("Varhaiskasvatuksen aluepäällikkö 5.2", "Varhaiskasvatuksen alueelliset palvelut 5.1"));
    assert.ok(!saysUnit("Kotihoitopäällikkö", "Eteläinen kotihoitoyksikkö"));
  });
});

describe("a meeting in Ahjo", () => {
  const Meeting = { MeetingID: "00400202146", DecisionMakerId: "00400", Name: "Kaupunginhallituksen kokous" };
  const meetingOf = async (meeting: object) =>
    (await readingOf(recordOf(`${DECISION}<p>Hyväksyttiin.</p>`, { Meeting: meeting }))).meeting;

  it("has the number that its record gives, and none that its identifier seems to give", async () => {
    assert.deepEqual(await meetingOf(Meeting), { name: "Kaupunginhallituksen kokous", number: null });
    assert.deepEqual(await meetingOf({ ...Meeting, MeetingSequenceNumber: 38 }), {
      name: "Kaupunginhallituksen kokous",
      number: "38",
    });
  });
});

describe("what stands under the title in Ahjo", () => {
  it("is kept, and the matters and days that it and the title mention are found", async () => {
    const under = '<div class="Viite">HEL 2021-012244, HE 230/2021 vp </div><div class="Viite"></div>';
    const reading = await readingOf(
      recordOf(`${under}${DECISION}<p>Hyväksyttiin.</p>`, { Title: "V 19.1.2022, vuokra; ks. HEL 2016-012511" }),
    );
    assert.deepEqual(reading.references, ["HEL 2021-012244, HE 230/2021 vp"]);
    assert.deepEqual(
      reading.mentions.map(({ key }) => key),
      ["HEL 2016-012511", "HEL 2021-012244"],
    );
    assert.deepEqual(reading.dates, [{ kind: "mentioned", day: "2022-01-19" }]);
  });
});

it("days in the instructions for appeal are no days of the matter", async () => {
  const appeal = '<h3 class="MuutoksenhakuOtsikko">Muutoksenhaku</h3><p>Osoite muuttuu 27.12.2021.</p>';
  const reading = await readingOf(recordOf(`${DECISION}<p>Voimassa 24.-25.2.2022.</p>${appeal}`));
  assert.deepEqual(
    reading.dates.map(({ day }) => day),
    ["2022-02-24", "2022-02-25"],
  );
});
