/** The kinds of notification that this module sends. All are on one's own pages; of those that need not be sent, mail can be refused. */
import { type MailKind, wordsOf } from "#core/retention.ts";
import { t } from "./texts.ts";

export const SAFETY: MailKind = { id: "accounts.safety", title: wordsOf(t, "kind_safety"), isMust: true };
export const OF_MANDATES: MailKind = { id: "accounts.mandates", title: wordsOf(t, "kind_mandates"), isMust: true };
export const OF_ORGANISATIONS: MailKind = {
  id: "accounts.organisations",
  title: wordsOf(t, "kind_organisations"),
  isMust: true,
};
export const OF_MEMBERS: MailKind = { id: "accounts.members", title: wordsOf(t, "kind_members"), isMust: false };
export const OF_ROLES: MailKind = { id: "accounts.roles", title: wordsOf(t, "kind_roles"), isMust: true };

export const ACCOUNT_MAIL: readonly MailKind[] = [SAFETY, OF_MANDATES, OF_ORGANISATIONS, OF_MEMBERS, OF_ROLES];
