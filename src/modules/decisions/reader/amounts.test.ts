import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Block } from "../reading.ts";
import { amountsIn, findAmounts, findBreakdowns } from "./amounts.ts";
import { sentencesOf } from "./sentences.ts";

const NBSP = "\u00a0";
const SUMS: [string, [number, string][]][] = [
  ["kustannukset ovat 8 981 791 euroa", [[898_179_100, "8 981 791 euroa"]]],
  ["vuokra on 1 350 004,50 euroa kuussa", [[135_000_450, "1 350 004,50 euroa"]]],
  ["enintään 12 000 € (alv 0 %)", [[1_200_000, "12 000 €"]]],
  [`tukeen 3${NBSP}520${NBSP}000 euroa`, [[352_000_000, `3${NBSP}520${NBSP}000 euroa`]]],
  ["hintaan 22.890.829,00 euroa (alv 24 %)", [[2_289_082_900, "22.890.829,00 euroa"]]],
  ["lisävuokraa 664, 89 euroa/kk", [[66_489, "664, 89 euroa"]]],
  ["pantti 500,- euroa", [[50_000, "500,- euroa"]]],
  ["1,2 miljoonaa euroa", [[120_000_000, "1,2 miljoonaa euroa"]]],
  ["noin 238 milj. euroa", [[23_800_000_000, "238 milj. euroa"]]],
  ["70 miljoonan euron määrärahasta", [[7_000_000_000, "70 miljoonan euron"]]],
  ["yhteensä 2,5 M€", [[250_000_000, "2,5 M€"]]],
  ["400 t€", [[40_000_000, "400 t€"]]],
  [
    "3 miljarder euro eller 3 miljoner euro",
    [
      [300_000_000_000, "3 miljarder euro"],
      [300_000_000, "3 miljoner euro"],
    ],
  ],
  [
    "noin 4–5 milj. euroa/vuosi",
    [
      [400_000_000, "4–5 milj. euroa"],
      [500_000_000, "4–5 milj. euroa"],
    ],
  ],
  [
    "1 000 - 2 000 euroa",
    [
      [100_000, "1 000 - 2 000 euroa"],
      [200_000, "1 000 - 2 000 euroa"],
    ],
  ],
  ["vuonna 2021 657 325 euroa", [[65_732_500, "657 325 euroa"]]],
  ["annettu 31.3.2020 500 euroa", [[50_000, "500 euroa"]]],
  ["alv 0 %", []],
  ["28 Euroopan maata ja 5 eurooppalaista", []],
  ["100-euroinen ja 17 miljoonaa", []],
];

const paragraph = (text: string): Block => ({ kind: "paragraph", text });
const inSection = (...blocks: Block[]) => findAmounts([{ kind: "reasons", heading: "Perustelut", blocks }]);

