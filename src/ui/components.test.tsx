import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { CITY_CODES, LANGUAGES } from "#core/cities.ts";
import { ERROR_STATUSES, ErrorPage, errorStatus } from "./error-page.tsx";
import { Facts } from "./facts.tsx";
import { Facets } from "./facets.tsx";
import { TextInput } from "./fields.tsx";
import { arcPath, cityLetters } from "./mark.tsx";
import { Translated } from "./notices.tsx";
import { Pagination, pageNumbers } from "./pagination.tsx";
import { ReadingText, type ReadingSection } from "./reading.tsx";
import { countText, hitsText } from "./results.tsx";
import { MoneyTable, Sum } from "./tables.tsx";

const text = (html: string) => html.replaceAll(/<[^>]+>/g, "").replaceAll("\u00A0", " ");

describe("facts", () => {
  it("say why something is not known and how something was worked out", () => {
    const html = renderToString(
      <Facts
        lang="fi"
        facts={[
          { kind: "unknown", label: "Milloin", why: "Lähteessä ei ole päiväystä." },
          { kind: "computed", label: "Muut", value: "10 €", how: "Koko hanke ilman Helsinkiä." },
        ]}
      />,
    );
    assert.match(text(html), /Ei tiedossa\. Lähteessä ei ole päiväystä\./);
    assert.match(text(html), /10 € \(laskettu\)Koko hanke ilman Helsinkiä\./);
  });
});

describe("the text of a decision", () => {
  const sections: ReadingSection[] = [
    { id: "a", heading: "Päätös", blocks: [{ kind: "paragraph", text: "Yksi, 2 963 992 euroa." }] },
    {
      id: "b",
      heading: "Perustelut",
      blocks: [
        { kind: "subheading", text: "Rahoitus" },
        {
          kind: "table",
          head: true,
          rows: [
            ["Vuosi", "Euroa"],
            ["2026", "1 350"],
          ],
        },
        { kind: "paragraph", text: "Kaksi:", list: { ordered: true, items: ["yksi", "kaksi"] } },
      ],
    },
  ];
  const html = renderToString(<ReadingText lang="sv" textLang="fi" sections={sections} />);

  it("numbers its paragraphs through all sections, each with a permanent address", () => {
    assert.deepEqual(
      [...html.matchAll(/id="(p\d+)"/g)].map(([, id]) => id),
      ["p1", "p2"],
    );
    assert.match(html, /href="#p2"[^>]*aria-label="Permanent adress till stycke 2"/);
  });
  it("is marked as Finnish on a Swedish page, and what we add to it as Swedish", () => {
    assert.match(html, /<div class="read" lang="fi">/);
    assert.match(html, /<span lang="sv">Tabell 1<\/span>/);
  });
  it("aligns columns of figures, but not the column that names the rows", () => {
    assert.match(html, /<td>2026<\/td><td class="num">1\u00A0350<\/td>/);
  });
  it("cannot smuggle mark-up in", () => {
    const blocks = [{ kind: "paragraph" as const, text: "<script>alert(1)</script>" }];
    assert.doesNotMatch(
      renderToString(<ReadingText lang="fi" textLang="fi" sections={[{ id: "a", heading: "", blocks }]} />),
      /<script/,
    );
  });
});

describe("money", () => {
  it("in a table shows cents in every cell as soon as one has them", () => {
    const rows = [
      { label: "A", cents: [100] },
      { label: "B", cents: [2850] },
    ];
    const html = renderToString(
      <MoneyTable lang="fi" id="m" caption="Hinta" rowHead="Osa" columns={["Yhteensä"]} rows={rows} />,
    );
    assert.match(html, /1,00.*28,50/s);
  });
  it("adds up before the reader's eyes", () => {
    const html = renderToString(<Sum lang="fi" parts={[601779900, 296399200]} total={898179100} />);
    assert.equal(text(html), "6 017 799 € + 2 963 992 € = 8 981 791 €");
  });
});

