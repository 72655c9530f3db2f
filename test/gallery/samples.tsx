/** Whole pages put together from the components, with the seed decision: how they are meant to stand together. */
import type { JSX } from "preact";
import { CITIES, CITY_CODES, type CityCode, type Language } from "#core/cities.ts";
import { Facts, Glance } from "#ui/facts.tsx";
import { Facets, Chips } from "#ui/facets.tsx";
import { ErrorPage, type ErrorStatus, errorTitle } from "#ui/error-page.tsx";
import { TextInput } from "#ui/fields.tsx";
import { Find } from "#ui/find.tsx";
import type { Frame } from "#ui/frame.tsx";
import { RecordNumber } from "#ui/inline.tsx";
import { Columns, Hero, More, Opening, Section, Wrap } from "#ui/layout.tsx";
import { OnlyInNotice } from "#ui/notices.tsx";
import { Page } from "#ui/page.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { Question } from "#ui/question.tsx";
import { ReadingText } from "#ui/reading.tsx";
import { BestHit, Hits, ResultsHead, Sort, ZeroHits } from "#ui/results.tsx";
import { Rows, Six } from "#ui/rows.tsx";
import { Side, SideLinks, SideSection, Toc } from "#ui/side.tsx";
import { MoneyTable } from "#ui/tables.tsx";
import { Gallery } from "./gallery.tsx";
import { HITS, NEWEST, SECTIONS, SIX, TITLE } from "./seed.ts";

const ORIGIN = "http://127.0.0.1:4000";

/** The frame of a sample page: `/{lang}/{city or joint}/{name}`. */
function frameOf(lang: Language, city: CityCode | null, name: string): Frame {
  const at = (to: Language, where: CityCode | null, page: string) => `/${to}/${where ?? "joint"}/${page}`;
  const cities = Object.fromEntries(CITY_CODES.map((code) => [code, at(lang, code, "city")])) as Frame["cities"];
  return {
    lang,
    city,
    alternates: { fi: at("fi", city, name), sv: at("sv", city, name), en: at("en", city, name) },
    home: at(lang, null, "front"),
    search: at(lang, city, "search"),
    isSearch: name === "search",
    cities,
    nav: [
      { href: at(lang, city, "list"), label: "Päätökset", current: name === "decision" ? "section" : undefined },
      { href: at(lang, city, "gallery"), label: "Avoin data" },
      { href: at(lang, city, "404"), label: "Tietoa palvelusta" },
    ],
    foot: [
      { href: "#", label: "Saavutettavuus\u00ADseloste" },
      { href: "#", label: "Tietoa palvelusta" },
      { href: "#", label: "Avoin data ja rajapinnat" },
      { href: "#", label: "Palaute tästä palvelusta" },
    ],
  };
}

/** What a sample is: its title and its content. */
type Sample = (props: { lang: Language; city: CityCode | null }) => { title: string; body: JSX.Element };

const front: Sample = ({ lang }) => ({
  title: "Avoin",
  body: (
    <>
      <Hero
        lang={lang}
        city={null}
        title="Katso, mitä kaupungissasi päätetään"
        lead="Täältä löydät kuuden kaupungin päätökset, niiden perustelut ja hinnan. Lukemiseen ei tarvita tunnuksia."
      >
        <Find
          lang={lang}
          action="#"
          examples={[
            { href: "#", label: "avustukset" },
            { href: "#", label: "katusuunnitelma" },
            { href: "#", label: "HEL\u00A02015-004216" },
          ]}
        />
      </Hero>
      <Section id="kaupungit" title="Valitse kaupunki" isWrapped isBare>
        <Six lang={lang} cities={SIX} />
      </Section>
      <Wrap>
        <Columns layout="two">
          <Section id="teet" title="Mitä täällä voi tehdä">
            <Rows
              lang={lang}
              rows={[
                { href: "#", title: "Lue päätöksiä", note: "Kaupungin, päättäjän, aiheen ja vuoden mukaan." },
                {
                  href: "#",
                  title: "Hae diaarinumerolla tai sanalla",
                  note: "Yksi haku kaikista kuudesta kaupungista.",
                },
                {
                  href: "#",
                  title: "Ota päätökset käyttöösi avoimena datana",
                  note: "Rajapinta, syötteet ja koko aineisto.",
                },
              ]}
            />
          </Section>
          <Section id="uusin" title="Päätetty hiljattain">
            <Rows lang={lang} rows={NEWEST} />
            <More href="#" label="Kaikki päätökset" />
          </Section>
        </Columns>
      </Wrap>
    </>
  ),
});

