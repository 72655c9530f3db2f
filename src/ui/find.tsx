/** The one search box. */
import type { Language } from "#core/cities.ts";
import type { NavLink } from "./shown.ts";
import { t } from "./texts.ts";

export interface FindProps {
  lang: Language;
  action: string;
  /** What was searched for, kept in the box. */
  query?: string | undefined;
  label?: string | undefined;
  /** A few searches that find something, as links. */
  examples?: readonly NavLink[];
  /** Filters that stay as they are in a new search. */
  hidden?: readonly (readonly [name: string, value: string])[];
}

export function Find({ lang, action, query = "", label, examples = [], hidden = [] }: FindProps) {
  return (
    <form class="find" action={action} role="search">
      <label for="q">{label ?? t(lang, "findLabel")}</label>
      <div class="find__row">
        <input id="q" name="q" type="search" value={query} autocomplete="off" enterkeyhint="search" />
        <button class="hds-button hds-button--primary" type="submit">
          {t(lang, "findButton")}
        </button>
      </div>
      {hidden.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {examples.length > 0 && (
        <p class="find__eg">
          <span class="dim">{t(lang, "findExamples")}</span>{" "}
          {examples.map((example) => (
            <>
              <a href={example.href} lang={example.labelLang}>
                {example.label}
              </a>{" "}
            </>
          ))}
        </p>
      )}
    </form>
  );
}
