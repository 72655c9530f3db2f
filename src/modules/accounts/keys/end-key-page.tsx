/** Before a key is ended, which can't be undone: which one it is. */
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Facts } from "#ui/facts.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { ME } from "../paths.ts";
import { t as accountText } from "../texts.ts";
import { stateOf } from "./key.ts";
import { KEYS } from "./paths.ts";
import type { KeyRow } from "./queries.ts";
import { t } from "./texts.ts";

export function endKeyPage({ key }: { key: KeyRow }, { language: lang, url, now }: PrivateRequest): PageContent {
  const isActive = stateOf(key, now) === "active";
  const lead = t(lang, isActive ? "keyEndLead" : "keyEndedAlready");
  return {
    title: t(lang, "keyEnd"),
    description: lead,
    crumbs: [
      { label: accountText(lang, "me"), href: ME.href(lang) },
      { label: t(lang, "keys"), href: KEYS.href(lang) },
    ],
    body: (
      <Narrow>
        <Opening title={t(lang, "keyEnd")} lead={lead} />
        <Facts
          lang={lang}
          facts={[
            { kind: "known", label: t(lang, "keyName"), value: <bdi>{key.name}</bdi> },
            { kind: "known", label: t(lang, "keyBeginning"), value: <code>{key.beginning}…</code> },
          ]}
        />
        <form action={url} method="post">
          <div class="acts">
            {isActive && (
              <button class="hds-button hds-button--primary" type="submit">
                {t(lang, "keyEnd")}
              </button>
            )}
            <a href={KEYS.href(lang)}>{t(lang, "keysBack")}</a>
          </div>
        </form>
      </Narrow>
    ),
  };
}
