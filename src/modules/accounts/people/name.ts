/**
 * Names of people, as an identity provider sends them or a person types them. A name is kept as it is written, in every
 * script; only what cannot be seen, or would disturb the text around it, is taken out. Classes of characters: Unicode
 * Standard Annex 44 (properties), 9 (bidirectional controls), 31 (joiners), 29 (user-perceived characters).
 */

/** User-perceived characters. */
const LONGEST = 200;
/** UTF-16 units, since one perceived character may be of any length. */
const LONGEST_TEXT = 2000;

/** Everything that parts words; written out, since \s holds the byte order mark and not U+0085. */
const SPACES = /[\t\n\v\f\r\u0085\p{Z}]+/gu;
/**
 * Controls, formats (bidi among them), lone surrogates, private and ignorable characters, without the two joiners.
 * Unassigned ones stay: they may be letters of a newer Unicode than ours.
 */
const UNSEEN =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]--[\u200c\u200d]]/gv;

/** Scripts in which a joiner changes what is read, as in Persian compounds and the Sinhala Sri. */
const SCRIPTS = [
  ...["Arabic", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Kannada"],
  ...["Malayalam", "Oriya", "Sinhala", "Syriac", "Tamil", "Telugu"],
];
const OF_SCRIPTS = `[${SCRIPTS.map((name) => String.raw`\p{Script=${name}}`).join("")}]`;
const LETTER = String.raw`[\p{L}&&${OF_SCRIPTS}]`;
/** A virama is a mark: where it stands in the place of a letter, the letter is on the other side. */
const MARK = String.raw`[\p{M}&&${OF_SCRIPTS}]`;
const JOINER = String.raw`[\u200c\u200d]`;
const IDLE_JOINER = new RegExp(
  `(?!(?<=${LETTER})${JOINER}(?=${LETTER}|${MARK})|(?<=${MARK})${JOINER}(?=${LETTER}))${JOINER}`,
  "gv",
);

/** Marks at the start of a word would sit on whatever stands before it. */
const LOST_MARKS = /(?<=^| )\p{M}+/gu;
/**
 * Marks that are piled on one base, from the fourth on. Spacing marks (Mc) stand beside it and do not count: the Burmese
 * name ကျော် has four marks, one of them on top.
 */
const PILED_MARKS = /(?<=[\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]+/gu;

const CHARACTERS = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The name in the form that is stored and shown; undefined when it has no letter or more than 200 characters. */
export function cleanName(text: string): string | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const name = tidy(text);
  return /\p{L}/u.test(name) && isShort(name) ? name : undefined;
}

/** Until nothing changes: what is taken out may bring a mark to a letter, or a joiner beside what it does not join. */
function tidy(text: string): string {
  const tidied = text
    .replace(SPACES, " ")
    .replace(UNSEEN, "")
    .replace(IDLE_JOINER, "")
    .normalize("NFC")
    .replace(LOST_MARKS, "")
    .replace(PILED_MARKS, "")
    .trim();
  return tidied === text ? text : tidy(tidied);
}

const isShort = (name: string): boolean =>
  name.length <= LONGEST_TEXT && Array.from(CHARACTERS.segment(name)).length <= LONGEST;
