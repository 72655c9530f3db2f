/** What is recorded in the audit trail, in words. */
import { SUBJECT_KINDS, type SubjectKind, type Verb, VERBS } from "#core/audit.ts";
import { type Words, wordsOf } from "#core/retention.ts";
import { t } from "./texts.ts";

const ACTS = new Map<string, Words>(VERBS.map((verb: Verb) => [verb, wordsOf(t, `act_${verb}`)]));
const SUBJECTS = new Map<string, Words>(
  SUBJECT_KINDS.map((kind: SubjectKind) => [kind, wordsOf(t, `subject_${kind}`)]),
);

/** Of "change to owner", "change". Undefined for what an older version may have recorded. */
export const actWords = (action: string): Words | undefined => ACTS.get(action.split(" ")[0] ?? "");
export const subjectWords = (kind: string): Words | undefined => SUBJECTS.get(kind);

/** For the register of what is known: code -> words. */
export const ACT_WORDS: Readonly<Record<string, Words>> = Object.fromEntries(ACTS);
export const SUBJECT_WORDS: Readonly<Record<string, Words>> = Object.fromEntries(SUBJECTS);
