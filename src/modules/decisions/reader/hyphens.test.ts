import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { finnishLexicon } from "#test/golden/documents.ts";
import { joinLines, mendStrayHyphens } from "./hyphens.ts";
import { within, wordsBy, type Lexicon } from "./lexicon.ts";

const finnish = finnishLexicon();
const lexicon: Lexicon | null = "lexicon" in finnish ? finnish.lexicon : null;
const needsLexicon = "missing" in finnish ? { skip: finnish.missing } : {};

/** Lines divided by "/", and what they are when joined. */
const EITHER_WAY: [string, string][] = [
  ["määrära-/hasta.", "määrärahasta."],
  ["Hankekokonai-/suuden koordinaattori", "Hankekokonaisuuden koordinaattori"],
  ["6Aika-/strategian", "6Aika-strategian"],
  ["varatusta EU-/hankkeille", "varatusta EU-hankkeille"],
  ["sote-/ja maakuntauudistus", "sote- ja maakuntauudistus"],
  ["palaute-, neuvonta-/ja asiointipalvelut", "palaute-, neuvonta- ja asiointipalvelut"],
  ["social-/och hälsovården", "social- och hälsovården"],
  ["osallisuus ja asiakkuus -/hankkeelle", "osallisuus ja asiakkuus -hankkeelle"],
  ["Helsinki -/Tampere", "Helsinki - Tampere"],
  ["webropol/-kyselyn", "webropol -kyselyn"],
  ["Anna-Kaarina Rantaviita-/Tiainen", "Anna-Kaarina Rantaviita-Tiainen"],
  ["vuosina 2014-/2020", "vuosina 2014-2020"],
  ["vuosina 2014–/2020", "vuosina 2014–2020"],
  ["e-/asiointi", "e-asiointi"],
  ["tasa-/arvo", "tasa-arvo"],
  ["https:\u2044\u2044hel.fi\u2044avoin-/data", "https:\u2044\u2044hel.fi\u2044avoin-data"],
  ["määrära\u00ad/haa", "määrärahaa"],
  ["ensimmäinen rivi/toinen rivi", "ensimmäinen rivi toinen rivi"],
];
const BY_LEXICON: [string, string][] = [
  ["matkusti linja-/autolla", "matkusti linja-autolla"],
  ["siltä poh-/ja katosi", "siltä pohja katosi"],
  ["koulutus-/ja osaamistaso", "koulutus- ja osaamistaso"],
  ["Uusimaa-/ohjelman", "Uusimaa-ohjelman"],
  ["MUUTOKSENHAKU-/KIELTO", "MUUTOKSENHAKUKIELTO"],
];

const joined = (lines: string, known: Lexicon | null) =>
  joinLines(lines.split("/"), wordsBy(known)).replaceAll("\u2044", "/");

describe("line-end hyphens", () => {
  for (const [lines, text] of EITHER_WAY) {
    it(`reads ${lines} as ${text}`, () => {
      assert.equal(joined(lines, null), text.replaceAll("\u2044", "/"));
      if (lexicon !== null) assert.equal(joined(lines, lexicon), text.replaceAll("\u2044", "/"));
    });
  }
  for (const [lines, text] of BY_LEXICON) {
    it(`reads ${lines} as ${text} by the lexicon`, needsLexicon, () => assert.equal(joined(lines, lexicon), text));
  }

  it("stays where the document elsewhere sets the words apart", needsLexicon, () => {
    const of = (document: string) =>
      joinLines(
        ["kuin patentti-", "rekisterihallituksessa"],
        within(wordsBy(lexicon), () => document),
      );
    assert.equal(of("Patentti- ja rekisterihallitus"), "kuin patentti-rekisterihallituksessa");
    assert.equal(of("Patenttien rekisteri"), "kuin patenttirekisterihallituksessa");
    const asWhole = "Patentti- ja rekisterihallitus; patenttirekisterihallituksessa";
    assert.equal(of(asWhole), "kuin patenttirekisterihallituksessa");
  });

  it("goes before a short word that makes one with either, whatever the document sets apart", needsLexicon, () => {
    const document = "jäte- ja vesihuolto";
    const words = within(wordsBy(lexicon), () => document);
    assert.equal(joinLines(["alueen jäte-", "vesihuollon"], words), "alueen jätevesihuollon");
  });

  it("loses no letter and keeps their order, whatever the lines", () => {
    const letters = (text: string) => text.replace(/[\s\u00ad-]/gu, "");
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-zäöA-Z0-9 .-]{0,12}$/u)), fc.boolean(), (lines, all) => {
        assert.equal(letters(joinLines(lines, wordsBy({ isWord: () => all }))), letters(lines.join("")));
      }),
    );
  });

  it("joins a million lines in a moment", () => {
    const lines = Array.from({ length: 1_000_000 }, () => "a-");
    assert.equal(joinLines(lines, wordsBy(null)).length > 0, true);
  });
});

describe("hyphens left over in the middle of a line", () => {
  const mended = (text: string, document = "") =>
    mendStrayHyphens(
      text,
      within(wordsBy(lexicon), () => document),
    );

  it("go where a half is no word, and tell so", needsLexicon, () => {
    const words = wordsBy(lexicon);
    const text = "rakennuksen purkamista edel-lyttävän, kumot-tu, linja-auto, Itä-Suomen, kiinteistölautakun- nan";
    assert.equal(
      mendStrayHyphens(text, words),
      "rakennuksen purkamista edellyttävän, kumottu, linja-auto, Itä-Suomen, kiinteistölautakunnan",
    );
    assert.deepEqual(
      words.joins.map(({ written }) => written),
      ["edel-lyttävän", "kumot-tu", "kiinteistölautakun- nan"],
    );
  });

  it("go within a word that is written whole elsewhere, in whatever case", needsLexicon, () => {
    assert.equal(mended("myös Pirkan-maan keskuksella"), "myös Pirkan-maan keskuksella");
    assert.equal(mended("myös Pirkan-maan keskuksella", "Pirkanmaalla"), "myös Pirkanmaan keskuksella");
  });

  it("go within a word whose halves are words only where the document has it whole", needsLexicon, () => {
    for (const [written, read, whole] of [
      ["vahingonkorvaus-vaatimuksen", "vahingonkorvausvaatimuksen", "Vahingonkorvausvaatimus"],
      ["ohjelma-kauden puolivälissä", "ohjelmakauden puolivälissä", "ohjelmakausi"],
    ] as const) {
      assert.equal(mended(written), written);
      assert.equal(mended(written, whole), read);
    }
  });

  it("stay where somebody may have meant them", needsLexicon, () => {
    for (const text of [
      "Talous ja suunnittelu-yksikkö; suunnitteluyksikkö",
      "maanhankinta-tiimin päällikkö; maanhankintatiimi",
      "tilaaja-tuottajamalli",
      "opettaja-oppilassuhde",
      "päiväkoti-koulurakennus",
      "Kanta-palvelujen käyttö",
      "vuokra-ajan pituus",
      "sosiaali- ja terveystoimi",
      "kesä-heinäkuusta",
      "kuin patentti-rekisterihallituksessa; Patentti- ja rekisterihallitus",
      "toteutuma- aste",
    ])
      assert.equal(mended(text, text.replace("vuokra-ajan", "vuokraajan vuokra-ajan")), text);
  });

  it("stay when there is no lexicon to tell", () => {
    assert.equal(mendStrayHyphens("edel-lyttävän", wordsBy(null)), "edel-lyttävän");
  });
});
