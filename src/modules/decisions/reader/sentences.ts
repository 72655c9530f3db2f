/** Words before whose full stop no sentence ends: Finnish and Swedish abbreviations that decisions use. */
const ABBREVIATIONS = new Set(
  (
    "alv arv as em eri esim huom ja jne kh khn kj kko klo kok ks kv ko kpl l lk ltk m max milj min ml mm mom mrd n no nro nr ns " +
    "nyk o p prof puh pvm s sis so ts tms tri tuhat tj v v.s vs vrt vt yms ym yht " +
    "bl.a ca dvs dnr enl exkl f.d inkl jfr kl kr m.fl m.m mv o.s.v osv resp st s.k t.ex tel tfn"
  ).split(" "),
);

const END = /[.!?][)”"’]?\s+/gu;

/**
 * Sentences of a paragraph, in order and without loss but for the white space between them. A full stop ends one unless an
 * abbreviation, an initial or a day of the month stands before it, or a small letter follows.
 */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].length;
    if (match[0].startsWith(".") && !endsSentence(text.slice(from, match.index), text.slice(end, end + 1))) continue;
    sentences.push(text.slice(from, end).trim());
    from = end;
  }
  sentences.push(text.slice(from).trim());
  return sentences.filter(Boolean);
}

function endsSentence(before: string, next: string): boolean {
  if (/\p{Ll}/u.test(next)) return false;
  const word = /[^\s(]+$/u.exec(before.slice(-24))?.[0] ?? "";
  if (ABBREVIATIONS.has(word.toLowerCase())) return false;
  if (/^\p{Lu}$/u.test(word)) return false;
  // "1. jakso", "20.3. Kaupunginhallitus": an ordinal or a day, unless the number is a year or closes a long sentence.
  return !/^(?:\d{1,2}|\d{1,2}\.\d{1,2})$/u.test(word);
}
