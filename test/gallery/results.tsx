/** Components of searching and listing in every state. */
import { Chips, Facets } from "#ui/facets.tsx";
import { Find } from "#ui/find.tsx";
import { Dotted } from "#ui/inline.tsx";
import { Columns, Section } from "#ui/layout.tsx";
import { Pagination, Walk } from "#ui/pagination.tsx";
import { BestHit, DidYouMean, Hits, ResultsHead, Sort, ZeroHits } from "#ui/results.tsx";
import type { Part } from "./part.ts";

export const ResultParts: Part = ({ lang }) => (
  <Section id="g-results" title="Find, Facets, Chips, Hits, Pagination" isWrapped>
    <Columns layout="side-main">
      <Facets
        lang={lang}
        action="#"
        hidden={[["q", "avoin"]]}
        groups={[
          {
            name: "kaupunki",
            legend: "Kaupunki",
            options: [
              { value: "helsinki", label: "Helsinki", count: { value: 1200, isExact: false }, isChecked: true },
              { value: "turku", label: "Turku", count: { value: 12, isExact: true }, isChecked: true },
            ],
          },
          {
            name: "paattaja",
            legend: "Päättäjä",
            options: Array.from({ length: 14 }, (_, n) => ({
              value: String(n),
              label: n === 12 ? "Rakennus- ja ympäristötointa johtava apulaiskaupunginjohtaja" : `Lautakunta ${n + 1}`,
              labelLang: lang === "fi" ? undefined : "fi",
              count: { value: 40 - n, isExact: true },
              isChecked: n === 12,
            })),
          },
        ]}
      />
      <div>
        <BestHit
          why="Diaarinumero täsmää · Asia · Helsinki"
          href="#"
          title={[
            { text: "HEL 2015-004216", isMarked: true },
            { text: " Avoin osallisuus -kärkihankkeen hakemus", isMarked: false },
          ]}
          text="Yksi päätös, 29 §."
          meta="Tehtäväluokka 02 05 02"
        />
        <DidYouMean lang={lang} href="#" query="avoin osallisuus" />
        <ResultsHead lang={lang} id="g-hits" count={{ value: 1200, isExact: false }}>
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
            { label: "Kaupunginhallitus", labelLang: lang === "fi" ? undefined : "fi", removeHref: "#" },
          ]}
        />
        <Hits
          lang={lang}
          hits={[
            {
              href: "#",
              kind: "Päätös",
              city: "turku",
              textLang: "fi",
              title: [
                { text: "6Aika: ", isMarked: false },
                { text: "Avoin osallisuus", isMarked: true },
              ],
              snippet: [
                { text: "Turun kaupunki toimii ", isMarked: false },
                { text: "avoimen", isMarked: true },
                { text: " hankkeen koordinaattorina.", isMarked: false },
              ],
              meta: <Dotted parts={["Kaupunginhallitus", "ti 10.11.2015"]} />,
            },
          ]}
        />
        <Walk
          lang={lang}
          label="Päätökset"
          start={{ href: "#", label: "Uusimmat" }}
          next={{ href: "#", label: "Vanhemmat päätökset" }}
        />
        <Pagination lang={lang} current={6} last={20} hrefOf={(page) => `#${page}`} />
        <ZeroHits lang={lang} query="xyzzy" clearHref="#" />
      </div>
    </Columns>
    <Find
      lang={lang}
      action="#"
      query="avoin"
      examples={[{ href: "#", label: "katuvalot", labelLang: lang === "fi" ? undefined : "fi" }]}
    />
  </Section>
);
