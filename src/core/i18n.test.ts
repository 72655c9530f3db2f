import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { LANGUAGES } from "./cities.ts";
import { LOCALES, messages } from "./i18n.ts";

const SRC = fileURLToPath(new URL("..", import.meta.url));
const folders = globSync("**/fi.json", { cwd: SRC }).map((file) => dirname(join(SRC, file)));
const read = (folder: string, lang: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, `${lang}.json`), "utf8")) as Record<string, string>;

const sample = {
  fi: { plain: "Haku", hits: "{count, plural, one {# osuma} other {# osumaa}}", tag: "<b>{name}</b>" },
  sv: { plain: "Sök", hits: "{count, plural, one {# träff} other {# träffar}}", tag: "<b>{name}</b>" },
  en: { plain: "Search", hits: "{count, plural, one {# result} other {# results}}", tag: "<b>{name}</b>" },
};

describe("texts in three languages", () => {
  const t = messages<typeof sample.fi>(sample);

  it("follow the plural rules and the figures of the reader's language", () => {
    assert.equal(t("fi", "hits", { count: 1 }), "1 osuma");
    assert.equal(t("fi", "hits", { count: 1200 }), "1\u00A0200 osumaa");
    assert.equal(t("sv", "hits", { count: 2 }), "2 träffar");
    assert.equal(t("en", "hits", { count: 1200 }), "1,200 results");
  });

  it("are the same at every asking", () => {
    assert.equal(t("fi", "plain"), t("fi", "plain"));
    assert.equal(t("en", "hits", { count: 1 }), "1 result");
    assert.equal(t("en", "hits", { count: 3 }), "3 results");
  });

  it("leave mark-up to the components: a tag in a text stays text", () => {
    assert.equal(t("en", "tag", { name: "Aino" }), "<b>Aino</b>");
  });

  it("fail aloud when a value is missing, and not with an empty place on the page", () => {
    assert.throws(() => t("fi", "hits"), /count/);
  });
});

describe("every module's texts", () => {
  it("are found", () => assert.ok(folders.length > 0));

  for (const folder of folders) {
    it(`${relative(SRC, folder)}: Finnish, Swedish and English have the same keys, and each text is one that can be read`, () => {
      const fi = read(folder, "fi");
      for (const lang of LANGUAGES) {
        const texts = read(folder, lang);
        assert.deepEqual(Object.keys(texts).sort(), Object.keys(fi).sort(), lang);
        for (const [key, text] of Object.entries(texts)) {
          assert.notEqual(text.trim(), "", `${lang} ${key} is empty`);
          assert.doesNotThrow(
            () => new IntlMessageFormat(text, LOCALES[lang], undefined, { ignoreTag: true }),
            `${lang} ${key}`,
          );
        }
      }
    });
  }
});
