/** What would have been sent: in demo mode mail goes nowhere and is read here instead. */
import { Temporal } from "temporal-polyfill";
import { CITIES, CITY_CODES, type Language, type Tenant } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import type { WaitingMail } from "#core/mail.ts";
import { Moment } from "#ui/inline.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { definePath } from "#core/http/paths.ts";
import { t } from "../texts.ts";

export const DEMO_MAIL = definePath({ fi: "/demo/posti", sv: "/demo/post", en: "/demo/mail" });

export function demoMailPage({ mails }: { mails: readonly WaitingMail[] }, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return {
    title: t(lang, "demoMail"),
    description: t(lang, "demoMailLead"),
    body: (
      <Narrow>
        <Opening title={t(lang, "demoMail")} lead={t(lang, "demoMailLead")} />
        <Senders lang={lang} />
        {mails.length === 0 && <Empty text={t(lang, "demoMailNone")} />}
        {mails.map((mail) => (
          // No landmark: there are many of one name.
          <article class="sec" aria-labelledby={`mail-${mail.id}`}>
            <h2 id={`mail-${mail.id}`} class="hd" lang={mail.language}>
              {mail.subject}
            </h2>
            <p class="small dim">
              {mail.recipient}, <Moment lang={lang} moment={Temporal.Instant.from(mail.createdAt.toISOString())} />
            </p>
            <div lang={mail.language}>
              {mail.body.split("\n\n").map((paragraph) => (
                <p>{withLinks(paragraph)}</p>
              ))}
            </div>
          </article>
        ))}
      </Narrow>
    ),
  };
}

/** Mail in a city's name is kept apart from what the service itself sends. */
function Senders({ lang }: { lang: Language }) {
  const senders: [Tenant, string][] = CITY_CODES.map((code) => [code, CITIES[code].names[lang].name]);
  return (
    <ul class="ways">
      <li>
        <a href={DEMO_MAIL.href(lang)}>Avoin</a>
      </li>
      {senders.map(([city, name]) => (
        <li>
          <a href={DEMO_MAIL.href(lang, {}, { city })}>{name}</a>
        </li>
      ))}
    </ul>
  );
}

/** Addresses of the mail's text as links, as every mail program shows them. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part, n) => (n % 2 === 1 ? <a href={part}>{part}</a> : part));
