/** Telephone numbers as people write them. We keep the digits alone; nobody has confirmed that they are answered. */

/** E.164 (ITU-T): at most 15 digits. Shorter than five is no number of a person. */
const DIGITS = /^\+?\d{5,15}$/;
/** What people put between: spaces, brackets, dots, hyphens and dashes of all kinds. */
const BETWEEN = /[\s().\p{Pd}\u2212]/gu;
const LONGEST = 60;

/** "+358 40 123 4567" -> "+358401234567"; undefined when it is no number. */
export function parsePhone(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const digits = text.replaceAll(BETWEEN, "").replace(/^00/, "+");
  return DIGITS.test(digits) ? digits : undefined;
}
