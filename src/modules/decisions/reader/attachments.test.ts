import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { mergedAttachments } from "./attachments.ts";

const listed = (...titles: string[]) => titles.map((title, i) => ({ title, number: String(i + 1) }));
const linked = (...titles: string[]) => titles.map((title) => ({ title, href: `https://docs.example/${title}` }));
const shown = (...merged: Parameters<typeof mergedAttachments>) =>
  mergedAttachments(...merged).map(
    ({ title, href }) => `${title} -> ${href?.slice("https://docs.example/".length) ?? ""}`,
  );

describe("attachments that a document lists and a case system links", () => {
  it("are one by their titles, else by their order", () => {
    assert.deepEqual(shown(listed("Kartta", "Lausunto"), linked("Lausunto", "Kartta 2")), [
      "Kartta -> Kartta 2",
      "Lausunto -> Lausunto",
    ]);
  });

  it("are one by the kind of document that both are an attachment of, where no other is of it", () => {
    const list = listed("Lausuntopyyntö 10.12.2021", "Lausuntopyynnön liite, hallituksen esitys");
    assert.deepEqual(shown(list, linked("Kuulemispyyntö, liite, hallituksen esitys")), [
      "Lausuntopyyntö 10.12.2021 -> ",
      "Lausuntopyynnön liite, hallituksen esitys -> Kuulemispyyntö, liite, hallituksen esitys",
    ]);
  });

  it("are not one by a part that two have, or that may be what they are about", () => {
    const list = listed("Osa 1", "Pyynnön liite, hallituksen esitys", "Muu liite, hallituksen esitys");
    assert.equal(shown(list, linked("Kuulemisen liite, hallituksen esitys")).length, 4);
    const about = listed("Osa 1", "Hankesuunnitelma, Kontulan koulu");
    assert.equal(shown(about, linked("Lausunto, Kontulan koulu")).length, 3);
  });

  it("are never one where the document withholds its own and the case system links another", () => {
    for (const [own, other] of [
      ["Hankesuunnitelma, Kontulan koulu", "Lausunto, Kontulan koulu"],
      ["Pyynnön liite, hallituksen esitys", "Kuulemisen liite, hallituksen esitys"],
    ] as const) {
      const withheld = [{ title: own, withheld: "Salassa pidettävä (JulkL 24 §)" }];
      assert.deepEqual(mergedAttachments(withheld, linked(other)), [...withheld, ...linked(other)]);
      const alsoWithheld = linked(other).map((one) => ({ ...one, withheld: "Salassa pidettävä" }));
      assert.deepEqual(mergedAttachments(withheld, alsoWithheld), [...withheld, ...alsoWithheld]);
    }
  });

  it("are all there: what is listed in its order, each link once", () => {
    const titles = fc.uniqueArray(fc.constantFrom("a", "b", "c liite, esitys", "d liite, esitys", "e, kartta"));
    fc.assert(
      fc.property(titles, titles, (ones, others) => {
        const merged = mergedAttachments(listed(...ones), linked(...others));
        assert.deepEqual(
          merged.slice(0, ones.length).map(({ title }) => title),
          ones,
        );
        const links = merged.flatMap(({ href }) => (href === undefined ? [] : [href]));
        assert.deepEqual(
          links.toSorted(),
          linked(...others)
            .map(({ href }) => href)
            .toSorted(),
        );
      }),
    );
  });
});
