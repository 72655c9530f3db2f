/** Which askers have our answer already, by what RFC 9110 § 13.1.2 lets them say. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { hasAny, namesTag } from "./conditional.ts";

describe("If-None-Match", () => {
  it("names our answer by its tag alone, in a list, weak and strong", () => {
    for (const etag of ['W/"abc"', '"abc"']) {
      for (const header of ['W/"abc"', '"abc"', '"x", W/"abc"', 'W/"abc","x"', '"x" ,\t"abc" , "y"'])
        assert.ok(namesTag(header, etag), `${header} names ${etag}`);
      for (const header of [undefined, "", "*", "abc", '"ab"', '"abcd", "xabc"', 'W/"ABC"'])
        assert.ok(!namesTag(header, etag), `${header} does not name ${etag}`);
    }
  });

  it("names whatever there is by a star", () => {
    assert.ok(hasAny("*"));
    assert.ok(!hasAny('"*"'));
    assert.ok(!hasAny(undefined));
  });

  it("names it exactly when its tag is one of the list's, whatever is between them", () => {
    const ours = fc.stringMatching(/^[\w-]{1,8}$/);
    // Of others, a tag may hold everything that is visible but quotation marks (§ 8.8.3).
    const theirs = fc.stringMatching(/^[!#-~]{0,8}$/);
    const between = fc.constantFrom(",", ", ", " ,", "\t,\t", ", , ");
    const tag = fc.record({ opaque: fc.oneof(ours, theirs), weak: fc.boolean() });
    fc.assert(
      fc.property(ours, fc.boolean(), fc.array(fc.tuple(tag, between), { maxLength: 6 }), (opaque, weak, list) => {
        const write = (one: { opaque: string; weak: boolean }) => `${one.weak ? "W/" : ""}"${one.opaque}"`;
        const header = list.map(([one, comma]) => write(one) + comma).join("");
        const isNamed = list.some(([one]) => one.opaque === opaque);
        assert.equal(namesTag(header, write({ opaque, weak })), isNamed, header);
        assert.ok(namesTag(header + write({ opaque, weak: !weak }), write({ opaque, weak })));
      }),
    );
  });
});
