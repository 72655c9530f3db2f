/** What a person sees when something went wrong: what happened, what to do next, a reference to tell us. */
import type { Language } from "#core/cities.ts";
import { Find } from "./find.tsx";
import type { Shown } from "./shown.ts";
import { t, type TextKey } from "./texts.ts";

export const ERROR_STATUSES = [401, 403, 404, 422, 429, 500, 503] as const;
export type ErrorStatus = (typeof ERROR_STATUSES)[number];

/** The nearest status that has words of its own: 400 reads as 422, 502 as 500. */
export function errorStatus(status: number): ErrorStatus {
  const exact = ERROR_STATUSES.find((known) => known === status);
  if (exact) return exact;
  if (status === 410) return 404;
  return status >= 500 ? 500 : 422;
}

export interface ErrorPageProps {
  lang: Language;
  status: ErrorStatus;
  /** The request's id, for whoever looks it up in the log. */
  reference: string;
  home: string;
  /** Where the search box sends; it is shown when a page was not found. */
  search: string;
  /** 429 and 503: how long to wait, when it is known. */
  retryAfterSeconds?: number;
  /** What exactly is wrong, when there is more to say than the status says. */
  detail?: Shown | undefined;
}

/** What there is to say of a status that has no page of its own, and to who has sent something. */
export function errorDetail(lang: Language, status: number, isWrite: boolean): string | undefined {
  if (status === 413 || status === 414) return t(lang, `error${status}Detail`);
  return status === 503 && isWrite ? t(lang, "error503Detail") : undefined;
}

export const errorTitle = (lang: Language, status: ErrorStatus): string => t(lang, `error${status}Title`);

/** The content of the page; `Page` stands around it as around any other. */
export function ErrorPage({ lang, status, reference, home, search, retryAfterSeconds = 0, detail }: ErrorPageProps) {
  const text = (part: "What" | "Next") =>
    t(lang, `error${status}${part}` satisfies TextKey, { seconds: retryAfterSeconds });
  return (
    <div class="wrap error-page">
      <h1>{errorTitle(lang, status)}</h1>
      <p class="lead">{text("What")}</p>
      {detail && <p>{detail}</p>}
      <p>{text("Next")}</p>
      {status === 404 && <Find lang={lang} action={search} />}
      <p>
        <a href={home}>{t(lang, "errorHome")}</a>
      </p>
      <p class="error-page__ref">
        {t(lang, "errorReference")}: <code>{reference}</code>
      </p>
    </div>
  );
}
