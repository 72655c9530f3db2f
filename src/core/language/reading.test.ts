import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { analysisOf } from "./reading.ts";

const noLemmas = () => [];
const reading = (baseForm: string, structure: string, wordBases: string) => ({ baseForm, structure, wordBases });

test("a word without a reading has no terms", () => {
  assert.deepEqual(analysisOf("xyz", [], noLemmas), { lemmas: [], parts: [], borders: [] });
});

test("a part with derivational endings gives the derived word and the one it comes from", () => {
  const last = reading("osatoteuttaja", "=ppp=ppppppppppp", "+osa(osa)+toteutta(toteuttaa)+jan(+ja)");
  assert.deepEqual(analysisOf("osatoteuttajan", [last], noLemmas).parts, ["osa", "toteuttaa", "toteuttaja"]);
  const first = reading("asiointiosoite", "=pppppppp=pppppp", "+asioi(asioida)+nti(+ti)+osoite(osoite)");
  const dictionary = (form: string) => (form === "asiointi" ? ["asiointi"] : []);
  assert.deepEqual(analysisOf("asiointiosoite", [first], dictionary).parts, ["asioida", "asiointi", "osoite"]);
  const twice = reading("valmistelu", "=ppppppppppp", "+valmistel(valmistaa)(+la)+u(+u)");
  assert.deepEqual(analysisOf("valmistelua", [twice], noLemmas).parts, ["valmistaa"]);
});

test("a word that need not be cut is not", () => {
  const whole = reading("voima", "=pppppppp", "+voima(voima)");
  const cut = reading("voimassa", "=ppp=ppppp", "+voi(voi)+massa(massa)");
  assert.deepEqual(analysisOf("voimassa", [cut, whole], noLemmas), {
    lemmas: ["voimassa", "voima"],
    parts: [],
    borders: [],
  });
});

test("a prefix is a part, a fragment of an ending is not", () => {
  assert.deepEqual(
    analysisOf("yliopisto", [reading("yliopisto", "=ppp=pppppp", "+yli+opisto(opisto)")], noLemmas).parts,
    ["yli", "opisto"],
  );
  assert.deepEqual(
    analysisOf("päätettävä", [reading("päätettävä", "=pppppppppp", "+päätet(päättää)+täv+ä(+ä)")], noLemmas).parts,
    ["päättää"],
  );
});

test("a word breaks only where all of its readings have a border", () => {
  const one = reading("aukiolo", "=pppp=ppp", "+auki(auki)+olo(olo)");
  const other = reading("aukiolo", "=ppppppp", "+aukiolo(aukiolo)");
  assert.deepEqual(analysisOf("aukiolo", [one], noLemmas).borders, [4]);
  assert.deepEqual(analysisOf("aukiolo", [one, other], noLemmas).borders, []);
});

test("a structure that does not fit the word gives no borders", () => {
  assert.deepEqual(
    analysisOf("aukiolo", [reading("aukiolo", "=pppp=pppp", "+auki(auki)+olo(olo)")], noLemmas).borders,
    [],
  );
});

test("whatever the dictionary writes, terms are in lower case, without signs of its own, and not twice", () => {
  const text = fc.string({ unit: fc.constantFrom(..."aÄb+()=-".split("")), maxLength: 30 });
  fc.assert(
    fc.property(
      text,
      fc.array(fc.record({ baseForm: text, structure: text, wordBases: text }), { maxLength: 4 }),
      (word, readings) => {
        const { lemmas, parts } = analysisOf(word, readings, noLemmas);
        assert.ok(parts.every((part) => part === part.toLowerCase() && !part.includes("=") && !lemmas.includes(part)));
        assert.equal(new Set(parts).size, parts.length);
      },
    ),
  );
});
