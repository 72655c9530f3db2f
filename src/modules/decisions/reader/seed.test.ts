/** The decision that the service grew out of, word by word, by hand. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { classTitles, demoDocument, finnishLexicon, SEED } from "#test/golden/documents.ts";
import type { Paragraph, Reading, Section } from "../reading.ts";
import type { Lexicon } from "./lexicon.ts";
import { readDocument } from "./read.ts";
import { sectionText } from "./sections.ts";

const finnish = finnishLexicon();
const WITH: [string, Lexicon | null, string | false][] = [
  [
    "with the Finnish lexicon",
    "lexicon" in finnish ? finnish.lexicon : null,
    "missing" in finnish ? finnish.missing : false,
  ],
  ["without any lexicon", null, false],
];

for (const [name, lexicon, skip] of WITH) {
  describe(`Helsinki's decision on Avoin osallisuus, read ${name}`, { skip }, () => {
    let reading: Reading;
    let text: string;
    const section = (index: number): Section => reading.sections[index] ?? assert.fail(`no section ${index}`);

    before(async () => {
      const result = await readDocument(await demoDocument(SEED), lexicon, { classTitle: await classTitles() });
      assert.ok(result.ok);
      reading = result.reading;
      text = reading.sections.map(sectionText).join("\n");
    });

    it("says whose decision it is, and which", () => {
      assert.equal(reading.city, "helsinki");
      assert.equal(reading.section, "29");
      assert.equal(
        reading.title,
        "Osallistuminen EU:n Suomen rakennerahasto-ohjelman rahoittaman 6Aika-strategian Avoin osallisuus -kärkihankeen hakemukseen",
      );
      assert.deepEqual(reading.recordNumber, { written: "HEL 2015-004216", key: "HEL 2015-004216" });
      assert.deepEqual(reading.classification, { code: "02 05 02", title: "Hankerahoitus" });
      assert.deepEqual(reading.decisionMaker, {
        name: "Rakennus- ja ympäristötointa johtava apulaiskaupunginjohtaja",
        kind: "officeHolder",
      });
      assert.equal(reading.language, "fi");
      assert.equal(reading.stage, "decided");
      assert.equal(reading.day, null, "the document names no day of its own");
    });

    it("has a decision of two paragraphs and reasons of five", () => {
      assert.deepEqual(
        reading.sections.map(({ kind, heading, blocks }) => [kind, heading, blocks.length]),
        [
          ["decision", "Päätös", 2],
          ["reasons", "Päätöksen perustelut", 5],
        ],
      );
    });

    it("keeps whole the paragraph that a page break cut", () => {
      const cut = section(1).blocks[1] as Paragraph;
      assert.match(
        cut.text,
        /^Helsingin osahankkeessa .* yhä tehokkaammin, monipuolisemmin ja tasa-arvoisemmin .* hyödynnettävissä\.$/,
      );
    });

    it("leaves no hyphen from a line end", () => {
      for (const word of [
        "tavoitteena",
        "palveluiden",
        "määrärahasta",
        "Hankekokonaisuuden",
        "tavoitetta",
        "ottamisella",
      ]) {
        assert.ok(text.includes(word), word);
      }
      assert.doesNotMatch(text, /tavoittee-|palve-|määrära-|kokonai-|\bta-|otta-/);
      assert.doesNotMatch(text, /\n\S*-$/m);
    });

    it("keeps the hyphens that belong to words", () => {
      for (const words of [
        "6Aika-strategiaa",
        "EU-hankkeille",
        "Uusimaa-ohjelman",
        "tasa-arvoisemmin",
        "tutkimus- ja kehittämisyhteisöjen",
        "tutkimus- ja koulutusorganisaatioiden",
        "asukas- ja asiakaslähtöisyyden",
        "palaute-, neuvonta- ja asiointipalvelut",
        "asiakirja-, valmistelu- ja muu tietoaineisto",
        "tietotekniikka- ja viestintäosaston",
        "Avoin osallisuus ja asiakkuus -hankkeelle",
        "2013-2016",
        "2014–2020",
      ]) {
        assert.ok(text.includes(words), words);
      }
      assert.ok(reading.title.includes("6Aika-strategian"));
    });

    it("lists the five work packages in order under their sentence", () => {
      const first = section(1).blocks[0] as Paragraph;
      assert.ok(first.text.endsWith("tehdään viiden työpaketin kautta, jotka ovat:"));
      assert.deepEqual(first.list, {
        ordered: true,
        items: [
          "käyttäjälähtöinen suunnittelu ja palvelumuotoilu",
          "innovatiivisten ratkaisujen yhteiskehittäminen",
          "asiakkuuden hallinta",
          "monikanavainen asiakaspalvelumalli",
          "monituottajuuteen perustuva toimintamalli.",
        ],
      });
    });

    it("names six sums in cents, each with the sentence that says what it is, and both totals add up", () => {
      const whole =
        "Haettavan hankekokonaisuuden kokonaiskustannukset ovat 8 981 791 euroa, josta EU:n ja valtion tuki on yhteensä 6 017 799 euroa ja kuntaosuus 2 963 992 euroa.";
      const part =
        "Helsingin osahankkeen kustannukset ovat 1 350 004 euroa, josta EU:n ja valtion osuus on 904 502 euroa ja kuntaosuus 445 502 euroa.";
      const at = { section: 1, block: 3 };
      assert.deepEqual(reading.amounts, [
        { cents: 898_179_100, written: "8 981 791 euroa", sentence: whole, at },
        { cents: 601_779_900, written: "6 017 799 euroa", sentence: whole, at },
        { cents: 296_399_200, written: "2 963 992 euroa", sentence: whole, at },
        { cents: 135_000_400, written: "1 350 004 euroa", sentence: part, at },
        { cents: 90_450_200, written: "904 502 euroa", sentence: part, at },
        { cents: 44_550_200, written: "445 502 euroa", sentence: part, at },
      ]);
      assert.deepEqual(reading.breakdowns, [
        { total: 0, parts: [1, 2] },
        { total: 3, parts: [4, 5] },
      ]);
    });

    it("tells which words it joined", () => {
      assert.deepEqual(
        reading.joins?.map(({ read }) => read),
        ["määrärahasta", "tavoitteena", "ottamisella", "palveluiden", "Hankekokonaisuuden", "tavoitetta"],
      );
    });
  });
}
