import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { LANGUAGES } from "#core/cities.ts";
import { safeReturn } from "./return-to.ts";

const SITE = "https://avoin.example.fi";

/** What leads astray, close together, so that each meets each. */
const pieces = fc.constantFrom(
  ...["/", "//", "\\", "/\\", "..", ".", "%2e%2e", "%2f", "%5c", "%00", "fi", "/fi", "/fi/", "sv", "/en/", "me"],
  ...["http:", "https:", "javascript:", "data:", "blob:", "evil.example", "@", ":", "?", "#", "&", "=", ";", "*"],
  ...["\t", "\n", "\r", "\0", " ", "\u00a0", "\u2028", "\u202e", "\u3002", "\uff0f", "\ufeff", "\ud83d", "ä", "👩"],
  ...["avoin.example.fi", "avoin.invalid", "avoin.example.fi.evil.example", "[::1]", "127.1", "0x7f.1", "xn--"],
);
const anywhere = fc.oneof(
  fc.string({ unit: pieces, maxLength: 12 }),
  fc.string({ unit: pieces, maxLength: 10 }).map((rest) => `/fi/${rest}`),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);
const language = fc.constantFrom(...LANGUAGES);

describe("the way back", () => {
  it("leads to where one was, with what one had asked for", () => {
    for (const address of [
      "/fi",
      "/fi/me",
      "/sv/me/sessioner?done=sessionEnded",
      "/en/helsinki/decisions?q=a%26b&year=2017",
    ])
      assert.equal(safeReturn(address, "fi"), address);
    assert.equal(safeReturn("/fi/haku?q=päätös", "fi"), "/fi/haku?q=p%C3%A4%C3%A4t%C3%B6s");
  });

  it("is one's own pages when no way back is known", () => {
    for (const nowhere of [undefined, "", "/", "/fi2", "/de/me", "/api/v1/decisions", "/sign-in/callback"])
      assert.equal(safeReturn(nowhere, "sv"), "/sv/me", nowhere);
    assert.equal(safeReturn(`/fi/${"a".repeat(2000)}`, "fi"), "/fi/me");
  });

  it("is never on another site", () => {
    for (const astray of [
      "//evil.example/fi",
      "/\\evil.example/fi",
      "\\\\evil.example/fi",
      "https:evil.example",
      "https://evil.example/fi/me",
      "https:/evil.example/fi",
      "http://avoin.invalid/fi",
      "/fi/../..//evil.example/fi",
      "/fi/..//evil.example",
      "/fi/%2e%2e//evil.example",
      "/fi/../\\evil.example",
      "/\t/evil.example/fi",
      "\n//evil.example/fi",
      "/\r\n/evil.example/fi",
      " //evil.example/fi",
      "javascript:alert(1)//fi/",
      "java\nscript:alert(1)",
      "data:text/html,<script>",
      "https://avoin.example.fi@evil.example/fi",
      "https://avoin.example.fi.evil.example/fi",
      "//evil.example\\@avoin.example.fi/fi",
    ])
      assert.equal(safeReturn(astray, "fi"), "/fi/me", JSON.stringify(astray));
  });

  it("stays a path of ours whatever is given, as every browser will read it", () => {
    fc.assert(
      fc.property(anywhere, language, (wanted, language) => {
        const way = safeReturn(wanted, language);
        assert.match(way, /^\/(?:fi|sv|en)(?:[/?]|$)/);
        // Nothing that could end the header, or be read in two ways.
        assert.match(way, /^[\x21-\x7e]+$/);
        assert.doesNotMatch(way, /^[^?]*\\/);
        assert.equal(new URL(way, SITE).origin, SITE);
        assert.equal(new URL(way, SITE).href, SITE + way);
      }),
      { numRuns: 2000 },
    );
  });

  it("once made safe, stays as it is", () => {
    fc.assert(
      fc.property(anywhere, language, (wanted, language) => {
        const way = safeReturn(wanted, language);
        assert.equal(safeReturn(way, language), way);
      }),
      { numRuns: 1000 },
    );
  });

  it("is short enough for the service to answer it", () => {
    // 8192 is the longest address that the server takes; each of these signs becomes nine.
    assert.ok(safeReturn(`/fi/haku?q=${"語".repeat(1900)}`, "fi").length <= 8192);
  });
});
