/** Pages of the demo's identity provider: whom to be, signing out of it, and what went wrong. */
import { CITIES, type Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import type { Children } from "#ui/shown.ts";
import { SIGN_IN } from "../paths.ts";
import { ACTS, type DemoPerson } from "./people.ts";
import { type TextKey, t } from "./texts.ts";

/** Renders a page of the provider's; the caller puts the frame around it. `url`: path of the page. */
export type RenderPage = (content: PageContent, language: Language, url: string) => string;

/** A group of people who come for the same kind of thing. */
interface Group {
  id: string;
  title: string;
  people: readonly DemoPerson[];
}

/** `action`: where the form goes with `person`, the id of the chosen one, or with `cancel`. */
export function choosePage(people: readonly DemoPerson[], lang: Language, action: string): PageContent {
  return page(
    lang,
    "title",
    t(lang, "lead"),
    <form action={action} method="post">
      <p>{t(lang, "invented")}</p>
      {groupsOf(people, lang).map((group, n) => (
        <Section id={group.id} title={group.title} isFirst={n === 0} isBare>
          <ul class="rows rows--top">
            {group.people.map((person) => (
              <Choice person={person} lang={lang} />
            ))}
          </ul>
        </Section>
      ))}
      <div class="acts">
        <button class="hds-button hds-button--secondary" type="submit" name="cancel" value="1">
          {t(lang, "cancel")}
        </button>
      </div>
    </form>,
  );
}

function Choice({ person: { id, given, family, about }, lang }: { person: DemoPerson; lang: Language }) {
  return (
    <li>
      <button class="t plain-button" type="submit" name="person" value={id} aria-describedby={`about-${id}`}>
        {given} {family}
      </button>
      <p class="d" id={`about-${id}`}>
        {about[lang]}
      </p>
    </li>
  );
}

/** Residents by whose matters they come with, staff by their city. */
function groupsOf(people: readonly DemoPerson[], lang: Language): Group[] {
  const staff = people.filter(({ kind }) => kind === "staff");
  const [first] = staff;
  const groups = ACTS.map((acts): Group => ({
    id: acts,
    title: t(lang, `acts_${acts}` satisfies TextKey),
    people: people.filter((person) => person.acts === acts),
  }));
  const city = first?.city === undefined ? "" : CITIES[first.city].names[lang].genitive;
  groups.push({ id: "staff", title: t(lang, "staffOf", { city }), people: staff });
  return groups.filter((group) => group.people.length > 0);
}

/** `form`: the provider's own form, which the button sends. */
export function endPage(lang: Language, form: string): PageContent {
  return page(lang, "endTitle", t(lang, "endLead"), [
    <div dangerouslySetInnerHTML={{ __html: form }} />,
    <button class="hds-button hds-button--primary" type="submit" form="op.logoutForm" name="logout" value="yes">
      {t(lang, "end")}
    </button>,
  ]);
}

/** Too late, or in another browser than the one that began. */
export const expiredPage = (lang: Language): PageContent =>
  page(lang, "wrongTitle", t(lang, "wrongExpired"), <Again lang={lang} />);

/** `code`: the provider's own, for whoever builds on it: "invalid_client". */
export function wrongPage(lang: Language, code: string): PageContent {
  return page(lang, "wrongTitle", t(lang, "wrongRequest"), [
    <Again lang={lang} />,
    <p class="error-page__ref">
      {t(lang, "wrongCode")}: <code>{code}</code>
    </p>,
  ]);
}

const Again = ({ lang }: { lang: Language }) => (
  <p>
    <a href={SIGN_IN.href(lang)}>{t(lang, "again")}</a>
  </p>
);

function page(lang: Language, title: TextKey, lead: string, children: Children): PageContent {
  return {
    title: t(lang, title),
    description: lead,
    isPrivate: true,
    body: (
      <Narrow>
        <Opening title={t(lang, title)} lead={lead} />
        {children}
      </Narrow>
    ),
  };
}
