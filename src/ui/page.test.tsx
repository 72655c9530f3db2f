import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse, type DefaultTreeAdapterMap } from "parse5";
import { CITY_CODES } from "#core/cities.ts";
import { ASSETS } from "./assets.ts";
import type { Frame } from "./frame.tsx";
import { Page, renderPage } from "./page.tsx";

type Element = DefaultTreeAdapterMap["element"];

const frame: Frame = {
  lang: "sv",
  city: "turku",
  alternates: { fi: "/fi/turku/paatokset", sv: "/sv/turku/beslut", en: "/en/turku/decisions" },
  home: "/sv",
  search: "/sv/turku/sok",
  cities: Object.fromEntries(CITY_CODES.map((code) => [code, `/sv/${code}`])) as Frame["cities"],
  nav: [{ href: "/sv/turku/beslut", label: "Beslut", current: "page" }],
  foot: [{ href: "/sv/tillganglighet", label: "Tillgänglighets\u00ADutlåtande" }],
};

function elements(html: string): Element[] {
  const found: Element[] = [];
  const walk = (node: DefaultTreeAdapterMap["node"]): void => {
    if ("attrs" in node) found.push(node);
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return found;
}
const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value;

describe("the document around a page", () => {
  const html = renderPage(
    <Page
      frame={frame}
      origin="https://avoin.example.fi"
      title="Beslut"
      description="Läs beslut"
      crumbs={[{ href: "/sv/turku", label: "Åbo" }]}
      feeds={[{ href: "/sv/turku/beslut.atom", title: "Nya beslut" }]}
      jsonLd={{ name: "</script><script>alert(1)</script><!--" }}
    >
      <h1>Beslut</h1>
    </Page>,
  );
  const all = elements(html);
  const links = all.filter((element) => element.tagName === "link");
  const linksOf = (rel: string) => links.filter((link) => attribute(link, "rel") === rel);

  it("says its language, its city and its name", () => {
    assert.match(html, /^<!doctype html><html lang="sv" data-city="turku">/);
    assert.match(html, /<title>Beslut – Åbo – Avoin<\/title>/);
  });
  it("leads to the same page in the other languages, in the head and for people", () => {
    assert.deepEqual(
      linksOf("alternate").map((link) => [attribute(link, "hreflang") ?? "atom", attribute(link, "href")]),
      [
        ["fi", "https://avoin.example.fi/fi/turku/paatokset"],
        ["sv", "https://avoin.example.fi/sv/turku/beslut"],
        ["en", "https://avoin.example.fi/en/turku/decisions"],
        ["atom", "/sv/turku/beslut.atom"],
      ],
    );
    assert.equal(
      attribute(linksOf("canonical")[0] ?? assert.fail(), "href"),
      "https://avoin.example.fi/sv/turku/beslut",
    );
    assert.match(html, /<a href="\/fi\/turku\/paatokset" lang="fi" hreflang="fi">Suomeksi<\/a>/);
  });
  it("loads one stylesheet and one font of its own, and nothing else", () => {
    const loaded = ["stylesheet", "preload", "icon"].flatMap(linksOf).map((link) => attribute(link, "href"));
    assert.equal(loaded.length, 3);
    for (const href of loaded) assert.ok(ASSETS.some((asset) => asset.path === href));
  });
  it("needs no exception in a strict content security policy", () => {
    assert.deepEqual(
      all.filter((element) => element.attrs.some(({ name }) => /^(style|on\w+)$/.test(name))),
      [],
    );
    assert.deepEqual(
      all.filter((element) => element.tagName === "style"),
      [],
    );
    const scripts = all.filter((element) => element.tagName === "script");
    assert.deepEqual(
      scripts.map((script) => attribute(script, "type")),
      ["application/ld+json"],
    );
  });
  it("has one main part that the skip link leads to, and one heading of the first rank", () => {
    const [main, ...others] = all.filter((element) => element.tagName === "main");
    assert.equal(others.length, 0);
    assert.equal(attribute(main ?? assert.fail(), "id"), "main");
    assert.match(html, /<a class="skip" href="#main">/);
    assert.equal(all.filter((element) => element.tagName === "h1").length, 1);
  });
});
