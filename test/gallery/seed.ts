/** Sample content: the decision HEL 2015-004216 (City of Helsinki, public document) and lists around it. */
import type { Hit } from "#ui/results.tsx";
import type { ReadingSection } from "#ui/reading.tsx";
import type { Row, SixProps } from "#ui/rows.tsx";

export const TITLE = {
  plain:
    "Osallistuminen EU:n Suomen rakennerahasto-ohjelman rahoittaman 6Aika-strategian Avoin osallisuus -kärkihankeen hakemukseen",
  hyphenated:
    "Osallistuminen EU:n Suomen rakenne\u00ADrahasto-ohjelman rahoittaman 6Aika-strategian Avoin osallisuus \u2011kärki\u00ADhankeen hakemukseen",
};

export const SECTIONS: readonly ReadingSection[] = [
  {
    id: "paatos",
    heading: "Päätös",
    blocks: [
      {
        kind: "paragraph",
        text: "Rakennus- ja ympäristötointa johtava apulaiskaupunginjohtaja päätti hyväksyä Helsingin kaupungin osallistumisen osatoteuttajana Euroopan Unionin Suomen rakennerahasto-ohjelmasta haettavaan ja 6Aika strategiaa toteuttavaan hankehakemukseen ”Avoin osallisuus ja asiakkuus”.",
      },
      {
        kind: "paragraph",
        text: "Samalla rakennus- ja ympäristötointa johtava apulaiskaupunginjohtaja päätti valtuuttaa kaupunginkanslian tietotekniikka- ja viestintäosaston toimimaan kaupungin edustajana kyseisessä hankekokonaisuudessa sekä allekirjoittamaan hankkeen toteuttamiseksi tarvittavat asiakirjat todeten lisäksi, että hankkeen kustannuksiin tullaan hakemaan määrärahaa EU-hankkeille varatusta erillisestä keskitetystä määrärahasta.",
      },
    ],
  },
  {
    id: "perustelut",
    heading: "Päätöksen perustelut",
    blocks: [
      {
        kind: "paragraph",
        text: "Avoin osallisuus ja asiakkuus – kärkihankkeen ensisijaisena tavoitteena on vahvistaa elinkeinoelämän ja tutkimus- ja kehittämisyhteisöjen roolia palveluekosysteemissä ja lisätä uusien toimijoiden mukaan ottamisella työllisyyttä ja hyvinvointia. Hankkeessa tapahtuvaa kehittämistyötä tehdään viiden työpaketin kautta, jotka ovat:",
        list: {
          ordered: true,
          items: [
            "käyttäjälähtöinen suunnittelu ja palvelumuotoilu",
            "innovatiivisten ratkaisujen yhteiskehittäminen",
            "asiakkuuden hallinta",
            "monikanavainen asiakaspalvelumalli",
            "monituottajuuteen perustuva toimintamalli.",
          ],
        },
      },
      {
        kind: "paragraph",
        text: "Helsingin osahankkeessa pyritään erityisesti vahvistamaan yritysten, tutkimus- ja koulutusorganisaatioiden osallistumista kaupungin palveluiden suunnitteluun ja tuottamiseen. Lisäksi tavoitteena on lisätä kaupunkilaisten, järjestöjen ja yhteisöjen osallistumista palveluiden kehittämiseen käyttäjälähtöisten menetelmien avulla.",
      },
      {
        kind: "paragraph",
        text: "Haettavan hankekokonaisuuden kokonaiskustannukset ovat 8 981 791 euroa, josta EU:n ja valtion tuki on yhteensä 6 017 799 euroa ja kuntaosuus 2 963 992 euroa. Helsingin osahankkeen kustannukset ovat 1 350 004 euroa, josta EU:n ja valtion osuus on 904 502 euroa ja kuntaosuus 445 502 euroa.",
      },
    ],
  },
];

export const NEWEST: readonly Row[] = [
  {
    city: "espoo",
    href: "#",
    title: "Koulu\u00ADkuljetusten reitit kevätlukukaudella",
    note: "Espoo, kasvun ja oppimisen lautakunta, ti 17.11.2026",
  },
  {
    city: "oulu",
    href: "#",
    title: "Tori\u00ADrannan latuverkko",
    note: "Oulu, yhdyskunta\u00ADlautakunta, ti 17.11.2026",
  },
  {
    city: "helsinki",
    href: "#",
    title: "Kirjastojen sunnuntai\u00ADaukiolot",
    note: "Helsinki, kulttuuri- ja vapaa-aika\u00ADlautakunta, ti 10.11.2026",
  },
  {
    city: "tampere",
    href: "#",
    title: "Asuntomessu\u00ADalueen katu\u00ADsuunnitelma",
    note: "Tampere, yhdyskunta\u00ADlautakunta, ti 10.11.2026",
  },
];

export const HITS: readonly Hit[] = [
  {
    href: "#",
    kind: "Päätös",
    city: "turku",
    textLang: "fi",
    title: [
      { text: "6Aika: ", isMarked: false },
      { text: "Avoin osallisuus", isMarked: true },
      { text: " ja asiakkuus, hankkeen hakijana toimiminen", isMarked: false },
    ],
    snippet: [
      { text: "Turun kaupunki toimii hankkeen koordinaattorina ja varsinaisena hakijana. ", isMarked: false },
      { text: "Osallisuus", isMarked: true },
      { text: "hankkeen osatoteuttajina ovat viisi kaupunkia.", isMarked: false },
    ],
    meta: "Kaupunginhallitus · ti 10.11.2015",
  },
  {
    href: "#",
    kind: "Päätös",
    city: "helsinki",
    textLang: "fi",
    title: [
      { text: "Avustukset asukkaiden ", isMarked: false },
      { text: "osallisuutta", isMarked: true },
      { text: " lisäävään toimintaan", isMarked: false },
    ],
    snippet: [
      { text: "Lautakunta myönsi avustuksia yhdistyksille, jotka lisäävät asukkaiden ", isMarked: false },
      { text: "osallisuutta", isMarked: true },
      { text: ".", isMarked: false },
    ],
    meta: "Kaupunginhallituksen jaosto · ma 9.11.2026",
  },
];

export const SIX: SixProps["cities"] = {
  helsinki: { href: "#", lines: ["1 204 päätöstä", "viimeisin ti 17.11.2026"] },
  espoo: { href: "#", lines: ["311 päätöstä", "viimeisin ma 16.11.2026"] },
  vantaa: { href: "#", lines: ["98 päätöstä", "viimeisin ti 3.11.2026"] },
  turku: { href: "#", lines: ["455 päätöstä", "viimeisin ma 16.11.2026"] },
  tampere: { href: "#", lines: ["640 päätöstä", "viimeisin ti 10.11.2026"] },
  oulu: { href: "#", lines: ["Ei vielä päätöksiä"] },
};
