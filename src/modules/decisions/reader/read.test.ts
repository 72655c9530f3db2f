import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ahjoRecords, demoDocument, finnishLexicon, listing, SINGLE_DOCUMENTS } from "#test/golden/documents.ts";
import type { Reading, SectionKind, Unreadable } from "../reading.ts";
import { readDocument } from "./read.ts";

const finnish = finnishLexicon();
const lexicon = "lexicon" in finnish ? finnish.lexicon : null;
const encode = (text: string) => new TextEncoder().encode(text);

async function readingOf(bytes: Uint8Array): Promise<Reading> {
  const result = await readDocument(bytes, lexicon);
  assert.ok(result.ok, JSON.stringify(result));
  return result.reading;
}
async function reasonOf(bytes: Uint8Array, maxBytes?: number): Promise<Unreadable> {
  const result = await readDocument(bytes, lexicon, maxBytes === undefined ? {} : { maxBytes });
  assert.ok(!result.ok);
  assert.ok(result.reason.detail.length > 10);
  return result.reason;
}
const textOf = (reading: Reading, kind: SectionKind) =>
  reading.sections
    .filter((section) => section.kind === kind)
    .map((section) => section.blocks.map((b) => (b.kind === "table" ? "" : b.text)).join(" "))
    .join(" ");

const HEADS: [string, string, string | null, string, string | null, string | null, string | null, string][] = [
  [
    "espoo/2013262303-5.HTM",
    "espoo",
    "5",
    "Korkeimman hallinto-oikeuden päätös Algol Chemicals",
    "3700/11.01.00/2011",
    "Ympäristölautakunta",
    "2013-01-17",
    "decided",
  ],
  [
    "espoo/2017409886-4.HTM",
    "espoo",
    null,
    "Valtuustoaloite konserniohjeen",
    "5316/00.01.01/2016",
    "Kaupunginhallitus",
    "2017-05-29",
    "proposed",
  ],
  [
    "turku/turku_kh_2017-02-05-190.htm",
    "turku",
    "190",
    "Seudullisen joukkoliikenteen",
    "5024-2017 (010)",
    "Kaupunginhallitus",
    "2017-05-02",
    "decided",
  ],
  [
    "tampere/casem-contents-57.json",
    "tampere",
    "3",
    "Pöytäkirjan tarkastus",
    null,
    "Yhdyskuntalautakunta",
    null,
    "decided",
  ],
  [
    "tampere/casem-contents-60.json",
    "tampere",
    "10",
    "Oikaisuvaatimus suunnittelupäällikön",
    "TRE:6985/10.03.02/2014",
    "Yhdyskuntalautakunta",
    null,
    "decided",
  ],
  [
    "tampere/tampere_kh_170605_contents_229.json",
    "tampere",
    null,
    "Rakennuslupa, MRL 125.1 §",
    "TRE:6026/10.03.01/2016",
    null,
    null,
    "decided",
  ],
  [
    "vantaa/510975521.pdf",
    "vantaa",
    "10",
    "Kommentit valtiovarainministeriölle",
    "VD/1545/00.04.00/2017",
    "Kaupunginhallitus",
    "2017-03-20",
    "decided",
  ],
  [
    "oulu/35090068.pdf",
    "oulu",
    null,
    "Oulun kaupungin talouden seuranta 1.1.-28.2.2017",
    "OUKA/1472/02.02.02/2017",
    null,
    null,
    "decided",
  ],
  [
    "oulu/395959398.pdf",
    "oulu",
    null,
    "Suomi 100 -juhlavuoden juhlapäätös",
    "OUKA/1499/12.00.02/2016",
    "Kaupunginvaltuusto",
    null,
    "decided",
  ],
];

