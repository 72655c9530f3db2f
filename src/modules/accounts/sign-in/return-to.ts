/** Where somebody goes after signing in: a page of ours and nowhere else. */
import { LANGUAGES, type Language } from "#core/cities.ts";
import { ME } from "../paths.ts";

const CHARACTERS = 2000;
const ANYWHERE = "https://avoin.invalid";

/** The wanted address when it is a path below one of our languages; else the person's own pages. */
export function safeReturn(wanted: string | undefined, language: Language): string {
  const home = ME.href(language);
  if (wanted === undefined || !URL.canParse(wanted, ANYWHERE)) return home;
  // Browsers drop tabs and newlines, and read "\" as "/": what they would make of it is what counts.
  const { origin, pathname, search } = new URL(wanted, ANYWHERE);
  const isOurs =
    origin === ANYWHERE && LANGUAGES.some((one) => pathname === `/${one}` || pathname.startsWith(`/${one}/`));
  const address = pathname + search;
  return isOurs && address.length <= CHARACTERS ? address : home;
}
