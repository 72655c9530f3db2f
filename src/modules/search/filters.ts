/** Filters beside the results, and those that are chosen, as the components want them. Pure. */
import { CITIES, isCityCode, type Language } from "#core/cities.ts";
import type { Query } from "#core/http/paths.ts";
import type { Chip, FacetGroup } from "#ui/facets.tsx";
import type { SearchFilter } from "./entry.ts";
import { exactly, type Facet, type FacetCounts } from "./facets.ts";
import { t } from "./texts.ts";

const FILTERS = [
  { name: "city", facet: "cities", legend: "filterCity" },
  { name: "maker", facet: "makers", legend: "filterMaker" },
  { name: "class", facet: "classes", legend: "filterClass" },
  { name: "year", facet: "years", legend: "filterYear" },
] as const;

/** A city's own search has no filter by city. */
const filters = (withCity: boolean) => FILTERS.filter(({ facet }) => withCity || facet !== "cities");

function labelOf(facet: Facet, value: string, names: ReadonlyMap<string, string>, lang: Language): string {
  if (facet === "cities" && isCityCode(value)) return CITIES[value].names[lang].name;
  const name = names.get(value);
  return facet === "classes" ? [value, name].filter(Boolean).join(" ") : (name ?? value);
}

export function groupsOf(
  lang: Language,
  counts: FacetCounts,
  filter: SearchFilter,
  names: ReadonlyMap<string, string>,
  withCity: boolean,
): FacetGroup[] {
  return filters(withCity).map(({ name, facet, legend }) => {
    const chosen = filter[facet].map(String);
    // What is chosen stays to be seen and taken away, also with nothing behind it.
    const missing = chosen.filter((value) => !counts[facet].some((counted) => counted.value === value));
    const values = [...counts[facet], ...missing.map((value) => ({ value, count: exactly(0) }))];
    const options = values.map(({ value, count }) => ({
      value,
      label: labelOf(facet, value, names, lang),
      count,
      isChecked: chosen.includes(value),
    }));
    return { name, legend: t(lang, legend), options };
  });
}

/** `hrefOf`: the same search with one filter's values changed. */
export function chipsOf(
  lang: Language,
  filter: SearchFilter,
  names: ReadonlyMap<string, string>,
  withCity: boolean,
  hrefOf: (changed: Query) => string,
): Chip[] {
  return filters(withCity).flatMap(({ name, facet }) => {
    const chosen = filter[facet].map(String);
    return chosen.map((value) => ({
      label: labelOf(facet, value, names, lang),
      removeHref: hrefOf({ [name]: chosen.filter((other) => other !== value), page: undefined }),
    }));
  });
}
