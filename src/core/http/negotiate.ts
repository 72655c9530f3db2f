/** Which language and which form an asker wants, from the address first and the headers second. */
import { isLanguage, LANGUAGES, type Language } from "../cities.ts";

/** The best of our languages by Accept-Language (RFC 9110 § 12.5.4); Finnish when nothing fits. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { tag: range.split("-")[0] ?? "", quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ tag, quality }) => isLanguage(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  const best = wanted[0]?.tag ?? "";
  return isLanguage(best) ? best : LANGUAGES[0];
}

/** Language of a page's address ("/sv/…"), else of the headers. */
export function languageOfUrl(url: string, acceptLanguage: string | undefined): Language {
  const first = url.split(/[/?#]/, 2)[1] ?? "";
  return isLanguage(first) ? first : languageOf(acceptLanguage);
}

/** True for programs: addresses of the API, and askers that prefer JSON to a page. */
export function wantsJson(url: string, accept: string | undefined): boolean {
  if (url.startsWith("/api/")) return true;
  const header = accept ?? "";
  return /\bapplication\/([\w.-]+\+)?json\b/.test(header) && !header.includes("text/html");
}
