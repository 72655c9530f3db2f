/** Filters beside a list or the results of a search, and those that are chosen, as the components want them. Pure. */
import { CITIES, isCityCode, type Language } from "#core/cities.ts";
import type { Query } from "#core/http/paths.ts";
import type { Chip, FacetGroup, FacetOption } from "#ui/facets.tsx";
import type { DecisionFilter } from "./list.queries.ts";
import { classLabel, REGISTER_LANGUAGE } from "./register-names.ts";
import { t, type TextKey } from "./texts.ts";

const FILTERS = [
  { name: "city", of: "cities", legend: "filterCity" },
  { name: "maker", of: "makers", legend: "filterMaker" },
  { name: "class", of: "classes", legend: "filterClass" },
  { name: "year", of: "years", legend: "filterYear" },
] as const satisfies readonly { name: string; of: keyof DecisionFilter; legend: TextKey }[];

export interface FilterView {
  lang: Language;
  filter: DecisionFilter;
  /** Names of makers and titles of classes by what stands in the address. */
  names: ReadonlyMap<string, string>;
  /** A city's own list has no filter by city. */
  withCity: boolean;
}

/** Values of each filter with how many things choosing one would leave. */
export type FilterCounts = Record<keyof DecisionFilter, readonly { value: string; count: FacetOption["count"] }[]>;

const filtersOf = ({ withCity }: FilterView) => FILTERS.filter(({ of }) => withCity || of !== "cities");

function labelOf(of: keyof DecisionFilter, value: string, { names, lang }: FilterView): string {
  if (of === "cities" && isCityCode(value)) return CITIES[value].names[lang].name;
  const name = names.get(value);
  return of === "classes" ? classLabel(value, name) : name || value;
}

/** Cities have a name in each language, years need none; decision-makers and classes are called as in the register. */
function labelLanguage(of: keyof DecisionFilter, { lang }: FilterView): Language | undefined {
  const isOfRegister = of === "makers" || of === "classes";
  return isOfRegister && lang !== REGISTER_LANGUAGE ? REGISTER_LANGUAGE : undefined;
}

export function groupsOf(view: FilterView, counts: FilterCounts): FacetGroup[] {
  return filtersOf(view).map(({ name, of, legend }) => {
    const chosen = view.filter[of].map(String);
    // What is chosen stays to be seen and taken away, also with nothing behind it.
    const missing = chosen.filter((value) => !counts[of].some((counted) => counted.value === value));
    const values = [...counts[of], ...missing.map((value) => ({ value, count: { value: 0, isExact: true } }))];
    const options = values.map(({ value, count }) => ({
      value,
      label: labelOf(of, value, view),
      labelLang: labelLanguage(of, view),
      count,
      isChecked: chosen.includes(value),
    }));
    return { name, legend: t(view.lang, legend), options };
  });
}

/** `hrefOf`: the same list with one filter's values changed. */
export function chipsOf(view: FilterView, hrefOf: (changed: Query) => string): Chip[] {
  return filtersOf(view).flatMap(({ name, of }) => {
    const chosen = view.filter[of].map(String);
    return chosen.map((value) => ({
      label: labelOf(of, value, view),
      labelLang: labelLanguage(of, view),
      removeHref: hrefOf({ [name]: chosen.filter((other) => other !== value) }),
    }));
  });
}
