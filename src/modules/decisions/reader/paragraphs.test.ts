import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Block } from "../reading.ts";
import { wordsBy } from "./lexicon.ts";
import { addList, paragraphsOf } from "./paragraphs.ts";

const read = (...lines: string[]) => paragraphsOf(lines.join("\n"), wordsBy(null));
const texts = (...lines: string[]) => read(...lines).map(({ text }) => text);

const LONG = "Tilasta on solmittu majoitussopimus, johon sisältyy arvonlisävero";

describe("lines that a source broke", () => {
  it("go on in the next when they are long, but not into a capital", () => {
    assert.deepEqual(texts(LONG, "Kriteeri ei täyty."), [LONG, "Kriteeri ei täyty."]);
    assert.deepEqual(texts(LONG, "24 prosenttia."), [`${LONG} 24 prosenttia.`]);
    assert.deepEqual(texts(LONG, '"ASIA: pyyntö"'), [`${LONG} "ASIA: pyyntö"`]);
    assert.deepEqual(texts(LONG, "ja palkkio."), [`${LONG} ja palkkio.`]);
  });

  it("go on into a capital where the text was broken at a width", () => {
    const wrapped = [
      "Kaupunki vuokraa tontin rakennuttajan perustamalle yhtiölle nimeltä",
      "Asunto Oy Helsingin Merituuli, jonka vuokra on sidottu indeksiin ja",
      "kaupungin maapolitiikan linjauksiin, joista päätettiin 1.4.2019.",
    ];
    assert.deepEqual(texts(...wrapped), [wrapped.join(" ")]);
    const ended = [...wrapped, "Vuokra maksetaan."];
    assert.deepEqual(texts(...ended), [wrapped.join(" "), "Vuokra maksetaan."]);
  });

  it("do not go on into a capital where one had room for it, or a colon opens what follows", () => {
    const answers = [LONG, "Kriteeri täyttyy", "Muuta huomautettavaa hakemuksen johdosta ei ole"];
    assert.deepEqual(texts(...answers), answers);
    const listed = [LONG, `${LONG} ja`, `${LONG} tai`];
    assert.deepEqual(texts(...listed), listed);
    const opened = [
      `${LONG} ja:`,
      "Kaupunginhallituksen päätös tontin vuokraamisesta yhtiölle nimeltä",
      `Asunto Oy ${LONG}.`,
    ];
    assert.equal(texts(...opened)[0], opened[0]);
  });

  it("go on behind the number of an item", () => {
    assert.deepEqual(texts("1)", "Lukion vuokra on 10 euroa."), ["1) Lukion vuokra on 10 euroa."]);
  });
});

describe("lists", () => {
  it("are ordered where numbers run from 1 behind a colon", () => {
    assert.deepEqual(read("Toimenpiteet ovat seuraavat:", "1. Selvittäminen", "2. Kehotus", "Muuta ei ole."), [
      {
        kind: "paragraph",
        text: "Toimenpiteet ovat seuraavat:",
        list: { ordered: true, items: ["Selvittäminen", "Kehotus"] },
      },
      { kind: "paragraph", text: "Muuta ei ole." },
    ]);
  });

  it("are none where numbers begin elsewhere, leave one out, or stand alone", () => {
    for (const lines of [
      ["Seuraavat:", "2. Toinen", "3. Kolmas"],
      ["Seuraavat:", "1. Ensimmäinen", "3. Kolmas"],
      ["Seuraavat:", "1. Ensimmäinen"],
      ["Seuraavat.", "1. Ensimmäinen", "2. Toinen"],
    ])
      assert.deepEqual(texts(...lines), lines);
  });

  it("that stand side by side are one, item by item in their order, unless they are numbered", () => {
    const items = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(items, { minLength: 1, maxLength: 5 }), (lists) => {
        const blocks: Block[] = [{ kind: "paragraph", text: "Tiimin päällikkö päätti:" }];
        for (const list of lists) addList(blocks, { ordered: false, items: [...list] });
        assert.deepEqual(blocks, [
          { kind: "paragraph", text: "Tiimin päällikkö päätti:", list: { ordered: false, items: lists.flat() } },
        ]);
      }),
    );
    const blocks: Block[] = [];
    for (const item of ["a", "b"]) addList(blocks, { ordered: true, items: [item] });
    assert.equal(blocks.length, 2);
  });
});
