/** Changing one's own profile. Names that a register tells are changed there. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { isLanguage, type Language } from "#core/cities.ts";
import { type Db, withPerson } from "#core/db.ts";
import { type FieldError, invalid } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import { cleanName } from "../people/name.ts";
import { parsePhone } from "./phone.ts";
import { mayChangeProfile } from "./policy.ts";
import { type Profile, type ProfileChange, selectProfile, updateProfile } from "./queries.ts";
import { t, type TextKey } from "./texts.ts";

/** Fields of the form. */
export const PROFILE_FIELDS = ["given", "family", "language", "phone"] as const;

/** Where names come from: a register that identification tells of, the employer's directory, or the person themself. */
export type NameSource = "register" | "directory" | "oneself";

export function nameSource({ identities }: Pick<Profile, "identities">): NameSource {
  if (identities.includes("strong")) return "register";
  return identities.includes("staff") ? "directory" : "oneself";
}

/**
 * Keeps what the form says. Answers with the language of the profile, in which it goes on.
 * Errors: Forbidden, Unauthenticated, Invalid with fields in the language of the page.
 */
export async function changeProfile(
  db: Db,
  actor: Actor,
  values: FormValues,
  language: Language,
  now: Temporal.Instant,
): Promise<Language> {
  authorise(actor, mayChangeProfile);
  const person = requirePerson(actor);
  return withPerson(db, person, async (tx) => {
    const before = await selectProfile(tx, person);
    const change = readProfile(values, before, language);
    await updateProfile(tx, person, change);
    const act = { city: "joint", action: "change", subjectKind: "person", subjectId: person } as const;
    await recordAudit(tx, actor, { ...act, about: person }, now);
    return change.language;
  });
}

type Wrong = (field: string, key: TextKey) => void;

/** The profile that the form asks for. Errors: Invalid with fields. */
export function readProfile(values: FormValues, before: Profile, lang: Language): ProfileChange {
  const mistakes: FieldError[] = [];
  const wrong: Wrong = (field, key) => void mistakes.push({ field, message: t(lang, key) });
  const { given, family } = nameSource(before) === "oneself" ? readNames(values, wrong) : before;
  const written = textOf(values, "language");
  if (!isLanguage(written)) wrong("language", "languageWrong");
  const phone = readPhone(values, wrong);
  if (mistakes.length > 0) throw invalid("the profile can't be kept", mistakes);
  const language = isLanguage(written) ? written : before.language;
  return { given, family, phone, language };
}

/** Left empty, a name is taken away again. */
function readNames(values: FormValues, wrong: Wrong): { given: string; family: string } {
  const read = (field: "given" | "family"): string => {
    const text = textOf(values, field);
    const name = text === "" ? "" : cleanName(text);
    if (name === undefined) wrong(field, "nameWrong");
    return name ?? "";
  };
  return { given: read("given"), family: read("family") };
}

function readPhone(values: FormValues, wrong: Wrong): string | null {
  const text = textOf(values, "phone");
  if (text === "") return null;
  const phone = parsePhone(text);
  if (phone === undefined) wrong("phone", "phoneWrong");
  return phone ?? null;
}