describe("sums of money", () => {
  for (const [text, sums] of SUMS) {
    it(`finds ${sums.length === 0 ? "none" : sums.map(([, written]) => written).join(" and ")} in "${text}"`, () => {
      assert.deepEqual(
        amountsIn(text).map(({ cents, written }) => [cents, written]),
        sums,
      );
    });
  }

  it("are exact to the cent, however large", () => {
    const euros = fc.bigInt({ min: 0n, max: 90_000_000_000_000n });
    fc.assert(
      fc.property(
        euros,
        fc.integer({ min: 0, max: 99 }),
        fc.constantFrom(" ", NBSP, "."),
        (whole, cents, separator) => {
          const grouped = String(whole).replace(/\B(?=(?:\d{3})+$)/g, separator);
          const text = `maksaa ${grouped},${String(cents).padStart(2, "0")} euroa`;
          assert.deepEqual(
            amountsIn(text).map((amount) => amount.cents),
            [Number(whole * 100n) + cents],
          );
        },
      ),
    );
  });

  it("carry the sentence that names them, and a bare sum carries its heading", () => {
    const [first, second] = inSection(
      paragraph("Hanke alkaa 1.1.2022. Sen hinta on n. 5 milj. euroa (alv 0 %). Muuta ei ole."),
      { kind: "subheading", text: "Maksu" },
      paragraph("1 297 euroa"),
    );
    assert.equal(first?.sentence, "Sen hinta on n. 5 milj. euroa (alv 0 %).");
    assert.equal(second?.sentence, "Maksu: 1 297 euroa");
    assert.deepEqual(second?.at, { section: 0, block: 2 });
  });

  it("add up where one sentence gives a total and its parts", () => {
    const amounts = inSection(
      paragraph("Kulut ovat 100 euroa, josta tuki on 60 euroa ja oma osuus 40 euroa, sekä 7 euroa muuta."),
      paragraph("Kulut ovat 100 euroa, josta tuki on 60 euroa. Oma osuus on 40 euroa."),
      paragraph("Hinta on 100 euroa, ennen 100 euroa."),
    );
    assert.deepEqual(findBreakdowns(amounts), [{ total: 0, parts: [1, 2] }]);
  });

  it("add up where the total stands last and says so, leaving out what is of another kind", () => {
    const amounts = inSection(
      paragraph(
        "Vuokra on yhteensä 54 595 euroa/kk, johon lisätään hallintokulu (0,5 euroa/m2) 4000 €/kk, yhteensä 58 595 euroa/kk.",
      ),
      paragraph("Osat ovat 1 euro ja 2 euroa, hinta 3 euroa."),
      paragraph("Osat ovat 1 euro ja 2 euroa, yhteensä 4 euroa."),
      paragraph("Kulut ovat 100 euroa, josta 60 euroa ja 40 euroa, yhteensä 100 euroa."),
    );
    assert.deepEqual(findBreakdowns(amounts), [
      { total: 3, parts: [0, 2] },
      { total: 10, parts: [11, 12] },
    ]);
  });

  it("add up in every breakdown, and no sum is in two", () => {
    const sums = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 });
    const joint = fc.constantFrom(", ", " ja ", ", yhteensä ");
    fc.assert(
      fc.property(sums, joint, joint, (euros, one, other) => {
        const text = euros.map((sum, i) => `${i % 3 === 0 ? one : other}${sum} euroa`).join("");
        const amounts = inSection(paragraph(`Kulut${text}.`));
        const breakdowns = findBreakdowns(amounts);
        const centsOf = (i: number) => amounts[i]?.cents ?? 0;
        for (const { total, parts } of breakdowns)
          assert.equal(
            parts.reduce((sum, part) => sum + centsOf(part), 0),
            centsOf(total),
          );
        const used = breakdowns.flatMap(({ total, parts }) => [total, ...parts]);
        assert.equal(new Set(used).size, used.length);
      }),
    );
  });

  it("are none where a sentence does not say that its millions are euros, whatever else it speaks of", () => {
    for (const text of [
      "Määrärahaa korotetaan, koska matkoja tehtiin viime vuonna 3,2 miljoonaa.",
      "Määrärahalla tavoitetaan 10–12 miljoonaa, joista puolet asukkaita.",
    ])
      assert.deepEqual(amountsIn(text), []);
    assert.deepEqual(
      amountsIn("Määräraha on 10–12 miljoonaa euroa.").map(({ cents }) => cents),
      [1_000_000_000, 1_200_000_000],
    );
  });
});

describe("sentences", () => {
  it("do not end at abbreviations, ordinals and days", () => {
    assert.deepEqual(
      sentencesOf("Lain 7. luvun mukaan, esim. 5.3. Helsingissä, mm. vs. johtaja Y. Mäki päätti. Toinen virke!"),
      ["Lain 7. luvun mukaan, esim. 5.3. Helsingissä, mm. vs. johtaja Y. Mäki päätti.", "Toinen virke!"],
    );
  });
});

it("a sentence of a hundred thousand sums is read in a moment", () => {
  for (const text of ["1 €, ", "4–5 €, ", "1 €/kk, 2 €/m2, yhteensä 9 €/h, "]) {
    const amounts = inSection(paragraph(text.repeat(100_000)));
    assert.deepEqual(findBreakdowns(amounts), []);
  }
});
