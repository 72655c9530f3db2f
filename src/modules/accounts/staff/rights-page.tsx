/** Who may do what in a city, as the rules stand in the code. */
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Opening } from "#ui/layout.tsx";
import { ScrollTable } from "#ui/tables.tsx";
import { DESK } from "./paths.ts";
import { type Answer, isStaffRole, type Kind, KINDS, type RightsRow } from "./rights.ts";
import { t } from "./texts.ts";
import { roleWord } from "./words.ts";

export function rightsPage(
  { city, rows }: { city: CityCode; rows: readonly RightsRow[] },
  { language: lang, shy }: PrivateRequest,
): PageContent {
  const lead = t(lang, "rightsLead", { inside: CITIES[city].names[lang].inside });
  return {
    title: t(lang, "rights"),
    description: lead,
    crumbs: [{ label: t(lang, "desk"), href: DESK.href(lang, { city }) }],
    body: (
      <div class="wrap">
        <Opening title={t(lang, "rights")} lead={lead} />
        <p>{t(lang, "rightsScope")}</p>
        <p>{t(lang, "rightsOwn")}</p>
        <ScrollTable id="rights" caption={t(lang, "rightsCaption")} isCaptionHidden>
          <thead>
            <tr>
              <th scope="col">{t(lang, "rightsAction")}</th>
              {KINDS.map((kind) => (
                <th scope="col">{shy(kindText(lang, kind), lang)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ action, answers }) => (
              <tr>
                <th scope="row">{shy(action, lang)}</th>
                {KINDS.map((kind) => (
                  <AnswerCell lang={lang} answer={answers[kind]} />
                ))}
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      </div>
    ),
  };
}

const kindText = (lang: Language, kind: Kind): string =>
  isStaffRole(kind) ? roleWord(lang, kind) : t(lang, `kind_${kind}`);

function AnswerCell({ lang, answer }: { lang: Language; answer: Answer }) {
  if (answer.may === "no") return <td class="dim">{t(lang, "mayNot")}</td>;
  if (answer.may === "yes") return <td>{t(lang, "may")}</td>;
  return <td>{answer.roles.map((role) => roleWord(lang, role)).join(", ")}</td>;
}
