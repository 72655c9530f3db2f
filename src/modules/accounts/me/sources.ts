/** What this module keeps about people, why, how long, and how it is erased. */
import { Temporal } from "temporal-polyfill";
import { dayInFinland } from "#core/clock.ts";
import { inEachLanguage } from "#core/i18n.ts";
import type { PersonalData, PersonalDataSource } from "#core/retention.ts";
import { MANDATES } from "../mandates/paths.ts";
import { ACCOUNT_MAIL, OF_MANDATES } from "../notifications/kinds.ts";
import { type Notification, notify } from "../notifications/notify.ts";
import { eraseNotifications, selectNotificationRows } from "../notifications/queries.ts";
import { ACT_WORDS, SUBJECT_WORDS } from "./act-words.ts";
import {
  CITY_WORDS,
  codesOf,
  fieldsOf,
  kept,
  KIND_WORDS,
  LANGUAGE_WORDS,
  MATTER_WORDS,
  ROLE_WORDS,
  say,
  SCOPE_WORDS,
} from "./source-words.ts";
import * as queries from "./sources.queries.ts";
import { t } from "./texts.ts";

const person: PersonalDataSource = {
  id: "accounts.person",
  title: say("source_person"),
  purpose: say("purpose_person"),
  ground: "publicTask",
  keptFor: say("keptFor_person"),
  fields: fieldsOf("given_name", "family_name", "mail", "phone", "language", "unwanted_mail", "created_at"),
  codes: { language: LANGUAGE_WORDS },
  isDoor: true,
  select: queries.selectPersonRows,
  erase: async (tx, id, now) => ({ erased: await queries.erasePersonRow(tx, id, now), kept: [] }),
};

const identities: PersonalDataSource = {
  id: "accounts.identities",
  title: say("source_identities"),
  purpose: say("purpose_identities"),
  ground: "publicTask",
  keptFor: say("keptFor_person"),
  fields: fieldsOf("kind", "kept_as", "added_at"),
  codes: { kind: KIND_WORDS, kept_as: codesOf("sealed", "hash") },
  isDoor: true,
  select: queries.selectIdentityRows,
  erase: async (tx, id) => ({ erased: await queries.deleteIdentities(tx, id), kept: [] }),
};

const sessions: PersonalDataSource = {
  id: "accounts.sessions",
  title: say("source_sessions"),
  purpose: say("purpose_sessions"),
  ground: "publicTask",
  keptFor: say("keptFor_sessions"),
  fields: fieldsOf("kind", "provider", "device", "created_at", "seen_at", "ends_at"),
  codes: { kind: KIND_WORDS, provider: KIND_WORDS },
  isDoor: true,
  select: queries.selectSessionRows,
  erase: async (tx, id) => ({ erased: await queries.deleteSessions(tx, id), kept: [] }),
};

/** More roles than anybody has. */
const ALL = { limit: 1000, offset: 0 };

/** The city decides who works for it: as long as it gives somebody a role, the role is not theirs to erase. */
const roles: PersonalDataSource = {
  id: "accounts.roles",
  title: say("source_roles"),
  purpose: say("purpose_roles"),
  ground: "publicTask",
  keptFor: say("keptFor_roles"),
  fields: fieldsOf("city", "role", "scope", "source", "since"),
  codes: { city: CITY_WORDS, role: ROLE_WORDS, source: codesOf("directory", "grant") },
  select: queries.selectRoleRows,
  async erase(tx, id) {
    const rows = await queries.selectRoleRows(tx, id, ALL);
    return { erased: 0, kept: kept(rows.length, "kept_roles", "why_roles") };
  },
  async hindrances(tx, id) {
    const rows = await queries.selectRoleRows(tx, id, ALL);
    const cities = [...new Set(rows.map(({ city }) => city))];
    return cities.map((city) => ({
      code: "staff-role",
      message: inEachLanguage((language) => t(language, "hinder_role", { city: CITY_WORDS[city]?.[language] ?? city })),
    }));
  },
};

const memberships: PersonalDataSource = {
  id: "accounts.memberships",
  title: say("source_memberships"),
  purpose: say("purpose_memberships"),
  ground: "publicTask",
  keptFor: say("keptFor_memberships"),
  fields: fieldsOf("organisation", "role", "since", "until"),
  codes: { role: ROLE_WORDS },
  select: queries.selectMembershipRows,
  async erase(tx, id, now) {
    const { ended, all } = await queries.endMemberships(tx, id, now);
    return { erased: ended, kept: kept(all, "kept_memberships", "why_memberships") };
  },
  async hindrances(tx, id) {
    const owned = await queries.selectSoleOwnerships(tx, id);
    return owned.map(({ name }) => ({ code: "last-owner", message: say("hinder_owner", { name }) }));
  },
};

/** Without the name of who is being erased. */
const endOfMandate = (other: string): Notification => ({
  person: other,
  kind: OF_MANDATES,
  title: say("notice_mandateEnded_title"),
  text: say("notice_mandateEnded_text"),
  path: inEachLanguage((language) => MANDATES.href(language)),
  names: [],
});

