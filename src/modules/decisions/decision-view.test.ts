import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  amountLabel,
  firstSentence,
  meetingText,
  nameBreakdowns,
  orderSections,
  otherAmounts,
  sectionIds,
} from "./decision-view.ts";
import type { Amount, Block, Reading, Section } from "./reading.ts";

const section = (kind: Section["kind"], heading = ""): Section => ({ kind, heading, blocks: [] });
const kinds = (sections: readonly Section[]) => sections.map(({ kind }) => kind);

const paragraph = (text: string, items?: string[]): Block => ({
  kind: "paragraph",
  text,
  ...(items && { list: { ordered: true, items } }),
});
const withProposal = (...blocks: Block[]): Reading =>
  ({ sections: [{ kind: "proposal", heading: "Päätösehdotus", blocks }] }) as unknown as Reading;

const SENTENCE =
  "Hankkeen kustannukset ovat 8 981 791 euroa, josta EU:n ja valtion tuki on yhteensä 6 017 799 euroa ja kuntaosuus 2 963 992 euroa.";
const amount = (cents: number, written: string, sentence = SENTENCE): Amount => ({
  cents,
  written,
  sentence,
  at: { section: 0, block: 0 },
});
const AMOUNTS = [
  amount(898_179_100, "8 981 791 euroa"),
  amount(601_779_900, "6 017 799 euroa"),
  amount(296_399_200, "2 963 992 euroa"),
];

describe("the parts of a decision", () => {
  it("begin with what was decided; the rest keeps its order", () => {
    const sections = [section("summary"), section("reasons"), section("decision"), section("appeal")];
    assert.deepEqual(kinds(orderSections(sections)), ["decision", "summary", "reasons", "appeal"]);
  });

  it("begin with the proposal only while nothing is decided", () => {
    assert.deepEqual(kinds(orderSections([section("reasons"), section("proposal")])), ["proposal", "reasons"]);
    const both = [section("proposal"), section("decision")];
    assert.deepEqual(kinds(orderSections(both)), ["decision", "proposal"]);
  });

  it("have each an anchor of its own", () => {
    const sections = [section("reasons"), section("decision"), section("reasons")];
    assert.deepEqual(sectionIds(sections), ["reasons", "decision", "reasons-2"]);
  });
});

describe("a sum", () => {
  it("is called what its sentence calls it", () => {
    const labels = AMOUNTS.map((_, index) => amountLabel(AMOUNTS, index));
    assert.deepEqual(labels, ["Hankkeen kustannukset", "EU:n ja valtion tuki", "kuntaosuus"]);
  });

  it("has no name when the sentence gives none", () => {
    assert.equal(amountLabel([amount(500, "5 euroa", "5 euroa.")], 0), null);
    assert.equal(amountLabel(AMOUNTS, 7), null);
  });

  it("stands with its parts where they add up, and by itself where not", () => {
    const other = amount(500, "5 euroa", "Maksu on 5 euroa.");
    const all = [...AMOUNTS, other, other];
    const breakdowns = [{ total: 0, parts: [1, 2] }];
    assert.deepEqual(nameBreakdowns(all, breakdowns), [
      {
        total: { cents: 898_179_100, label: "Hankkeen kustannukset" },
        parts: [
          { cents: 601_779_900, label: "EU:n ja valtion tuki" },
          { cents: 296_399_200, label: "kuntaosuus" },
        ],
      },
    ]);
    const sections = [section("decision"), section("appeal")];
    const fee = { ...amount(27_000, "270 euroa", "Oikeudenkäyntimaksu on 270 euroa."), at: { section: 1, block: 0 } };
    assert.deepEqual(
      otherAmounts({ amounts: [...all, fee], breakdowns, sections }),
      [other],
      "the same sum of the same sentence once, and no court fee",
    );
  });
});

describe("what is proposed", () => {
  it("is the first sentence, not the name of who proposes it", () => {
    const reading = withProposal(paragraph("Kaupunginjohtaja Jukka Mäkelä"), paragraph("Aloite merkitään tiedoksi."));
    assert.equal(firstSentence(reading, "proposal"), "Aloite merkitään tiedoksi.");
  });
  it("may be the words before a list", () => {
    const reading = withProposal(
      paragraph("Lautakunta päättää", ["hyväksyä hinnat"]),
      paragraph("Hinnat ovat liitteenä."),
    );
    assert.equal(firstSentence(reading, "proposal"), "Lautakunta päättää");
  });
  it("is what there is where no sentence is", () => {
    assert.equal(firstSentence(withProposal(paragraph("Hyväksytään")), "proposal"), "Hyväksytään");
    assert.equal(firstSentence(withProposal(), "proposal"), undefined);
  });
});

it("what a sum is called leaves out the unit of the one before it", () => {
  const sentence = "Vuokra on 54 595 euroa/kk, johon lisätään kulut 4000 €/kk, yhteensä 58 595 euroa/kk.";
  const amounts = [
    amount(5_459_500, "54 595 euroa", sentence),
    amount(400_000, "4000 €", sentence),
    amount(5_859_500, "58 595 euroa", sentence),
  ];
  assert.deepEqual(
    amounts.map((_, i) => amountLabel(amounts, i)),
    ["Vuokra", "johon lisätään kulut", null],
  );
});

describe("the meeting", () => {
  const of = (name: string, number: string | null, body: string) =>
    meetingText({ meeting: { name, number }, decisionMaker: { name: body, kind: "body" } });

  it("is named with its number", () => {
    assert.equal(of("Kaupunginhallituksen kokous", "38", "Kaupunginhallitus"), "Kaupunginhallituksen kokous 38");
  });

  it("is named without a number where it is another's, and not at all where the name says no more than who decided", () => {
    assert.equal(of("Kaupunginvaltuuston kokous", null, "Kaupunginhallitus"), "Kaupunginvaltuuston kokous");
    for (const name of ["Kaupunginhallituksen kokous", "Kaupunginhallitus"])
      assert.equal(of(name, null, "Kaupunginhallitus"), null);
    assert.equal(of("Sosiaali- ja terveyslautakunnan kokous", null, "Sosiaali- ja terveyslautakunta"), null);
    assert.equal(
      of("Kaupunginhallituksen jaoston kokous", null, "Kaupunginhallitus"),
      "Kaupunginhallituksen jaoston kokous",
    );
  });
});
