import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { usageOf } from "./usage.ts";

const word = fc.stringMatching(/^[a-zåäö]{5,12}$/u);

describe("how a document writes a word", () => {
  it("is found for every beginning of every word of it, and for no other", () => {
    fc.assert(
      fc.property(fc.array(word), word, fc.nat(12), (words, other, length) => {
        const usage = usageOf(() => words.join(" "));
        for (const one of [...words, other]) {
          const beginning = one.slice(0, Math.max(1, length));
          assert.equal(
            usage.hasWordIn(beginning),
            words.some((written) => written.startsWith(beginning)),
          );
        }
      }),
    );
  });

  it("tells words that it sets apart", () => {
    const usage = usageOf(() => "Patentti- ja rekisterihallitus, jäte- ja vesihuolto, linja- auto");
    assert.ok(usage.parts("patentti", "rekisterihallituksessa"));
    assert.ok(!usage.parts("jäte", "vesihuolto"));
    assert.ok(!usage.parts("linja", "auto"));
  });

  it("is looked for only when somebody asks", () => {
    assert.doesNotThrow(() => usageOf(() => assert.fail("nobody asked")));
  });
});
