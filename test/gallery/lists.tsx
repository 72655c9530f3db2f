/** Components of reading pages in every state. */
import { Facts, Glance, State } from "#ui/facts.tsx";
import { Columns, More, Section } from "#ui/layout.tsx";
import { Empty, OnlyInNotice } from "#ui/notices.tsx";
import { ReadingText } from "#ui/reading.tsx";
import { Rows, Six } from "#ui/rows.tsx";
import { Side, SideLinks, SideSection, Toc } from "#ui/side.tsx";
import { Amounts, MoneyTable, Sum } from "#ui/tables.tsx";
import type { Part } from "./part.ts";
import { SIX } from "./seed.ts";

export const Lists: Part = ({ lang }) => (
  <Section id="g-lists" title="Rows, Six, Empty, State" isWrapped>
    <Columns layout="two">
      <Rows
        lang={lang}
        rows={[
          { city: "espoo", href: "#", title: "Koulu\u00ADkuljetusten reitit", note: "Kasvun ja oppimisen lautakunta" },
          { city: "turku", href: "#", title: "Förteckning över bidrag", titleLang: "sv", note: "Stadsstyrelsen" },
        ]}
      />
      <Rows
        lang={lang}
        isRuled
        rows={[
          { href: "#", title: "Lue päätöksiä", note: "Hae diaarinumerolla tai aiheella.", aside: "ti 10.11.2026" },
          { href: "#", title: "Vain otsikko", aside: <State lang={lang} kind="open" /> },
        ]}
      />
    </Columns>
    <More href="#" label="Kaikki päätökset" />
    <Empty text="Täällä ei ole vielä päätöksiä." link={{ href: "#", label: "Katso kaikkien kaupunkien päätökset" }} />
    <p>
      <State lang={lang} kind="open" /> <State lang={lang} kind="wait" /> <State lang={lang} kind="late" />{" "}
      <State lang={lang} kind="done" /> <State lang={lang} kind="open" text="Auki to 10.12. asti" />
    </p>
    <Six lang={lang} cities={SIX} />
  </Section>
);

export const FactParts: Part = ({ lang }) => (
  <Section id="g-facts" title="Glance, Facts, MoneyTable, Amounts, Sum" isWrapped>
    <Columns layout="article">
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
            {
              kind: "computed",
              label: "Muiden osuus",
              value: "7 631 787 €",
              how: "Koko hanke ilman Helsinkiä. Luku ei ole lähteessä.",
            },
          ]}
        />
        <MoneyTable
          lang={lang}
          id="g-money"
          caption="Mitä se maksaa"
          rowHead="Osa"
          columns={["EU ja valtio", "Kunnat", "Yhteensä"]}
          rows={[
            { label: "Helsinki", cents: [90450200, 44550200, 135000400] },
            { label: "Muut osapuolet", cents: [511329700, 251849000, 763178700], isComputed: true },
          ]}
          total={{ label: "Koko hanke", cents: [601779900, 296399200, 898179100] }}
        />
      </Glance>
      <div>
        <Amounts
          lang={lang}
          rows={[
            {
              cents: 135000400,
              sentence: "Helsingin osahankkeen kustannukset ovat 1 350 004 euroa.",
              paragraph: { n: 9, href: "#p2" },
            },
            { cents: 2850, sentence: "Maksu on 28,50 euroa tunnilta." },
          ]}
        />
        <p>
          <Sum lang={lang} parts={[601779900, 296399200]} total={898179100} />
        </p>
      </div>
    </Columns>
  </Section>
);

export const ReadingParts: Part = ({ lang }) => (
  <Section id="g-reading" title="ReadingText, Side, OnlyIn" isWrapped>
    <Columns layout="article">
      <div>
        <OnlyInNotice lang={lang} original="fi" />
        <ReadingText
          lang={lang}
          textLang="fi"
          sections={[
            {
              id: "paatos",
              heading: "Päätös",
              blocks: [
                { kind: "paragraph", text: "Lautakunta päätti hyväksyä esityksen." },
                { kind: "subheading", text: "Perustelut" },
                {
                  kind: "paragraph",
                  text: "Työ tehdään kahdessa paketissa, jotka ovat:",
                  list: { ordered: true, items: ["suunnittelu", "toteutus"] },
                },
                { kind: "paragraph", text: "Lisäksi:", list: { ordered: false, items: ["raportti", "arviointi"] } },
                {
                  kind: "table",
                  head: true,
                  rows: [
                    ["Vuosi", "Euroa"],
                    ["2026", "1 350 004"],
                    ["2027", "445 502"],
                  ],
                },
              ],
            },
          ]}
        />
      </div>
      <Side label="Päätöksen tiedot">
        <Toc
          title="Sisällys"
          items={[{ href: "#paatos", label: "Päätös" }]}
          textLang={lang === "fi" ? undefined : "fi"}
        />
        <SideSection id="alkuperainen" title="Alkuperäinen">
          <SideLinks
            links={[
              { href: "#", label: "Päätös tekstinä", note: "(txt, 5 kt)" },
              { label: "Liite 2", note: "Salassa pidettävä, JulkL 24 §" },
            ]}
          />
        </SideSection>
        <SideSection id="tiedot" title="Asian tiedot">
          <Facts lang={lang} isNarrow facts={[{ kind: "known", label: "Paikka", value: "Sturenkatu 21" }]} />
        </SideSection>
      </Side>
    </Columns>
  </Section>
);
