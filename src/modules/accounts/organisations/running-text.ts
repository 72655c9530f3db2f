/** Text of several lines that somebody types: kept as written, without what can't be seen or would disturb the text around it. */

/** Controls, formats (bidi among them), lone surrogates, private and ignorable characters; not the two joiners and the line end. */
const UNSEEN =
  /[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]--[\u200c\n\u200d]]/gv;
const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029\v\f]/gu;
/** Marks piled on one base, from the fourth on, would cover the lines above. */
const PILED_MARKS = /(?<=[\p{Mn}\p{Me}]{3})[\p{Mn}\p{Me}]+/gu;

/** "" when nothing that can be seen is in it. Of empty lines, at most one stays between paragraphs. */
export function cleanText(text: string): string {
  return text
    .replace(LINE_ENDS, "\n")
    .replace(/\t/g, " ")
    .replace(UNSEEN, "")
    .normalize("NFC")
    .replace(PILED_MARKS, "")
    .replace(/ +$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Paragraphs as a page shows them. */
export const paragraphsOf = (text: string): string[] => text.split(/\n+/).filter((line) => line !== "");
