/** The first of one's own pages: who one is here, and the ways on. */
import { CITIES, type Language } from "#core/cities.ts";
import type { Actor, HeldRole } from "#core/actor.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { type Fact, Facts } from "#ui/facts.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { Rows } from "#ui/rows.tsx";
import { SESSIONS } from "../paths.ts";
import type { PersonRow } from "../people/queries.ts";
import { t, type TextKey } from "../texts.ts";

export function mePage({ person }: { person: PersonRow }, { language: lang, actor }: PrivateRequest): PageContent {
  return {
    title: t(lang, "me"),
    description: t(lang, "meLead"),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "me")} lead={t(lang, "meLead")} />
        <Section id="who" title={t(lang, "youAre")} isFirst>
          <Facts lang={lang} facts={factsOf(lang, person, actor)} />
        </Section>
        <Rows
          lang={lang}
          rows={[{ href: SESSIONS.href(lang), title: t(lang, "sessions"), note: t(lang, "sessionsLead") }]}
          isRuled
        />
      </div>
    ),
  };
}

function factsOf(lang: Language, { given, family, mail }: PersonRow, actor: Actor): Fact[] {
  const name = `${given} ${family}`.trim();
  const facts: Fact[] = [
    name === ""
      ? { kind: "unknown", label: t(lang, "yourName"), why: t(lang, "yourNameUnknown") }
      : { kind: "known", label: t(lang, "yourName"), value: name },
    mail === null
      ? { kind: "unknown", label: t(lang, "yourMail"), why: t(lang, "yourMailUnknown") }
      : { kind: "known", label: t(lang, "yourMail"), value: mail },
    { kind: "known", label: t(lang, "yourSignIn"), value: t(lang, howKnown(actor)) },
  ];
  return actor.kind === "staff" ? [...facts, rolesFact(lang, actor.roles)] : facts;
}

function howKnown(actor: Actor): TextKey {
  if (actor.kind === "staff") return "kind_staff";
  return "assurance" in actor && actor.assurance === "strong" ? "kind_strong" : "kind_mail";
}

function rolesFact(lang: Language, roles: readonly HeldRole[]): Fact {
  const label = t(lang, "yourRoles");
  if (roles.length === 0) return { kind: "unknown", label, why: t(lang, "yourRolesUnknown") };
  return { kind: "known", label, value: roles.map((held) => roleName(lang, held)).join("; ") };
}

/** "kirjaaja, Helsinki", "palveluneuvoja, Oulu: kirjastot" */
export function roleName(lang: Language, { city, role, scope }: HeldRole): string {
  const values = { role: t(lang, `role_${role}` satisfies TextKey), city: CITIES[city].names[lang].name };
  return scope === null ? t(lang, "roleIn", values) : t(lang, "roleInScope", { ...values, scope });
}