const city: Sample = ({ lang, city: code }) => ({
  title: CITIES[code ?? "helsinki"].names[lang].name,
  body: (
    <>
      <Hero
        lang={lang}
        city={code}
        title={`${CITIES[code ?? "helsinki"].names[lang].genitive} päätökset`}
        lead="Lue, mitä kaupunki on päättänyt, miksi ja millä rahalla."
      >
        <Find lang={lang} action="#" examples={[{ href: "#", label: "hankerahoitus" }]} />
      </Hero>
      <Wrap>
        <Columns layout="main-side">
          <Section id="uusin" title="Viimeksi päätetty">
            <Rows
              lang={lang}
              rows={NEWEST.map(({ href, title, note }) => ({ href, title, note, aside: "ti 10.11.2026" }))}
            />
            <More href="#" label="Päätökset päättäjän ja aiheen mukaan" />
          </Section>
          <Section id="tee" title="Tee täällä">
            <Rows
              lang={lang}
              rows={[
                { href: "#", title: "Selaa päätöksiä", note: "Päättäjän, aiheen ja vuoden mukaan." },
                { href: "#", title: "Seuraa uusia päätöksiä", note: "Atom-syötteellä omaan lukijaasi." },
                { href: "#", title: "Lataa aineisto", note: "JSON ja rajapinta." },
              ]}
            />
          </Section>
        </Columns>
      </Wrap>
    </>
  ),
});

const decision: Sample = ({ lang }) => ({
  title: `29 § ${TITLE.plain}`,
  body: (
    <article class="wrap">
      <Opening
        kicker={
          <>
            Viranhaltijan päätös 29&nbsp;§ · <RecordNumber written="HEL 2015-004216" href="#" />
          </>
        }
        title={<span lang="fi">{TITLE.hyphenated}</span>}
      />
      <Columns layout="article">
        <div>
          <Glance lang={lang}>
            <Facts
              lang={lang}
              facts={[
                {
                  kind: "known",
                  label: "Kuka päätti",
                  value: "Rakennus- ja ympäristö\u00ADtointa johtava apulais\u00ADkaupunginjohtaja",
                },
                { kind: "unknown", label: "Milloin", why: "Lähdetekstissä ei ole päiväystä." },
                { kind: "unknown", label: "Muutoksenhaku", why: "Muutoksenhakuohje puuttuu lähteestä." },
                { kind: "known", label: "Tehtäväluokka", value: <a href="#">02 05 02 Hankerahoitus</a> },
              ]}
            />
            <MoneyTable
              lang={lang}
              id="raha"
              caption="Mitä se maksaa"
              rowHead="Osa"
              columns={["EU ja valtio", "Kunnat", "Yhteensä"]}
              rows={[
                { label: "Helsinki", cents: [90450200, 44550200, 135000400] },
                { label: "Muut osapuolet", cents: [511329700, 251849000, 763178700], isComputed: true },
              ]}
              total={{ label: "Koko hanke", cents: [601779900, 296399200, 898179100] }}
            />
            <p class="small dim">Muiden osuus on koko hanke ilman Helsinkiä; se ei ole lähteessä.</p>
          </Glance>
          <OnlyInNotice lang={lang} original="fi" />
          <ReadingText lang={lang} textLang="fi" sections={SECTIONS} />
          <p class="small dim">Teksti on alkuperäisen mukainen, kirjoitusvirheineen. Kappaleiden numerot on lisätty.</p>
        </div>
        <Side label="Päätöksen tiedot">
          <Toc
            title="Sisällys"
            items={SECTIONS.map((section) => ({ href: `#${section.id}`, label: section.heading }))}
          />
          <SideSection id="alkuperainen" title="Alkuperäinen">
            <SideLinks
              links={[
                { href: "#", label: "Päätös tekstinä", note: "(txt, 5\u00A0kt)" },
                { href: "#", label: "Koneluettava", note: "(JSON)" },
                { label: "Liitteitä ei ole lähteessä." },
              ]}
            />
          </SideSection>
          <SideSection id="liittyy" title="Liittyy tähän">
            <SideLinks
              links={[
                { href: "#", label: "Asia HEL\u00A02015-004216" },
                { href: "#", label: "Muut päätökset: hankerahoitus" },
              ]}
            />
          </SideSection>
          <SideSection id="pysyva" title="Pysyvä osoite">
            <p class="small">
              <code>/id/decision/HEL-2015-004216-29</code>
              <br />
              <span class="dim">Kappaleeseen: lisää loppuun #p4</span>
            </p>
          </SideSection>
        </Side>
      </Columns>
    </article>
  ),
});

