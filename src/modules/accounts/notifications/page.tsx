/** What the service has told somebody, newest first. */
import { Temporal } from "temporal-polyfill";
import { CITIES, type Language, type Tenant } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Moment } from "#ui/inline.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { type Message, Messages } from "#ui/messages.tsx";
import { Notification } from "#ui/notices.tsx";
import { Walk } from "#ui/pagination.tsx";
import { Rows } from "#ui/rows.tsx";
import { ME } from "../paths.ts";
import { t as accountTexts } from "../texts.ts";
import { BY_MAIL, MARK_READ, NOTIFICATIONS } from "./paths.ts";
import type { NotificationRow } from "./queries.ts";
import { t } from "./texts.ts";

export interface NotificationsPage {
  rows: readonly NotificationRow[];
  hasMore: boolean;
  /** Not the newest. */
  isFurtherOn: boolean;
  /** How many in all. */
  unread: number;
}

export function notificationsPage(data: NotificationsPage, { language: lang, done }: PrivateRequest): PageContent {
  const { rows, hasMore, isFurtherOn } = data;
  const last = rows.at(-1);
  const older = hasMore && last ? NOTIFICATIONS.href(lang, {}, { after: last.id }) : undefined;
  return {
    title: t(lang, "notifications"),
    description: t(lang, "notificationsLead"),
    crumbs: [{ label: accountTexts(lang, "me"), href: ME.href(lang) }],
    body: (
      <Narrow>
        {done === "read" && <Notification id="done" kind="success" title={t(lang, "done_read")} />}
        <Opening
          title={t(lang, "notifications")}
          lead={t(lang, rows.length === 0 ? "notificationsNone" : "notificationsLead")}
        />
        {!isFurtherOn && <Unread lang={lang} data={data} />}
        <Messages messages={rows.map((row) => messageOf(lang, row))} />
        <Walk
          lang={lang}
          start={isFurtherOn ? { href: NOTIFICATIONS.href(lang), label: t(lang, "toNewest") } : undefined}
          next={older === undefined ? undefined : { href: older, label: t(lang, "toOlder") }}
        />
        <Rows
          lang={lang}
          rows={[{ href: BY_MAIL.href(lang), title: t(lang, "byMail"), note: t(lang, "byMailHow") }]}
          isRuled
        />
      </Narrow>
    ),
  };
}

/** The button marks what is on the page and older, and nothing that comes while one reads. */
function Unread({ lang, data: { rows, unread } }: { lang: Language; data: NotificationsPage }) {
  const [newest] = rows;
  if (unread === 0 || !newest) return null;
  return (
    <form class="unread" action={MARK_READ.href(lang, { id: newest.id })} method="post">
      <p>{t(lang, "unread", { count: unread })}</p>
      <button class="hds-button hds-button--secondary hds-button--small" type="submit">
        {t(lang, "markRead")}
      </button>
    </form>
  );
}

const messageOf = (lang: Language, { id, sender, title, text, path, createdAt, isRead }: NotificationRow): Message => ({
  id,
  title: title[lang],
  mark: isRead ? undefined : t(lang, "new"),
  from: senderName(lang, sender),
  when: <Moment lang={lang} moment={Temporal.Instant.from(createdAt.toISOString())} />,
  text: text === null ? t(lang, "textGone") : text[lang],
  href: path?.[lang],
});

const senderName = (lang: Language, sender: Tenant): string =>
  sender === "joint" ? t(lang, "senderAll") : CITIES[sender].names[lang].name;