const mandates: PersonalDataSource = {
  id: "accounts.mandates",
  title: say("source_mandates"),
  purpose: say("purpose_mandates"),
  ground: "publicTask",
  keptFor: say("keptFor_mandates"),
  fields: fieldsOf("direction", "other", "matters", "valid_from", "valid_until", "created_at", "taken_at", "ended_at"),
  codes: { direction: codesOf("given", "taken"), matters: MATTER_WORDS },
  select: queries.selectMandateRows,
  async erase(tx, id, now) {
    const { others, ended, all } = await queries.endMandates(tx, id, now);
    await notify(tx, others.map(endOfMandate), now);
    return { erased: ended, kept: kept(all, "kept_mandates", "why_mandates") };
  },
};

const keys: PersonalDataSource = {
  id: "accounts.keys",
  title: say("source_keys"),
  purpose: say("purpose_keys"),
  ground: "publicTask",
  keptFor: say("keptFor_keys"),
  fields: {
    ...fieldsOf("name", "beginning", "organisation", "scopes"),
    ...fieldsOf("created_at", "expires_at", "last_used_at", "ended_at"),
  },
  codes: { scopes: SCOPE_WORDS },
  select: queries.selectKeyRows,
  erase: async (tx, id, now) => ({ erased: await queries.endKeys(tx, id, now), kept: [] }),
};

const invitations: PersonalDataSource = {
  id: "accounts.invitations",
  title: say("source_invitations"),
  purpose: say("purpose_invitations"),
  ground: "publicTask",
  keptFor: say("keptFor_invitations"),
  fields: fieldsOf("kind", "organisation", "city", "address", "role", "created_at", "expires_at"),
  codes: { kind: codesOf("byMe", "toMe"), city: CITY_WORDS, role: ROLE_WORDS },
  select: queries.selectInvitationRows,
  async erase(tx, id) {
    const erased = await queries.eraseInvitations(tx);
    const left = await queries.selectInvitationRows(tx, id, ALL);
    return { erased, kept: kept(left.length, "kept_invitations", "why_invitations") };
  },
};

const claims: PersonalDataSource = {
  id: "accounts.claims",
  title: say("source_claims"),
  purpose: say("purpose_claims"),
  ground: "publicTask",
  keptFor: say("keptFor_claims"),
  fields: fieldsOf("organisation", "city", "grounds", "created_at", "state", "decided_at", "answer"),
  codes: { city: CITY_WORDS, state: codesOf("open", "approved", "refused") },
  select: queries.selectClaimRows,
  async erase(tx, id) {
    const erased = await queries.eraseClaims(tx);
    return { erased, kept: kept(await queries.countClaims(tx, id), "kept_claims", "why_claims") };
  },
};

const notifications: PersonalDataSource = {
  id: "accounts.notifications",
  title: say("source_notifications"),
  purpose: say("purpose_notifications"),
  ground: "publicTask",
  keptFor: say("keptFor_notifications"),
  fields: fieldsOf("sender", "title", "text", "created_at", "read_at"),
  codes: { sender: CITY_WORDS },
  select: selectNotificationRows,
  erase: async (tx, id) => ({ erased: await eraseNotifications(tx, id), kept: [] }),
};

const waiting: PersonalDataSource = {
  id: "accounts.waiting",
  title: say("source_waiting"),
  purpose: say("purpose_waiting"),
  ground: "publicTask",
  keptFor: say("keptFor_waiting"),
  fields: fieldsOf("kind", "address", "expires_at"),
  codes: { kind: codesOf("linkSignIn", "linkConfirm", "visitAuthorizations") },
  select: queries.selectWaitingRows,
  erase: async (tx) => ({ erased: await queries.eraseWaiting(tx), kept: [] }),
};

const mail: PersonalDataSource = {
  id: "accounts.mail",
  title: say("source_mail"),
  purpose: say("purpose_mail"),
  ground: "publicTask",
  keptFor: say("keptFor_mail"),
  fields: fieldsOf("city", "recipient", "subject", "created_at", "useful_until"),
  codes: { city: CITY_WORDS },
  select: queries.selectMailRows,
  erase: async (tx) => ({ erased: await queries.eraseMail(tx), kept: [] }),
};

/** Authorities must log how their systems are used: Act on Information Management in Public Administration (906/2019), section 17. */
const AUDIT_YEARS = 5;

const audit: PersonalDataSource = {
  id: "accounts.audit",
  title: say("source_audit"),
  purpose: say("purpose_audit"),
  ground: "legalObligation",
  keptFor: say("keptFor_audit"),
  fields: fieldsOf("at", "city", "actor", "action", "subject_kind", "unit", "reason"),
  codes: {
    city: CITY_WORDS,
    actor: {
      ...codesOf("anonymous", "resident", "member", "staff", "key"),
      "system:gdpr-api": say("whoProfileService"),
      "system:directory": say("whoDirectory"),
    },
    action: ACT_WORDS,
    unit: ROLE_WORDS,
    subject_kind: SUBJECT_WORDS,
  },
  select: queries.selectAuditRows,
  async erase(tx, id) {
    const { n, newest } = await queries.countAudit(tx, id);
    return { erased: 0, kept: kept(n, "kept_audit", "why_audit", newest && lastDayOf(newest)) };
  },
};

const lastDayOf = (newest: Date): string =>
  dayInFinland(Temporal.Instant.from(newest.toISOString())).add({ years: AUDIT_YEARS, days: 1 }).toString();

/** This module's register. */
export const accountData: PersonalData = {
  sources: [
    ...[person, identities, sessions, roles, memberships, mandates, keys, invitations, claims],
    ...[notifications, waiting, mail, audit],
  ],
  mailKinds: ACCOUNT_MAIL,
};
