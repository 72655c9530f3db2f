/** What an organisation is, and the rules that need nothing but what is known of it. */
import type { OrganisationRole } from "#core/actor.ts";
import { type Language, LANGUAGES } from "#core/cities.ts";
import { conflict, missing } from "#core/errors.ts";
import type { LocalText } from "#ui/notices.tsx";
import type { BusinessId } from "./business-id.ts";

export const KINDS = ["company", "association", "school", "research", "publicBody", "group"] as const;
export type OrganisationKind = (typeof KINDS)[number];

/** What it works with. One may follow several. */
export const INTERESTS = [
  "housing",
  "mobility",
  "culture",
  "sport",
  "education",
  "health",
  "environment",
  "employment",
  "immigrants",
  "youth",
  "seniors",
  "digital",
] as const;
export type Interest = (typeof INTERESTS)[number];

/** Languages in which it serves: the most spoken ones of the cities, and North Sámi. ISO 639-1. */
export const SPOKEN = ["fi", "sv", "en", "se", "et", "ru", "uk", "ar", "so", "fa"] as const;
export type Spoken = (typeof SPOKEN)[number];

/**
 * Who has looked at the entry. "register": the entry is of a company that is real, by its business ID; that whoever made it may act
 * for that company is shown by nothing. "city": a city has looked at somebody's claim, and at what they showed for it.
 */
export type CheckedBy = "nobody" | "register" | "city";
export type OrganisationState = "active" | "merged" | "ended";

/** What its owners write about it. */
export interface Profile {
  name: string;
  contactMail: string | null;
  website: string | null;
  presentation: LocalText;
  languages: readonly Spoken[];
  interests: readonly Interest[];
}

export interface Organisation extends Profile {
  id: string;
  businessId: BusinessId | null;
  kind: OrganisationKind;
  checkedBy: CheckedBy;
  state: OrganisationState;
  mergedInto: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

/** Whether that kind has a business ID: schools and institutes may be parts of something that has it. */
export function businessIdOf(kind: OrganisationKind): "needed" | "possible" | "none" {
  if (kind === "group") return "none";
  return kind === "school" || kind === "research" ? "possible" : "needed";
}

/** Errors: Conflict, when nobody acts in its name any more. */
export function requireActive({ id, state }: Pick<Organisation, "id" | "state">): void {
  if (state !== "active") throw conflict(`organisation ${id} is ${state}`);
}

/** Somebody who is in an organisation now. */
export interface Membership {
  id: string;
  person: string;
  role: OrganisationRole;
}

/** The same with what the other members see of them. */
export interface Member extends Membership {
  given: string;
  family: string;
  since: Date;
  /** Known by strong identification. */
  isStrong: boolean;
}

/** Errors: Missing, when there is no such member, or no more. */
export function findMember<M extends Membership>(members: readonly M[], id: string): M {
  const member = members.find((one) => one.id === id);
  if (!member) throw missing(`membership ${id}`);
  return member;
}

/** Whether an owner is left when that member has `role` instead, or is gone (null). */
export function leavesAnOwner(members: readonly Membership[], id: string, role: OrganisationRole | null): boolean {
  return members.some((one) => (one.id === id ? role : one.role) === "owner");
}

/** Owners and signatories bind the organisation: they are known by strong identification, others by a mail address at least. */
export const assuranceFor = (role: OrganisationRole): "strong" | "mail" => (role === "member" ? "mail" : "strong");

/** As other members call somebody: of who came by a mail link no name is known. */
export const memberName = ({ given, family }: Pick<Member, "given" | "family">): string | null =>
  `${given} ${family}`.trim() || null;

/** The original is in `language`, unless nothing is written in that one. */
export function presentationOf(texts: Partial<Record<Language, string>>, language: Language): LocalText {
  const isWritten = (one: Language) => texts[one] !== undefined;
  return { original: isWritten(language) ? language : (LANGUAGES.find(isWritten) ?? language), texts };
}
