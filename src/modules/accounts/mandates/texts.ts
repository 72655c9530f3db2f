/** The words of mandates: pages, mails, the kinds of matters. */
import type { Language } from "#core/cities.ts";
import { messages } from "#core/i18n.ts";
import en from "./en.json" with { type: "json" };
import fi from "./fi.json" with { type: "json" };
import type { Matter } from "./mandate.ts";
import sv from "./sv.json" with { type: "json" };

export const t = messages<typeof fi>({ fi, sv, en });
export type TextKey = keyof typeof fi;

/** "Palaute ja kysymykset, palvelusetelit" */
export function nameMatters(lang: Language, matters: readonly Matter[]): string {
  const [first, ...others] = matters.map((matter) => t(lang, `matter_${matter}` satisfies TextKey));
  return [first, ...others.map((name) => name.slice(0, 1).toLowerCase() + name.slice(1))].join(", ");
}