const search: Sample = ({ lang }) => ({
  title: "HEL 2015-004216 avoin osallisuus – haku",
  body: (
    <Wrap>
      <h1 class="vh">Haun tulokset</h1>
      <Find lang={lang} action="#" query="HEL 2015-004216 avoin osallisuus" />
      <div class="sec">
        <Columns layout="side-main">
          <Facets
            lang={lang}
            action="#"
            groups={[
              {
                name: "kaupunki",
                legend: "Kaupunki",
                options: CITY_CODES.map((code, n) => ({
                  value: code,
                  label: CITIES[code].names[lang].name,
                  count: { value: 17 - 3 * n, isExact: true },
                  isChecked: n < 2,
                })),
              },
              {
                name: "vuosi",
                legend: "Vuosi",
                options: [
                  { value: "2026", label: "2026", count: { value: 6, isExact: true }, isChecked: false },
                  { value: "2025", label: "2025", count: { value: 1400, isExact: false }, isChecked: false },
                ],
              },
            ]}
          />
          <section aria-labelledby="osumat">
            <BestHit
              why="Diaarinumero täsmää · Asia · Helsinki"
              href="#"
              title={[
                { text: "HEL\u00A02015-004216", isMarked: true },
                { text: " 6Aika-strategian Avoin osallisuus \u2011kärki\u00ADhankkeen hakemus", isMarked: false },
              ]}
              text="Yksi päätös, 29 §: apulaiskaupunginjohtaja päätti, että Helsinki osallistuu hankkeeseen."
              meta="Tehtäväluokka 02 05 02"
            />
            <ResultsHead lang={lang} id="osumat" count={{ value: 29, isExact: true }}>
              <Sort
                lang={lang}
                options={[
                  { href: "#", label: "Osuvin ensin", current: "section" },
                  { href: "#", label: "Uusin ensin" },
                ]}
              />
            </ResultsHead>
            <Chips
              lang={lang}
              clearHref="#"
              chips={[
                { label: "Helsinki", removeHref: "#" },
                { label: "Espoo", removeHref: "#" },
              ]}
            />
            <Hits lang={lang} hits={HITS} />
            <Pagination lang={lang} current={1} last={3} hrefOf={(page) => `#${page}`} />
          </section>
        </Columns>
      </div>
    </Wrap>
  ),
});

const zero: Sample = ({ lang }) => ({
  title: "xyzzy – haku",
  body: (
    <Wrap>
      <h1 class="vh">Haun tulokset</h1>
      <Find lang={lang} action="#" query="xyzzy" />
      <div class="sec">
        <ZeroHits lang={lang} query="xyzzy" />
      </div>
    </Wrap>
  ),
});

const question: Sample = ({ lang }) => ({
  title: "Missä vika on?",
  body: (
    <Wrap>
      <Question
        lang={lang}
        action="#"
        back="#"
        topic="Palaute Helsingille"
        step={{ n: 2, of: 3 }}
        mistakes={[{ field: "osoite", message: "Kirjoita osoite tai paikan nimi" }]}
        other={<a href="#">Asia ei liity paikkaan</a>}
      >
        <TextInput
          lang={lang}
          name="osoite"
          label="Missä vika on?"
          isHeading
          hint="Osoite riittää."
          error="Kirjoita osoite tai paikan nimi, esimerkiksi Sturenkatu 21"
          width="m"
        />
      </Question>
    </Wrap>
  ),
});

const failure =
  (status: ErrorStatus): Sample =>
  ({ lang }) => ({
    title: errorTitle(lang, status),
    body: <ErrorPage lang={lang} status={status} reference="req-7f3k2m" home="#" search="#" retryAfterSeconds={30} />,
  });

const samples: Record<string, Sample> = {
  gallery: ({ lang }) => ({ title: "Gallery", body: <Gallery lang={lang} /> }),
  front,
  city,
  decision,
  search,
  zero,
  question,
  403: failure(403),
  404: failure(404),
  422: failure(422),
  429: failure(429),
  500: failure(500),
  503: failure(503),
};

export const SAMPLE_NAMES = Object.keys(samples);

/** A whole sample page, or null when there is none of that name. */
export function samplePage(lang: Language, code: CityCode | null, name: string) {
  const sample = samples[name];
  if (!sample) return null;
  const { title, body } = sample({ lang, city: code });
  return (
    <Page
      frame={frameOf(lang, code, name)}
      origin={ORIGIN}
      title={title}
      description="Sample page"
      crumbs={
        name === "decision"
          ? [
              { href: "#", label: "Helsinki" },
              { href: "#", label: "Päätökset" },
            ]
          : []
      }
      jsonLd={{ "@context": "https://schema.org", "@type": "WebPage", name: title }}
      isPrivate
    >
      {body}
    </Page>
  );
}
