/** An advisor acts for a resident at the desk or on the phone: says why, and the resident gets a receipt and sees it later. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, type Helped } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import { type Tx, withPerson } from "#core/db.ts";
import { forbidden, invalid } from "#core/errors.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { formatMoment } from "#ui/format.ts";
import { roleName } from "../me/me-page.tsx";
import { SEEN } from "../me/paths.ts";
import { OF_MANDATES } from "../notifications/kinds.ts";
import { notify } from "../notifications/notify.ts";
import { mailKey } from "../people/mail-address.ts";
import { selectOptionalCustomer, updateHelped } from "./desk.queries.ts";
import type { WantedHelp } from "./help-form.ts";
import { mayHelp } from "./policy.ts";
import { t } from "./texts.ts";
import type { MandateTools } from "./tools.ts";

type Staff = Extract<Actor, { kind: "staff" }>;

/** The advisor's session, and the city whose desk it is. */
export interface Desk {
  city: CityCode;
  session: string;
}

/** Member of staff at work. Errors: Forbidden for programs of the house, which stand at no desk. */
export function requireStaff(actor: Actor): Staff {
  if (actor.kind !== "staff") throw forbidden("only staff helps at a desk");
  return actor;
}

/**
 * Finds the resident and helps them from the next request on. The search is recorded whether somebody is found or not.
 * Errors: Forbidden, Invalid (nobody is known by that).
 */
export async function beginHelping(
  tools: Pick<MandateTools, "db" | "sealer">,
  actor: Actor,
  desk: Desk,
  { by, reason }: WantedHelp,
  language: Language,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayHelp(desk.city));
  const { helps: _before, ...staff } = requireStaff(actor);
  const { db, sealer } = tools;
  const fingerprints = sealer.fingerprints(by.kind === "strong" ? by.code : mailKey(by.address), by.kind);
  const work = async (tx: Tx): Promise<boolean> => {
    const customer = await selectOptionalCustomer(tx, by.kind, fingerprints);
    const act = { city: desk.city, subjectKind: "person", reason } as const;
    if (!customer) {
      await recordAudit(tx, staff, { ...act, action: "search", subjectId: "nobody" }, now);
      return false;
    }
    const [about, helps]: [string, Helped] = [customer, { person: customer, reason }];
    await updateHelped(tx, staff.person, desk.session, helps);
    await recordAudit(tx, { ...staff, helps }, { ...act, action: "help", subjectId: about, about }, now);
    await giveReceipt(tx, desk.city, staff, helps, now);
    return true;
  };
  if (await withPerson(db, staff.person, work, desk.city)) return;
  const field = by.kind === "strong" ? "code" : "mail";
  throw invalid("nobody is known by that", [{ field, message: t(language, "helpNobody") }]);
}

/** Errors: Forbidden. */
export async function stopHelping(
  { db }: Pick<MandateTools, "db">,
  actor: Actor,
  { city, session }: Desk,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayHelp(city));
  const { person, helps } = requireStaff(actor);
  if (!helps) return;
  const about = helps.person;
  const work = async (tx: Tx) => {
    await updateHelped(tx, person, session, null);
    await recordAudit(tx, actor, { city, action: "stopHelping", subjectKind: "person", subjectId: about, about }, now);
  };
  await withPerson(db, person, work, city);
}

/** Who has helped, when and why, and what to do if it was not them who asked. */
async function giveReceipt(
  tx: Tx,
  city: CityCode,
  { roles }: Staff,
  { person, reason }: Helped,
  now: Temporal.Instant,
): Promise<void> {
  const held = roles.filter((role) => role.city === city);
  const whoIn = (lang: Language): string => held.map((role) => roleName(lang, role)).join("; ");
  const receipt = {
    person,
    kind: OF_MANDATES,
    title: inEachLanguage((lang) => t(lang, "title_helped", { city: CITIES[city].names[lang].name })),
    text: inEachLanguage((lang) => t(lang, "receiptText", { who: whoIn(lang), when: formatMoment(lang, now), reason })),
    path: inEachLanguage((lang) => SEEN.href(lang)),
    names: [],
  };
  await notify(tx, [receipt], now);
}
