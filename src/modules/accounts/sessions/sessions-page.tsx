/** Where one is signed in, with a button to end each. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Moment } from "#ui/inline.tsx";
import { Opening } from "#ui/layout.tsx";
import { Notification } from "#ui/notices.tsx";
import { StackTable } from "#ui/tables.tsx";
import { END_SESSION, ME } from "../paths.ts";
import { t, type TextKey } from "../texts.ts";
import type { SessionRow } from "./queries.ts";

export function sessionsPage({ rows }: { rows: readonly SessionRow[] }, ask: PrivateRequest): PageContent {
  const { language: lang, visitor, done } = ask;
  const column = (key: TextKey) => ({ head: t(lang, key), short: t(lang, key) });
  return {
    title: t(lang, "sessions"),
    description: t(lang, "sessionsLead"),
    crumbs: [{ label: t(lang, "me"), href: ME.href(lang) }],
    body: (
      <div class="wrap">
        {done === "sessionEnded" && <Notification id="done" kind="success" title={t(lang, "done_sessionEnded")} />}
        <Opening title={t(lang, "sessions")} lead={t(lang, "sessionsLead")} />
        <StackTable
          id="sessions"
          caption={t(lang, "sessions")}
          isCaptionHidden
          rowHead={t(lang, "sessionDevice")}
          columns={[column("sessionHow"), column("sessionSince"), column("sessionSeen"), column("sessionEnd")]}
          rows={rows.map((row) => ({
            head: deviceName(lang, row.device) + (row.id === visitor.session ? ` (${t(lang, "sessionThis")})` : ""),
            cells: [
              t(lang, `kind_${row.kind}` satisfies TextKey),
              <Moment lang={lang} moment={Temporal.Instant.from(row.createdAt.toISOString())} />,
              <Moment lang={lang} moment={Temporal.Instant.from(row.seenAt.toISOString())} />,
              <EndButton lang={lang} row={row} />,
            ],
          }))}
        />
      </div>
    ),
  };
}

function EndButton({ lang, row }: { lang: Language; row: SessionRow }) {
  return (
    <form action={END_SESSION.href(lang, { id: row.id })} method="post">
      <button
        class="plain-button"
        type="submit"
        aria-label={t(lang, "sessionEndOf", { device: deviceName(lang, row.device) })}
      >
        {t(lang, "sessionEnd")}
      </button>
    </form>
  );
}

/** "Firefox/Linux" as it is kept; either half may be unknown. */
export function deviceName(lang: Language, device: string): string {
  const [browser = "", system = ""] = device.split("/");
  if (browser === "" || system === "") return browser || system || t(lang, "deviceUnknown");
  return t(lang, "device", { browser, system });
}