describe("documents of each city", () => {
  for (const [path, city, section, title, key, decisionMaker, day, stage] of HEADS) {
    it(`${path} says what, who and when`, async () => {
      const reading = await readingOf(await demoDocument(path));
      assert.ok(reading.title.startsWith(title), reading.title);
      assert.deepEqual(
        [
          reading.city,
          reading.section,
          reading.recordNumber?.key ?? null,
          reading.decisionMaker?.name ?? null,
          reading.day,
          reading.stage,
        ],
        [city, section, key, decisionMaker, day, stage],
      );
      assert.ok(stage === "proposed" || textOf(reading, "decision") !== "");
      assert.notEqual(textOf(reading, "proposal"), "");
    });
  }

  it("keep apart what the city board decided and what the council decided on it (Oulu)", async () => {
    const reading = await readingOf(await demoDocument("oulu/395959398.pdf"));
    assert.equal(textOf(reading, "decision"), "Kaupunginhallituksen päätösehdotus hyväksyttiin.");
    assert.match(textOf(reading, "handling"), /Kaupunginjohtaja Matti Pennanen.*Päätösesitys hyväksyttiin\.$/);
    assert.match(
      textOf(reading, "background"),
      /Tämä tavoite on myös selkeästi ilmaistu/,
      "across the page break, without its header",
    );
    assert.match(textOf(reading, "background"), /korkeaan koulutus- ja osaamistasoon/);
  });

  it("name their attachments, with the address where anyone can open it", async () => {
    const turku = await readingOf(await demoDocument("turku/turku_kh_2017-02-05-190.htm"));
    assert.deepEqual(
      turku.attachments.map(({ number, href }) => [number, href]),
      [
        ["1", "http://ah.turku.fi/kh/2017/0502011x/3540802.htm"],
        ["2", "http://ah.turku.fi/kh/2017/0502011x/3540803.htm"],
      ],
    );
    const vantaa = await readingOf(await demoDocument("vantaa/510975521.pdf"));
    assert.equal(vantaa.attachments.length, 3);
    const espoo = await readingOf(await demoDocument("espoo/2013262303-5.HTM"));
    assert.deepEqual(espoo.attachments, [
      { title: "Muutoksenhakuohje", href: "http://espoo04.hosting.documenta.fi/kokous/2013262303-0-1.PDF" },
    ]);
  });

  it("name a handling above its attachments, and the title only once", async () => {
    const turku = await readingOf(await demoDocument("turku/turku_kh_2017-02-05-190.htm"));
    const [named] = turku.sections.find(({ kind }) => kind === "attachments")?.blocks ?? [];
    assert.ok(named?.kind === "paragraph");
    assert.deepEqual([named.text, named.list?.items.length], ["Kh § 190", 2]);
    const tampere = await readingOf(await demoDocument("tampere/tampere_kh_170605_contents_229.json"));
    assert.equal(textOf(tampere, "background"), "Kokoontumisrakennuksen rakentaminen.");
  });

  it("mend an address of mail that lost its last letters, and nothing else (Vantaa)", async () => {
    const vantaa = await readingOf(await demoDocument("vantaa/510975521.pdf"));
    assert.match(
      textOf(vantaa, "furtherInformation"),
      /etunimi\.sukunimi@vantaa\.fi hallinnon .*etunimi\.sukunimi@vantaa\.fi$/,
    );
  });

  it("keep the quotation marks of windows-1252 (Espoo)", async () => {
    const espoo = await readingOf(await demoDocument("espoo/2013262303-5.HTM"));
    assert.match(textOf(espoo, "background"), /”7\. Sellaisen häiriön.*JäteL 6 §\)”/);
  });
});

describe("text of other layouts", () => {
  it("is read with its letterhead, headers and footers left out", async () => {
    const header = (page: number) =>
      `Helsingin kaupunki\nPöytäkirja 9/2019 ${page} (2)\nKaupunginhallitus\n\n4.3.2019\n\n`;
    const footer = "\nPostiosoite Käyntiosoite\nPL 10 Pohjoisesplanadi 11-13\n";
    const text = [
      `${header(1)}§ 161\nAvustusten jako ja muut\nasiat\n\nHEL 2019-001234 T 02 05 01 00\n\nPäätös\n\nKaupunginhallitus päätti myöntää avus-\ntuksen, joka on${footer}`,
      `${header(2)}5 000 euroa.\n\nKäsittely\n\nAsia pantiin pöydälle.\n\nMuutoksenhaku: Ei muutoksenhakuoikeutta.${footer}`,
    ].join("\f");
    const reading = await readingOf(encode(text));
    assert.deepEqual(
      [
        reading.city,
        reading.section,
        reading.title,
        reading.decisionMaker?.name,
        reading.day,
        reading.classification?.code,
      ],
      ["helsinki", "161", "Avustusten jako ja muut asiat", "Kaupunginhallitus", "2019-03-04", "02 05 01 00"],
    );
    assert.deepEqual(
      reading.sections.map(({ kind }) => kind),
      ["decision", "handling", "appeal"],
    );
    assert.equal(textOf(reading, "decision"), "Kaupunginhallitus päätti myöntää avustuksen, joka on 5 000 euroa.");
    assert.doesNotMatch(JSON.stringify(reading.sections), /Pöytäkirja 9|Postiosoite|PL 10/);
  });

  it("is read in Swedish", async () => {
    const reading = await readingOf(
      encode(
        "12 §\nBeviljande av understöd\n\nHEL 2020-000123 T 02 05 01\n\nBeslut\n\nStadsstyrelsen beslutade bevilja föreningen 1 500 euro för social- och\nhälsovården.\n\nMotivering till beslutet\n\nFöreningen har ansökt om bidrag den 3.2.2020 och det är enligt stadgan.\n\nSökande av ändring\n\nOmprövning kan begäras.",
      ),
    );
    assert.equal(reading.language, "sv");
    assert.deepEqual(reading.decisionMaker, { name: "Stadsstyrelsen", kind: "body" });
    assert.deepEqual(
      reading.sections.map(({ kind }) => kind),
      ["decision", "reasons", "appeal"],
    );
    assert.equal(reading.amounts[0]?.cents, 150_000);
    assert.match(textOf(reading, "decision"), /social- och hälsovården/);
  });

  it("is read from a page of no known system", async () => {
    const reading = await readingOf(
      encode(
        "<!doctype html><title>Vanda stad</title><h1>Tontin vuokraus</h1><p>VD/12/10.00.02/2020</p><h2>Päätös</h2><p>Kaupunginhallitus päätti vuokrata tontin.</p><ul><li>ensin</li><li>sitten</li></ul><h2>Perustelut</h2><p>Tontti on vapaa.",
      ),
    );
    assert.deepEqual([reading.city, reading.title, reading.format], ["vantaa", "Tontin vuokraus", "html"]);
    assert.deepEqual(
      reading.sections.map(({ kind, heading }) => [kind, heading]),
      [
        ["decision", "Päätös"],
        ["reasons", "Perustelut"],
      ],
    );
    assert.deepEqual(reading.sections[0]?.blocks[1], {
      kind: "paragraph",
      text: "",
      list: { ordered: false, items: ["ensin", "sitten"] },
    });
  });

  it("is read from a decision of Ahjo saved as a page", async () => {
    const [record] = (await ahjoRecords()).slice(2);
    const { Content } = JSON.parse(new TextDecoder().decode(record)) as { Content: string };
    const reading = await readingOf(encode(Content));
    assert.deepEqual(
      [reading.city, reading.section, reading.recordNumber?.key],
      ["helsinki", "208", "HEL 2021-007014"],
    );
    assert.match(textOf(reading, "decision"), /päätti poistaa/);
  });
});

