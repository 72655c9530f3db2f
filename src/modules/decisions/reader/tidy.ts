const CONTROLS = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\ufeff\\ufffe\\uffff";
const INVISIBLE = "\\u00ad\\u200b\\u200c\\u2060";
const UNWANTED = new RegExp(`[${CONTROLS}${INVISIBLE}]`, "u");
const EVERY_UNWANTED = new RegExp(UNWANTED.source, "gu");

/**
 * Text that any database, page or feed can hold: no lone surrogates, NULs or other control characters, and none of the
 * invisible signs that typesetting leaves behind. Words and visible signs stay as they are.
 */
export function tidySigns(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  // Nearly every text is clean: looking is cheaper than replacing.
  return UNWANTED.test(wellFormed) ? wellFormed.replace(EVERY_UNWANTED, "") : wellFormed;
}

const UNEVEN = /[\s\u00a0]{2}|[\t\r\n\f\u00a0]/u;

/**
 * One line of running text: runs of white space are one space. A no-break space stays after a digit, where it holds a figure
 * together ("3 520 000 euroa"); elsewhere it is layout.
 */
export function tidyLine(text: string): string {
  const clean = tidySigns(text);
  if (!UNEVEN.test(clean)) return clean.trim();
  return clean
    .replace(/[\s\u00a0]{2,}|[\t\r\n\f]/gu, " ")
    .replace(/(?<!\d)\u00a0/gu, " ")
    .trim();
}

/** The same for a line of a typeset page: a soft hyphen at its end tells that a word was split there, and stays. */
export const tidyTypesetLine = (text: string): string =>
  tidyLine(text) + (/\u00ad\s*$/u.test(text.slice(-10)) ? "\u00ad" : "");
