/** What a translation must share with the Finnish beside its keys (those: src/core/i18n.test.ts). */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { IntlMessageFormat } from "intl-messageformat";
import { LANGUAGES } from "#core/cities.ts";
import { LOCALES } from "#core/i18n.ts";
import type { Unreadable } from "#modules/decisions/reading.ts";
import { t } from "#modules/decisions/texts.ts";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));
const folders = globSync("**/fi.json", { cwd: SRC }).map(dirname);

const textsOf = (folder: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(SRC, folder, `${language}.json`), "utf8")) as Record<string, string>;

interface Part {
  type: number;
  value: string;
  options?: Record<string, { value: Part[] }>;
}
/** Forms of a city's name (core/cities.ts): "Helsingin päätökset" is "Decisions in Helsinki". A text needs one of them. */
const CITY_NAME = /^(?:name|genitive|inside)$/;
const LITERAL = 0;
const POUND = 7;

/** Names of the values that a text asks for. */
function valuesIn(parts: readonly Part[]): string[] {
  const names = parts.flatMap(({ type, value, options }) => [
    ...(type === LITERAL || type === POUND ? [] : [value.replace(CITY_NAME, "name of the city")]),
    ...Object.values(options ?? {}).flatMap((option) => valuesIn(option.value)),
  ]);
  return [...new Set(names)].sort();
}

const parse = (text: string, language: (typeof LANGUAGES)[number]): string[] =>
  valuesIn(new IntlMessageFormat(text, LOCALES[language], undefined, { ignoreTag: true }).getAst() as Part[]);

describe("the texts of a module", () => {
  it("that lose a value in one language are noticed", () => {
    assert.deepEqual(parse("{count, plural, one {# of {city}} other {#}}", "en"), ["city", "count"]);
    assert.deepEqual(parse("in <b>Helsinki</b>", "en"), []);
  });

  for (const folder of folders) {
    it(`say the same values in all languages: ${folder}`, () => {
      const finnish = textsOf(folder, "fi");
      for (const language of LANGUAGES) {
        for (const [key, text] of Object.entries(textsOf(folder, language)))
          assert.deepEqual(parse(text, language), parse(finnish[key] ?? "", "fi"), `${language} ${key}`);
      }
    });
  }
});

it("a registrar is told why a document could not be read, whatever the reason is, in words of their language", () => {
  // A record, so that the type checker asks for each new reason here.
  const reasons: Record<Unreadable["code"], `reason_${Unreadable["code"]}`> = {
    empty: "reason_empty",
    tooLarge: "reason_tooLarge",
    unknownFormat: "reason_unknownFormat",
    damaged: "reason_damaged",
    encrypted: "reason_encrypted",
    noText: "reason_noText",
    unknownCity: "reason_unknownCity",
    noTitle: "reason_noTitle",
    noContent: "reason_noContent",
    notADecision: "reason_notADecision",
  };
  for (const language of LANGUAGES)
    for (const key of Object.values(reasons)) assert.match(t(language, key), /\p{L}{3}/u, `${language} ${key}`);
});