describe("110 decisions of Ahjo", () => {
  it("all have section, title and decision-maker; all but the confidential ones have a decision", async () => {
    for (const record of await ahjoRecords()) {
      const reading = await readingOf(record);
      const source = JSON.parse(new TextDecoder().decode(record)) as { CaseIDLabel: string | null; Content: string };
      const isConfidential = /^(?:Salassa pidettävä|Sekretessbelagd)/.test(reading.title);
      assert.notEqual(reading.section, null);
      assert.notEqual(reading.title, "");
      assert.notEqual(reading.decisionMaker, null);
      assert.equal(reading.recordNumber?.written, source.CaseIDLabel ?? undefined);
      assert.equal(textOf(reading, "decision") === "", isConfidential, reading.title);
      if (/perustelut<\/h3>/.test(source.Content)) assert.notEqual(textOf(reading, "reasons"), "");
    }
  });
});

describe("what cannot be read", () => {
  const CASES: [string, Uint8Array, Unreadable["code"]][] = [
    ["an empty file", encode(""), "empty"],
    ["white space", encode(" \n\n "), "empty"],
    ["a Word file", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), "unknownFormat"],
    ["noise", Uint8Array.from({ length: 300 }, (_, i) => i % 9), "unknownFormat"],
    ["JSON cut short", encode('{"NativeId": "{1}", "Content": "<html>'), "damaged"],
    ["JSON of another kind", encode('{"hello": "world"}'), "unknownFormat"],
    ["a PDF that is none", encode("%PDF-1.4\nnothing"), "damaged"],
    ["a text of no city", encode("Otsikko\n\nPäätös\n\nHyväksyttiin."), "unknownCity"],
    ["a decision without a title", encode("HEL 2015-004216 T 02 05 02\n\nPäätös\n\nHyväksyttiin."), "noTitle"],
    ["a title without a decision", encode("29 §\nOtsikko\n\nHEL 2015-004216 T 02 05 02\n"), "noContent"],
    ["a batch that was not split", encode('{"decisions": [{}, {}]}'), "notADecision"],
  ];
  for (const [name, bytes, code] of CASES) {
    it(`${name} is ${code}`, async () => assert.equal((await reasonOf(bytes)).code, code));
  }

  it("lists of Tampere's case system hold no decision", async () => {
    for (const name of ["casem-nodes.json", "casem-node-11292-contents.json"]) {
      assert.equal((await reasonOf(await listing(name))).code, "notADecision");
    }
  });

  it("a document past the limit is too large", async () => {
    assert.equal((await reasonOf(encode("x".repeat(101)), 100)).code, "tooLarge");
  });

  it("a locked PDF says so", async () => {
    // A trailer that names an encryption dictionary, as every locked PDF has.
    const pdf = `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
3 0 obj<</Filter/Standard/V 1/R 2/O(${"o".repeat(32)})/U(${"u".repeat(32)})/P -4>>endobj
trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(a)(a)]>>`;
    assert.equal((await reasonOf(encode(pdf))).code, "encrypted");
  });
});

describe("reading twice", () => {
  it("gives the same, byte for byte of JSON", async () => {
    for (const path of SINGLE_DOCUMENTS) {
      const bytes = await demoDocument(path);
      const first = JSON.stringify(await readDocument(bytes, lexicon));
      assert.equal(JSON.stringify(await readDocument(bytes, lexicon)), first);
    }
  });
});
