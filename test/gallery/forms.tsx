/** Components of doing things in every state: fields, answers, steps, messages, notices. */
import { Temporal } from "temporal-polyfill";
import { Now, Path, Thread } from "#ui/case.tsx";
import { Checkbox, CheckboxGroup, RadioGroup, Select, TextArea, TextInput } from "#ui/fields.tsx";
import { Day, Moment, RecordNumber } from "#ui/inline.tsx";
import { Columns, Section } from "#ui/layout.tsx";
import { Crest } from "#ui/mark.tsx";
import { Notification, OnlyIn, Translated } from "#ui/notices.tsx";
import { Answers } from "#ui/question.tsx";
import { StackTable } from "#ui/tables.tsx";
import type { Part } from "./part.ts";

export const FormParts: Part = ({ lang }) => {
  const choices = [
    { value: "a", label: "Sähköpostilla" },
    { value: "b", label: "Tekstiviestillä" },
  ];
  return (
    <Section id="g-forms" title="TextInput, TextArea, Select, Checkbox, RadioGroup, Answers" isWrapped>
      <Columns layout="two">
        <div class="q">
          <TextInput lang={lang} name="f1" label="Osoite" hint="Esimerkiksi Sturenkatu 21" width="m" />
          <TextInput
            lang={lang}
            name="f2"
            label="Osoite"
            value="Stu"
            error="Kirjoita osoite, esimerkiksi Sturenkatu 21"
          />
          <TextInput lang={lang} name="f3" label="Postinumero" width="s" inputMode="numeric" isOptional />
          <TextArea
            lang={lang}
            name="f4"
            label="Mitä on tapahtunut?"
            hint="Kerro omin sanoin."
            value="Valo ei pala."
            rows={4}
          />
          <Select
            lang={lang}
            name="f5"
            label="Kieli"
            options={[
              { value: "fi", label: "suomi" },
              { value: "sv", label: "ruotsi" },
            ]}
            value="sv"
            width="m"
          />
        </div>
        <div class="q">
          <RadioGroup lang={lang} name="f6" label="Miten haluat vastauksen?" options={choices} value="a" />
          <RadioGroup
            lang={lang}
            name="f7"
            label="Miten haluat vastauksen?"
            options={choices}
            error="Valitse vastaustapa"
          />
          <CheckboxGroup lang={lang} name="f8" label="Mistä kerromme?" options={choices} values={["b"]} isOptional />
          <Checkbox
            lang={lang}
            name="f9"
            label="Palautteen saa julkaista ilman nimeäni"
            isChecked
            hint="Voit perua julkaisun."
          />
          <div class="acts">
            <button class="hds-button hds-button--primary" type="submit">
              Jatka
            </button>
            <button class="hds-button hds-button--secondary" type="submit">
              Tallenna
            </button>
            <button class="hds-button hds-button--secondary hds-button--small" type="submit">
              Rajaa
            </button>
          </div>
        </div>
      </Columns>
      <Answers
        lang={lang}
        answers={[
          { question: "Missä", answer: "Sturenkatu 21", href: "#" },
          { question: "Kuva", answer: null, href: "#" },
        ]}
      />
    </Section>
  );
};

export const CaseParts: Part = ({ lang }) => (
  <Section id="g-case" title="Now, Path, Thread, StackTable" isWrapped>
    <Now headline="Kaupunki on vastannut ja vaihtanut lampun">
      <p>
        Jos valo palaa, sinun ei tarvitse tehdä mitään. Suljemme asian{" "}
        <b>
          <Day lang={lang} day={Temporal.PlainDate.from("2026-12-04")} />
        </b>
        .
      </p>
    </Now>
    <Path
      label="Asian vaiheet"
      steps={[
        { name: "Saapui", note: "pe 13.11.", place: "done" },
        { name: "Vastattu", note: "pe 20.11. Määräaika oli 20.11.", place: "current" },
        { name: "Suljetaan", note: "pe 4.12., ellet kerro toisin", place: "coming" },
      ]}
    />
    <Thread
      lang={lang}
      entries={[
        {
          kind: "own",
          who: "Sinä",
          when: <Moment lang={lang} moment={Temporal.Instant.from("2026-11-13T06:12:00Z")} />,
          text: "Katuvalo on pimeänä.",
        },
        { kind: "event", when: "ma 16.11.", text: "Asia siirrettiin kaupunkiympäristön toimialalle." },
        { kind: "city", who: "Maija, Helsinki-info", when: "ma 16.11.2026 klo 10.40", text: "Kiitos ilmoituksesta." },
        { kind: "note", who: "Maija", when: "ma 16.11.2026", text: "Urakoitsijalle soitettu." },
      ]}
    />
    <StackTable
      id="g-cmp"
      caption="Vertaa tuottajia"
      rowHead="Kysymys"
      columns={[
        { head: "Helsingin kotihoito", short: "Kaupunki", isFigure: true },
        { head: "Naapurit ry", short: "Yhdistys", isFigure: true },
      ]}
      rows={[
        { head: "Tunnin hinta", cells: ["38,00 €", "36,00 €"] },
        { head: "Omavastuu", cells: ["9,50 €", null], isStrong: true },
      ]}
    />
  </Section>
);

export const NoticeParts: Part = ({ lang }) => (
  <Section id="g-notices" title="Notification, OnlyIn, Crest, RecordNumber" isWrapped>
    <Notification id="g-n1" title="Huoltokatko su 29.11. klo 6–8">
      <p>Palvelu on silloin poissa käytöstä.</p>
    </Notification>
    <Notification id="g-n2" kind="success" title="Palaute lähetettiin" />
    <Notification id="g-n3" kind="alert" title="Tämä on vanha versio">
      <p>
        <a href="#">Lue voimassa oleva päätös</a>
      </p>
    </Notification>
    <Notification id="g-n4" kind="error" title="Liitettä ei voitu lukea" />
    <p>
      <Crest city="turku" lang={lang} /> <RecordNumber written="HEL 2015-004216" href="#" />{" "}
      <OnlyIn lang={lang} original="fi" />{" "}
      <Translated lang={lang} text={{ original: "sv", texts: { sv: "Anvisningar för ändringssökande" } }} />
    </p>
  </Section>
);
