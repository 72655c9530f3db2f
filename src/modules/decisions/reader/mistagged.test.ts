import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { retagged } from "./mistagged.ts";
import type { Piece } from "./piece.ts";

const text = (words: string): Piece => ({ kind: "text", text: words });
const subheading = (words: string): Piece => ({ kind: "subheading", text: words });
const list = (...items: string[]): Piece => ({ kind: "list", ordered: false, items });
const RUNNING = "Maanvuokraa määritettäessä tuottotavoite on asuntotonttien osalta neljä prosenttia vuodessa.";
const LONG = `${RUNNING} Ellei painavasta syystä toisin päätetä, maanvuokra sidotaan indeksiin.`;

const stays = (...pieces: Piece[]) => assert.deepEqual(retagged(pieces), pieces);

describe("a heading that is none", () => {
  it("ends in a colon before a list, and is the list's sentence", () => {
    const pieces = [subheading("Tiimin päällikkö päätti: "), list("merkitä vuokran päättymään")];
    assert.deepEqual(retagged(pieces), [text("Tiimin päällikkö päätti: "), pieces[1]]);
  });

  it("is one before anything else, or without the colon", () => {
    stays(subheading("Tiimin päällikkö päätti:"), text(RUNNING));
    stays(subheading("Vuokran muutos"), list("ensin"));
  });
});

describe("headings set as paragraphs", () => {
  it("are found by numbers from 1 without a gap, and with them others of their kind", () => {
    const pieces = ["1. Lähtökohdat", RUNNING, "Hitas-tuotanto", RUNNING, "2. Tuottotavoite", RUNNING].map(text);
    assert.deepEqual(
      retagged(pieces).map(({ kind }) => kind),
      ["subheading", "text", "subheading", "text", "subheading", "text"],
    );
  });

  it("are none where the numbers do not run, or no long text follows", () => {
    stays(...["1. Lähtökohdat", RUNNING, "3. Tuottotavoite", RUNNING].map(text));
    stays(...["1. Lähtökohdat", RUNNING].map(text));
    stays(...["1. Korjataan katto", "2. Maalataan seinät", RUNNING].map(text));
    stays(...["Hitas-tuotanto", RUNNING].map(text));
    const divided: Piece[] = [text("1. Lähtökohdat"), text(RUNNING), { kind: "heading", text: "Perustelut" }];
    stays(...divided, text("2. Tuottotavoite"), text(RUNNING));
  });
});

describe("a first line before a break", () => {
  it("is a heading where it is a known one, or where two are a few words before a long text", () => {
    assert.deepEqual(retagged([text("Taustaa\nTontti on vapaa.")]), [subheading("Taustaa"), text("Tontti on vapaa.")]);
    assert.deepEqual(retagged([text(`Oikeudellinen pohja \n${LONG}`), text(`Huoneiston nykyinen käyttö\n${LONG}`)]), [
      subheading("Oikeudellinen pohja"),
      text(LONG),
      subheading("Huoneiston nykyinen käyttö"),
      text(LONG),
    ]);
    stays(text(`Oikeudellinen pohja \n${LONG}`));
  });

  it("is none where it may begin a sentence", () => {
    const parties = `Helsingin kaupunki ja Oy Yritys Ab, jotka sopivat vuokrasta. ${LONG}`;
    for (const begun of [
      "Sopimuksen osapuolina ovat",
      "Vuokralaisena on",
      "Tontin omistavat",
      "Kaupunki myy",
      "Esityksestä lausuivat",
      "Kaupunginhallituksen",
    ])
      stays(text(`${begun}\n${parties}`), text(`${begun}\n${parties}`));
  });

  it("is none in an address, in mid-sentence, or as an item of a list", () => {
    stays(text("Helsingin kaupunki\nKirjaamo\nPL 10"));
    stays(text(`Hallintosäännön 16 luvun momentin\n${LONG}`));
    stays(text(`Vastine jätettiin\n${LONG.toLowerCase()}`));
    stays(text(`• D. Huoneisto on kalustettu\n${LONG}`));
    stays(text(`Vastine on jätetty.\n${LONG}`));
    stays(text(`Kaupunginhallitus päätti hyväksyä\n${LONG}`));
  });
});

describe("groups of lines", () => {
  const open = text("Tilat pidetään suljettuina:");
  const groups = ["Etelän alue\nKampin keskus\nTöölön keskus", "Idän alue\nKontulan keskus"].map(text);

  it("behind a colon are labels with their lists, where the labels are alike", () => {
    assert.deepEqual(retagged([open, ...groups, text("Samalla päätettiin muuta.")]), [
      open,
      text("Etelän alue"),
      list("Kampin keskus", "Töölön keskus"),
      text("Idän alue"),
      list("Kontulan keskus"),
      text("Samalla päätettiin muuta."),
    ]);
  });

  it("stay lines where no colon stands before, or the labels are not alike, or are as the others", () => {
    stays(text("Tilat pidetään suljettuina."), ...groups);
    stays(open, text("Etelän alue\nKampin keskus"), text("Kirjaamo\nKontulan keskus"));
    stays(open, text("Etelän alue\nKampin alue"), text("Idän alue\nKontulan alue"));
  });
});
