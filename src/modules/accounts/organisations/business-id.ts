/**
 * Finnish business identifiers (Y-tunnus, FO-nummer): a number of up to seven digits and a check digit (Government Decree
 * 288/2001, section 3), written with seven digits and a hyphen. The VAT number is the same digits behind FI.
 */
import { FinnishBusinessIds } from "finnish-business-ids";

declare const businessId: unique symbol;
/** An identifier that `parseBusinessId` took: "0112949-8". */
export type BusinessId = string & { readonly [businessId]: true };

/** A spaced-out identifier is well below it; what is longer is something else. */
const LONGEST = 60;
/** What comes along from pages and documents: spaces of every kind, and signs that nobody sees. */
const UNSEEN = /[\s\p{Default_Ignorable_Code_Point}]/gu;
const HYPHEN = String.raw`[\-\u2010-\u2013\u2212]?`;
/** Old papers leave the first zero out; a VAT number never does. */
const FORM = new RegExp(`^(?:FI${HYPHEN}(?=\\d{7}${HYPHEN}\\d$))?(?<number>\\d{6,7})${HYPHEN}(?<check>\\d)$`, "i");

/**
 * The identifier that the text is, in its one form; undefined when it is none. Taken are also a VAT number (FI01129498), no
 * hyphen, any other dash, spaces, and six digits before the check digit, whose first zero is missing. Never throws.
 */
export function parseBusinessId(text: string): BusinessId | undefined {
  if (text.length > LONGEST) return undefined;
  const { number, check } = FORM.exec(text.replace(UNSEEN, ""))?.groups ?? {};
  if (number === undefined) return undefined;
  const written = `${number.padStart(7, "0")}-${check}`;
  return FinnishBusinessIds.isValidBusinessId(written) ? (written as BusinessId) : undefined;
}
