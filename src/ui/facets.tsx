/** Filters of a list with their counts, and those that are chosen. */
import type { Language } from "#core/cities.ts";
import { countText, type Count } from "./results.tsx";
import { t } from "./texts.ts";

export interface FacetOption {
  value: string;
  label: string;
  /** The label's own language when it isn't the page's. */
  labelLang?: Language | undefined;
  count: Count;
  isChecked: boolean;
}

export interface FacetGroup {
  /** The name in the address: "kaupunki". */
  name: string;
  legend: string;
  options: readonly FacetOption[];
}

export interface FacetsProps {
  lang: Language;
  action: string;
  groups: readonly FacetGroup[];
  /** What the search keeps: the query, the order. */
  hidden?: readonly (readonly [name: string, value: string])[];
}

/** How many choices of a group are seen at once; the rest wait behind a disclosure. */
const VISIBLE = 8;

/** A disclosure on a narrow page, always open beside the results on a wide one. Works by sending the form. */
export function Facets({ lang, action, groups, hidden = [] }: FacetsProps) {
  const shown = groups.filter((group) => group.options.length > 0);
  return (
    <details class="facets">
      <summary>{t(lang, "facets")}</summary>
      {shown.length === 0 ? (
        <p class="dim">{t(lang, "facetNone")}</p>
      ) : (
        <form action={action}>
          {hidden.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {shown.map((group) => (
            <Group lang={lang} group={group} />
          ))}
          <button class="hds-button hds-button--secondary hds-button--small" type="submit">
            {t(lang, "facetApply")}
          </button>
        </form>
      )}
    </details>
  );
}

function Group({ lang, group }: { lang: Language; group: FacetGroup }) {
  const chosenFirst = [...group.options].sort((a, b) => Number(b.isChecked) - Number(a.isChecked));
  const isLong = group.options.length > VISIBLE + 2;
  const first = isLong ? chosenFirst.slice(0, VISIBLE) : group.options;
  const rest = isLong ? chosenFirst.slice(VISIBLE) : [];
  return (
    <fieldset>
      <legend>{group.legend}</legend>
      {first.map((option) => (
        <Choice lang={lang} name={group.name} option={option} />
      ))}
      {rest.length > 0 && (
        <details class="facets__more">
          <summary>{t(lang, "facetMore", { count: rest.length })}</summary>
          {rest.map((option) => (
            <Choice lang={lang} name={group.name} option={option} />
          ))}
        </details>
      )}
    </fieldset>
  );
}

function Choice({ lang, name, option }: { lang: Language; name: string; option: FacetOption }) {
  return (
    <label>
      <input type="checkbox" name={name} value={option.value} checked={option.isChecked} />
      <span lang={option.labelLang}>{option.label}</span>
      <span class="facets__n">{countText(lang, option.count)}</span>
    </label>
  );
}

export interface Chip {
  label: string;
  /** The label's own language when it isn't the page's. */
  labelLang?: Language | undefined;
  /** The same list without this filter. */
  removeHref: string;
}

export function Chips({ lang, chips, clearHref }: { lang: Language; chips: readonly Chip[]; clearHref: string }) {
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label={t(lang, "chips")}>
      {chips.map((chip) => (
        <li>
          <a class="chip" href={chip.removeHref}>
            <span class="vh">{t(lang, "chipRemove")} </span>
            {chip.labelLang ? <span lang={chip.labelLang}>{chip.label}</span> : chip.label}
          </a>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <a class="chips__clear" href={clearHref}>
            {t(lang, "chipsClear")}
          </a>
        </li>
      )}
    </ul>
  );
}
