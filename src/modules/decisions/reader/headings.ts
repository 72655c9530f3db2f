import type { SectionKind } from "../reading.ts";

/** Headings of the six cities, in both languages, by what they mean. Compared in lower case without the colon after them. */
const HEADINGS: Record<Exclude<SectionKind, "other">, string> = {
  decision: `päätös | päätökset | päätösteksti | päätöksen sisältö | ratkaisu | kaupunginhallituksen päätös | lautakunnan päätös |
    jaoston päätös | valtuuston päätös | kaupunginvaltuuston päätös | lausunto | beslut | beslutet | utlåtande`,
  proposal: `päätösehdotus | päätösesitys | ehdotus | esitys | esitysehdotus | lausuntoehdotus | ehdotus päätökseksi |
    esittelijän ehdotus | esittelijän päätösehdotus | kaupunginjohtajan esitys | kaupunginjohtajan ehdotus |
    kaupunginhallituksen päätösehdotus | kaupunginhallituksen ehdotus | kaupunginhallituksen esitys | lautakunnan ehdotus |
    lautakunnan esitys | beslutsförslag | förslag | förslag till beslut | framställning`,
  reasons: `päätöksen perustelut | perustelut | esittelijän perustelut | perustelu | päätöksen peruste | sovelletut oikeusohjeet |
    sovelletut säännökset | sovelletut lainkohdat | motivering | motivering till beslutet | motivering till beslut |
    motiveringar | beslutsmotivering | grunder för beslutet | föredragandens motivering | föredragandens motiveringar`,
  summary: `tiivistelmä | yhteenveto | sammandrag | sammanfattning`,
  background: `esittelyteksti | selostus | asian tausta | asian taustaa | taustaa | tausta | kuvaus | asian selostus |
    valmisteluteksti | redogörelse | bakgrund | beredning`,
  handling: `käsittely | asian käsittely | asian aikaisempi käsittely | aikaisempi käsittely | päätöshistoria | äänestys | äänestykset |
    behandling | beslutshistoria | tidigare behandling | omröstning`,
  furtherInformation: `lisätiedot | lisätietoja | lisätietojen antaja | lisätietojen antajat | lisätietoja päätöksestä | valmistelija |
    valmistelijat | valmistelijan yhteystiedot | valmistelijat/lisätiedot | valmistelijat/lisätietojen antaja | ytterligare upplysningar | mer information | tilläggsuppgifter | upplysningar | beredare`,
  attachments: `liitteet | liite | liiteaineisto | oheismateriaali | oheismateriaalit | lisämateriaali | liitteet ja oheismateriaali | esityslistan liitteet |
    bilagor | bilaga | kompletterande material | bilagematerial`,
  extracts: `otteet | ote | pöytäkirjanotteet | utdrag | protokollsutdrag`,
  notification: `tiedoksi | tiedoksianto | jakelu | täytäntöönpano | täytäntöönpanotiedot | ilmoitukset | för kännedom | distribution |
    delges | verkställighet | sändlista`,
  appeal: `muutoksenhaku | muutoksenhakuohje | muutoksenhakuohjeet | muutoksenhakukielto | muutoksenhakutiedot | oikaisuvaatimus | oikaisuvaatimusohje |
    valitus | valitusosoitus | valitusohje | ändringssökande | sökande av ändring | anvisningar för sökande av ändring |
    besvärsanvisning | omprövning | omprövningsbegäran | förbud mot sökande av ändring | besvärsförbud`,
};
/** Headings that are known and mean none of these. */
const OTHER = `esittelijä | esittelijät | esittelijätiedot | toimivalta | föredragande | befogenhet`;

const KINDS = new Map<string, SectionKind>([
  ...Object.entries(HEADINGS).flatMap(([kind, names]) =>
    split(names).map((name) => [name, kind as SectionKind] as const),
  ),
  ...split(OTHER).map((name) => [name, "other"] as const),
]);

function split(names: string): string[] {
  return names.split("|").map((name) => name.trim());
}

/** "Kaupunginhallituksen käsittely", "Sivistyslautakunnan päätösehdotus": whose it was stands before what it is. */
const BY_BODY: readonly { pattern: RegExp; kind: SectionKind }[] = [
  { pattern: /^[\p{L}\d -]{3,60}n käsittely$/u, kind: "handling" },
  { pattern: /^[\p{L}\d -]{3,60}n (?:päätösehdotus|päätösesitys|ehdotus|esitys)$/u, kind: "proposal" },
];
const LONGEST_HEADING = 70;

/** What a heading means, or null when it is not a heading known in any of the cities. */
export function headingKind(text: string): SectionKind | null {
  if (text.length > LONGEST_HEADING) return null;
  const plain = text
    .toLowerCase()
    .replace(/\s*\/\s*/gu, "/")
    .replace(/\s+/gu, " ")
    .replace(/\s*:$/u, "")
    .trim();
  return KINDS.get(plain) ?? BY_BODY.find(({ pattern }) => pattern.test(plain))?.kind ?? null;
}