describe("pages of a list", () => {
  it("show the first, the last and those around the current one", () => {
    assert.deepEqual(pageNumbers(6, 20), [1, 0, 4, 5, 6, 7, 8, 0, 20]);
    assert.deepEqual(pageNumbers(1, 3), [1, 2, 3]);
    assert.deepEqual(pageNumbers(4, 8), [1, 2, 3, 4, 5, 6, 7, 8]);
  });
  it("always lead to the first, the current and the last, in order, and gaps hide at least two", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (last, any) => {
        const current = (any % last) + 1;
        const numbers = pageNumbers(current, last);
        const real = numbers.filter((n) => n > 0);
        for (const n of [1, current, last]) assert.ok(real.includes(n));
        assert.deepEqual(
          real,
          [...new Set(real)].sort((a, b) => a - b),
        );
        assert.ok(numbers.length <= 9);
        numbers.forEach((n, at) => {
          if (n === 0) assert.ok((numbers[at + 1] ?? 0) - (numbers[at - 1] ?? 0) > 2);
        });
      }),
    );
  });
  it("are not there when all fits on one", () => {
    assert.equal(renderToString(<Pagination lang="fi" current={1} last={1} hrefOf={String} />), "");
  });
});

describe("search results", () => {
  it("count exactly as long as it is worth it", () => {
    assert.equal(hitsText("fi", { value: 29, isExact: true }), "29 osumaa");
    assert.equal(hitsText("fi", { value: 1200, isExact: false }), "Noin 1\u00A0200 osumaa");
    assert.equal(countText("sv", { value: 1200, isExact: false }), "cirka 1\u00A0200");
  });
  it("keep a chosen filter in sight however long the list is", () => {
    const options = Array.from({ length: 30 }, (_, n) => ({
      value: String(n),
      label: `Päättäjä ${n}`,
      count: { value: 1, isExact: true },
      isChecked: n === 29,
    }));
    const html = renderToString(<Facets lang="fi" action="/" groups={[{ name: "p", legend: "Päättäjä", options }]} />);
    const [first, more] = html.split('<details class="facets__more">');
    assert.match(first ?? "", /Päättäjä 29/);
    assert.match(more ?? "", /Vielä 22/);
  });
});

describe("a field", () => {
  it("ties its hint and its error to the input, and keeps what was typed", () => {
    const html = renderToString(
      <TextInput lang="fi" name="osoite" label="Osoite" hint="Vihje" error="Kirjoita osoite" value={'Stu "1"'} />,
    );
    assert.match(html, /aria-describedby="osoite-hint osoite-error"/);
    assert.match(html, /aria-invalid="true"/);
    assert.match(html, /value="Stu &quot;1&quot;"/);
    assert.match(html, /<label[^>]*for="osoite"/);
  });
});

describe("a text in another language", () => {
  it("stands visibly in the one it was written in", () => {
    const html = renderToString(<Translated lang="en" text={{ original: "fi", texts: { fi: "Ohje" } }} />);
    assert.equal(html, '<span lang="fi">Ohje</span> <span class="only-in">only in Finnish</span>');
  });
  it("is not remarked on when it is the reader's", () => {
    assert.equal(renderToString(<Translated lang="fi" text={{ original: "fi", texts: { fi: "Ohje" } }} />), "Ohje");
  });
});

describe("an error page", () => {
  it("says in every language what happened, what to do, and the reference to tell", () => {
    for (const lang of LANGUAGES) {
      for (const status of ERROR_STATUSES) {
        const html = renderToString(<ErrorPage {...{ lang, status }} reference="req-1" home="/" search="/haku" />);
        assert.match(html, /<h1>.+<\/h1>/);
        assert.match(html, /req-1/);
        assert.doesNotMatch(html, /\{|undefined|\bnull\b/);
      }
    }
  });
  it("has words for any status", () => {
    assert.deepEqual(
      [400, 401, 404, 410, 413, 418, 429, 500, 502, 503].map(errorStatus),
      [422, 401, 404, 404, 422, 422, 429, 500, 500, 503],
    );
  });
});

describe("the marks", () => {
  it("tell the six cities apart in each language", () => {
    for (const lang of LANGUAGES) {
      const letters = CITY_CODES.map((city) => cityLetters(city, lang));
      assert.equal(new Set(letters).size, CITY_CODES.length);
    }
    assert.equal(cityLetters("turku", "sv"), "Åb");
  });
  it("leave the ring open at the top: the last arc ends as far left of it as the first begins right", () => {
    const [first, last] = [arcPath(0), arcPath(5)];
    assert.match(first, /^M227\.8 51\.4A/);
    assert.match(last, /94\.1 50\.3$/);
  });
});
