/** What people are told of their roles: what changed, by whom, and where to ask; and the mail of an invitation. */
import type { Temporal } from "temporal-polyfill";
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { postMail } from "#core/mail.ts";
import { OF_ROLES } from "../notifications/kinds.ts";
import { notify } from "../notifications/notify.ts";
import { SIGN_IN } from "../paths.ts";
import { DESK } from "./paths.ts";
import { INVITATION_DAYS, memberName, type Role, type StaffMember } from "./staff.ts";
import { t } from "./texts.ts";
import { roleText, rolesText } from "./words.ts";

/** What happened to somebody's roles. */
export type RoleNews =
  | { kind: "given"; roles: readonly Role[] }
  | { kind: "changed"; before: Role; roles: readonly Role[] }
  | { kind: "ended"; roles: readonly Role[] };

/** Who changed somebody's roles: an administrator, undefined when they do not work here any more; or the city's directory. */
export type Changer = StaffMember | "directory" | undefined;

/** Tells the person. */
export async function tellMember(
  tx: Tx,
  city: CityCode,
  person: string,
  news: RoleNews,
  by: Changer,
  now: Temporal.Instant,
): Promise<void> {
  const textIn = (lang: Language): string =>
    t(lang, "newsText", { what: whatHappened(lang, city, news), who: nameOf(lang, by), ask: whereToAsk(lang, by) });
  const title = inEachLanguage((lang) => t(lang, "newsTitle"));
  const names = by && by !== "directory" && by.person !== person ? [by.person] : [];
  await notify(tx, [{ person, kind: OF_ROLES, title, text: inEachLanguage(textIn), path: null, names }], now);
}

function whatHappened(lang: Language, city: CityCode, news: RoleNews): string {
  const { inside } = CITIES[city].names[lang];
  const values = { inside, roles: rolesText(lang, news.roles), count: news.roles.length };
  if (news.kind === "given") return t(lang, "newsGiven", values);
  if (news.kind === "ended") return t(lang, "newsEnded", values);
  return t(lang, "newsChanged", { ...values, before: roleText(lang, news.before) });
}

function nameOf(lang: Language, by: Changer): string {
  if (by === "directory") return t(lang, "theDirectory");
  return (by && memberName(by)) || t(lang, "anAdministrator");
}

const whereToAsk = (lang: Language, by: Changer): string =>
  by && by !== "directory" && by.mail !== null ? t(lang, "askAt", { mail: by.mail }) : t(lang, "askAdministrator");

/** An invitation that was made (`origin`: ours, for the way to sign in), or was withdrawn. */
export type InvitationNews = { kind: "invited"; origin: string } | { kind: "withdrawn" };

export async function tellInvited(
  tx: Tx,
  city: CityCode,
  news: InvitationNews,
  invited: Role & { address: string; language: Language },
  by: StaffMember | undefined,
  now: Temporal.Instant,
): Promise<void> {
  const { address: recipient, language } = invited;
  const { inside } = CITIES[city].names[language];
  const role = roleText(language, invited);
  const values = { inside, role, who: nameOf(language, by), ask: whereToAsk(language, by) };
  const usefulUntil = now.add({ hours: 24 * INVITATION_DAYS });
  const mail = { city, recipient, language, usefulUntil };
  if (news.kind === "withdrawn") {
    const [subject, body] = [t(language, "withdrawnSubject"), t(language, "withdrawnBody", values)];
    return postMail(tx, { ...mail, subject, body }, now);
  }
  const link = news.origin + SIGN_IN.href(language, {}, { return: DESK.href(language, { city }) });
  const body = t(language, "invitedBody", { ...values, days: INVITATION_DAYS, link });
  return postMail(tx, { ...mail, subject: t(language, "invitedSubject", { inside }), body }, now);
}
