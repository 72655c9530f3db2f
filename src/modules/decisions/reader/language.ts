import type { Language } from "#core/cities.ts";

const FREQUENT = {
  fi: new Set("ja on että sekä ei joka mukaan mukainen olla oli tai ovat jotka päätti kaupungin se voi".split(" ")),
  sv: new Set("och att i av för på som den det är en med till har enligt beslutade om inte stadens".split(" ")),
};
const ENOUGH = 5000;

/** Finnish or Swedish, by the commonest words of each; Finnish when neither shows. */
export function languageOf(text: string): Language {
  const words = text
    .slice(0, ENOUGH)
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  const count = (set: ReadonlySet<string>) => words.filter((word) => set.has(word)).length;
  return count(FREQUENT.sv) > count(FREQUENT.fi) ? "sv" : "fi";
}
