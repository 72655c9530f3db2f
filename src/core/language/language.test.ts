import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as fc from "fast-check";
import { Pool } from "pg";
import { joinTestServer } from "#test/database.ts";
import { type LanguageService, openLanguage } from "./language.ts";

let server: Awaited<ReturnType<typeof joinTestServer>>;
let pool: Pool;
/** Statements sent so far: what is remembered is not asked again. */
let asked = 0;

before(async () => {
  server = await joinTestServer();
  pool = new Pool({ connectionString: server.ownerUrl });
});
after(async () => {
  await pool.end();
  await server.stop();
});

function open(log: (line: string) => void = () => undefined, ignoreInstalled = false): LanguageService {
  const query = async (sql: string, parameters: readonly unknown[]) => {
    asked += 1;
    return (await pool.query<Record<string, unknown>>(sql, [...parameters])).rows;
  };
  return openLanguage({ query, dataDir: ignoreInstalled ? "/nowhere" : ".data", log, ignoreInstalled });
}

describe("with Voikko", () => {
  let language: LanguageService;
  before(() => {
    language = open();
    assert.equal(language.state, "voikko", language.why);
  });
  after(() => language.close());
  const tokensOf = async (text: string) => (await language.tokens([text], "fi"))[0];

  test("a Finnish text is indexed by lemmas and compound parts, in order and as often as they occur", async () => {
    assert.deepEqual(await tokensOf("Määrärahasta ja määrärahoista"), [
      "määräraha",
      "määrä",
      "raha",
      "ja",
      "määräraha",
      "määrä",
      "raha",
    ]);
  });

  test("a word with a hyphen is found by itself and by its halves", async () => {
    assert.deepEqual(await tokensOf("6Aika-strategian"), ["6aika-strategia", "6aika", "strategia"]);
  });

  test("an abbreviation is found without its ending, a record number by its pieces", async () => {
    assert.deepEqual(await tokensOf("KHO:lle"), ["kho"]);
    assert.deepEqual(await tokensOf("HEL 2015-004216"), ["hel", "2015-004216", "2015", "004216"]);
  });

  test("a surname that no dictionary knows is found in its other cases by its stem", async () => {
    const [one = [], other = []] = await language.tokens(["Zubkovin", "Zubkovilla"], "fi");
    assert.equal(one[0], "zubkovin");
    assert.ok(one.some((token) => other.includes(token)));
  });

  test("words met before are not asked of the database again", async () => {
    await tokensOf("Qvarnbergin wlan-xyzzyä");
    const before = asked;
    await tokensOf("wlan-xyzzyä Qvarnbergin");
    assert.equal(asked, before);
  });

  test("a query marks the words of the original text that share a term with it", async () => {
    const text = "Avoin osallisuus -kärkihankkeen määrä\u00ADrahasta, Vallilan\u00A0rahat";
    const [terms = []] = await language.tokens(["raha VALLILA"], "fi");
    const [ranges = []] = await language.marker(new Set(terms))([text], "fi");
    const marked = ranges.map(([start, end]) => text.slice(start, end));
    assert.deepEqual(marked, ["määrä\u00ADrahasta", "Vallilan", "rahat"]);
  });

  test("a heading may break between the parts of a Finnish compound, and only in Finnish", () => {
    const heading = "Avoin osallisuus -kärkihankkeen osatoteuttajana";
    assert.equal(language.softHyphens(heading, "fi"), "Avoin osallisuus -\u2060kärki\u00ADhankkeen osatoteuttajana");
    assert.equal(language.softHyphens("sunnuntaiaukiolot", "en"), "sunnuntaiaukiolot");
  });

  test("Swedish and English are found by their stems", async () => {
    assert.deepEqual(await language.tokens(["stadens nämnder"], "sv"), [["stad", "nämnd"]]);
    assert.deepEqual(await language.tokens(["the city’s decisions"], "en"), [["the", "citi", "decis"]]);
  });

  test("any text in any language gets tokens that an index split at spaces can hold", async () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom("fi", "sv", "en"), async (texts, code) => {
        const tokens = await language.tokens(texts, code);
        assert.equal(tokens.length, texts.length);
        assert.ok(tokens.flat().every((token) => token !== "" && !/\s/.test(token) && token.isWellFormed()));
      }),
      { numRuns: 200 },
    );
  });
});

describe("without Voikko", () => {
  test("whoever asks why there is no Voikko also hears why none could be fetched", () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const query = () => Promise.resolve([]);
    const notFetched = "apt-get: not on this machine";
    const language = openLanguage({ query, dataDir: "/nowhere", log, ignoreInstalled: true, notFetched });
    for (const text of [language.why ?? "", ...lines]) assert.match(text, /; it could not be fetched: apt-get: not on/);
    assert.equal(lines.length, 1);
  });

  test("Finnish falls back to stems, says so once and why, and knows no lexicon", async () => {
    const lines: string[] = [];
    const language = open((line) => lines.push(line), true);
    assert.equal(language.state, "snowball");
    assert.equal(language.lexicon, null);
    assert.equal(lines.length, 1);
    assert.match(language.why ?? "", /neither installed nor in the data directory/);
    assert.deepEqual(await language.tokens(["taloissa 6Aika-strategian"], "fi"), [
      ["talo", "6aika-strategia", "6aika", "strategia"],
    ]);
    assert.equal(language.softHyphens("-kärkihankkeen määrärahasta", "fi"), "-\u2060kärkihankkeen määrärahasta");
    assert.equal(lines.length, 1);
  });
});
