/** What an advisor fills in to help somebody, and what of it has to be mended. */
import type { Language } from "#core/cities.ts";
import { type FieldError, invalid } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import { type MailAddress, parseMailAddress } from "../people/mail-address.ts";
import { type NationalId, parseNationalId } from "../people/national-id.ts";
import { t } from "./texts.ts";

export const HELP_FIELDS = ["code", "mail", "reason"] as const;
/** Characters of a reason: long enough to say something, short enough for a receipt. */
export const REASON = { least: 10, most: 500 };

export interface WantedHelp {
  by: { kind: "strong"; code: NationalId } | { kind: "mail"; address: MailAddress };
  reason: string;
}

/** Errors: Invalid, with a field and a sentence for each mistake; what was typed is in none of them. */
export function readHelp(values: FormValues, language: Language): WantedHelp {
  const by = readIdentity(values);
  const reason = readReason(values);
  const mistakes: FieldError[] = [];
  if ("mistake" in by) mistakes.push({ field: by.field, message: t(language, by.mistake) });
  if (reason === undefined) mistakes.push({ field: "reason", message: t(language, "reasonWrong", REASON) });
  if ("mistake" in by || reason === undefined) throw invalid("nobody can be looked for with that", mistakes);
  return { by, reason };
}

function readIdentity(
  values: FormValues,
): WantedHelp["by"] | { field: "code" | "mail"; mistake: "helpOneOf" | "codeWrong" | "mailWrong" } {
  const [code, mail] = [textOf(values, "code"), textOf(values, "mail")];
  if ((code === "") === (mail === "")) return { field: "code", mistake: "helpOneOf" };
  if (code !== "") {
    const parsed = parseNationalId(code);
    return parsed ? { kind: "strong", code: parsed.code } : { field: "code", mistake: "codeWrong" };
  }
  const address = parseMailAddress(mail);
  return address ? { kind: "mail", address } : { field: "mail", mistake: "mailWrong" };
}

/** Why staff does something, in 10 to 500 characters with words among them; undefined when it does not say. */
export function readReason(values: FormValues): string | undefined {
  const reason = textOf(values, "reason").replaceAll(/\s+/gu, " ");
  const isSaid = reason.length >= REASON.least && reason.length <= REASON.most && /\p{L}{2}/u.test(reason);
  // Neither lone surrogates nor controls: the database takes no NUL, and a mail shows none.
  return isSaid && !/[\p{Cc}\p{Cs}]/u.test(reason) ? reason : undefined;
}
