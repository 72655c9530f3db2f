/**
 * What is kept about people: each module registers its sources, and with them why it keeps them, on which ground and how long. From
 * this one register come the page on which somebody sees all that is known about them, its download, and their erasure.
 */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "./cities.ts";
import type { Tx } from "./db.ts";
import { inEachLanguage, type Translate, type Values } from "./i18n.ts";

/** The same in each language. Plain values, so that a receipt can be kept and read when the module is gone. */
export type Words = Readonly<Record<Language, string>>;

/** The text of a module in all languages. */
export const wordsOf = <Key extends string>(t: Translate<Key>, key: Key, values?: Values): Words =>
  inEachLanguage((language) => t(language, key, values));

/** Why personal data may be processed: letter of article 6(1) of the General Data Protection Regulation (EU) 2016/679. */
export const GROUNDS = {
  consent: "a",
  contract: "b",
  legalObligation: "c",
  vitalInterests: "d",
  publicTask: "e",
  legitimateInterests: "f",
} as const;
export type Ground = keyof typeof GROUNDS;

/** Names of fields, in the words of the database, -> what is there. A Date is a moment; a calendar day is a text. */
export type PersonalRow = Readonly<Record<string, string | number | boolean | Date | null | readonly string[]>>;

/** A part of a long list. */
export interface Part {
  limit: number;
  offset: number;
}

/** What has to stay for a time. */
export interface Kept {
  /** "3 decided claims" */
  what: Words;
  why: Words;
  /** Calendar day on which it is removed; null when `why` says what that depends on. */
  until: string | null;
}

/** Outcome of one source's erasure. */
export interface Erased {
  /** How many rows are gone, ended or emptied of what tells who it was. */
  erased: number;
  kept: readonly Kept[];
}

/** Why somebody can't be erased yet, and what to do about it. */
export interface Hindrance {
  /** For programs: "last-owner". */
  code: string;
  message: Words;
}

export interface PersonalDataSource {
  /** Module and name, the same for good: "accounts.sessions". Stands in jobs and in the records of erasures. */
  id: string;
  title: Words;
  purpose: Words;
  ground: Ground;
  keptFor: Words;
  /** What the fields of its rows are called. */
  fields: Readonly<Record<string, Words>>;
  /** Codes among the values, in words: field -> code -> words. Others are shown as they are. */
  codes?: Readonly<Record<string, Readonly<Record<string, Words>>>>;
  /** The person's rows, newest first, always in the same order. The transaction shows that person's rows (`withPerson`). */
  select(tx: Tx, person: string, part: Part): Promise<readonly PersonalRow[]>;
  /**
   * Erases what may be erased, and says what stays. May be run again, and finds nothing then. It writes by `tx` alone: for those who
   * only want to know what would happen, the transaction is taken back.
   */
  erase(tx: Tx, person: string, now: Temporal.Instant): Promise<Erased>;
  /** What has to be done by the person before. */
  hindrances?(tx: Tx, person: string): Promise<readonly Hindrance[]>;
  /** True for that by which somebody comes in: it goes in the very transaction that begins the erasure, and is never tried later. */
  isDoor?: boolean;
}

/** A kind of mail that people get. */
export interface MailKind {
  /** "accounts.mandates" */
  id: string;
  title: Words;
  /** Must be sent: it tells of one's rights or safety. The others can be refused. */
  isMust: boolean;
}

/** What a module registers about people. */
export interface PersonalData {
  sources: readonly PersonalDataSource[];
  mailKinds: readonly MailKind[];
}

/** The registers of all modules as one. Errors: throws when two have a source or a kind of mail by one name. */
export function collectPersonalData(modules: readonly PersonalData[]): PersonalData {
  const sources = modules.flatMap((module) => module.sources);
  const mailKinds = modules.flatMap((module) => module.mailKinds);
  for (const ids of [sources.map(({ id }) => id), mailKinds.map(({ id }) => id)]) {
    const twice = ids.find((id, n) => ids.indexOf(id) !== n);
    if (twice !== undefined) throw new Error(`"${twice}" is registered twice as personal data`);
  }
  return { sources, mailKinds };
}
