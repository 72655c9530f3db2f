/** Who has looked at somebody's data or changed it, in words. */
import { Temporal } from "temporal-polyfill";
import { STAFF_ROLES } from "#core/actor.ts";
import { CITIES, type Language, type Tenant } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Moment } from "#ui/inline.tsx";
import { Opening } from "#ui/layout.tsx";
import { Walk } from "#ui/pagination.tsx";
import { StackTable } from "#ui/tables.tsx";
import { ME } from "../paths.ts";
import { t as accountTexts } from "../texts.ts";
import { actWords, subjectWords } from "./act-words.ts";
import { SEEN } from "./paths.ts";
import type { SeenRow } from "./queries.ts";
import { t, type TextKey } from "./texts.ts";

export interface SeenPage {
  rows: readonly SeenRow[];
  hasMore: boolean;
  /** Not the newest. */
  isFurtherOn: boolean;
}

export function seenPage(data: SeenPage, { language: lang }: PrivateRequest): PageContent {
  const { rows, hasMore, isFurtherOn } = data;
  const column = (key: TextKey) => ({ head: t(lang, key), short: t(lang, key) });
  const last = rows.at(-1);
  const older = hasMore && last ? SEEN.href(lang, {}, { after: last.id }) : undefined;
  return {
    title: t(lang, "seen"),
    description: t(lang, "seenLead"),
    crumbs: [{ label: t(lang, "me"), href: ME.href(lang) }],
    body: (
      <div class="wrap">
        <Opening title={t(lang, "seen")} lead={t(lang, rows.length === 0 ? "seenNone" : "seenLead")} />
        {rows.length > 0 && (
          <StackTable
            id="seen"
            caption={t(lang, "seen")}
            isCaptionHidden
            rowHead={t(lang, "seenWhen")}
            columns={[column("seenWho"), column("seenWhat"), column("seenWhy")]}
            rows={rows.map((row) => ({
              head: <Moment lang={lang} moment={Temporal.Instant.from(row.at.toISOString())} />,
              cells: [whoIn(lang, row), whatIn(lang, row), row.reason],
            }))}
          />
        )}
        <Walk
          lang={lang}
          start={isFurtherOn ? { href: SEEN.href(lang), label: t(lang, "toNewest") } : undefined}
          next={older === undefined ? undefined : { href: older, label: t(lang, "toOlder") }}
        />
      </div>
    ),
  };
}

/** "Sinä", "palveluneuvoja, Helsinki", "Maija Virtanen, antamallasi valtuutuksella" */
export function whoIn(lang: Language, row: SeenRow): string {
  const { actor, isOwn, organisation, taker, unit, city } = row;
  if (actor === "staff") return staffIn(lang, unit, city, isOwn);
  if (actor === "system:gdpr-api") return t(lang, "whoProfileService");
  if (actor === "system:directory") return t(lang, "whoDirectory");
  if (actor.startsWith("system")) return t(lang, "whoSystem");
  if (actor === "key") return t(lang, isOwn ? "whoOwnKey" : "whoKey");
  if (isOwn) return organisation === null ? t(lang, "whoYou") : t(lang, "whoYouFor", { organisation });
  if (taker !== null) return t(lang, "whoTaker", { name: taker });
  return organisation === null ? t(lang, "whoOther") : t(lang, "whoOrganisation", { organisation });
}

function staffIn(lang: Language, unit: string | null, city: Tenant, isOwn: boolean): string {
  const place = city === "joint" ? t(lang, "whoStaffOfACity") : CITIES[city].names[lang].name;
  const held = (unit ?? "").split(", ").filter((role) => role !== "");
  const roles = held.length === 0 ? [t(lang, "whoStaff")] : held.map((role) => roleIn(lang, role));
  const who = [...roles, place].join(", ");
  return isOwn ? t(lang, "whoYouAs", { who }) : who;
}

/** "registrar/west" -> "kirjaaja (west)"; the scope is in the city's own words. */
function roleIn(lang: Language, held: string): string {
  const [name = "", ...scope] = held.split("/");
  const role = STAFF_ROLES.find((one) => one === name);
  if (!role) return held;
  const words = accountTexts(lang, `role_${role}`);
  return scope.length === 0 ? words : `${words} (${scope.join("/")})`;
}

/** "Valtuutus: peruminen". What only an older version knew is told in general words, never as a code. */
export const whatIn = (lang: Language, { action, subjectKind }: Pick<SeenRow, "action" | "subjectKind">): string =>
  t(lang, "seenAct", {
    subject: subjectWords(subjectKind)?.[lang] ?? t(lang, "subjectOther"),
    act: actWords(action)?.[lang] ?? t(lang, "actOther"),
  });
