/** Pages of one mandate: acting by it, ending it. */
import type { Temporal } from "temporal-polyfill";
import type { Form } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Narrow, Opening } from "#ui/layout.tsx";
import type { Children } from "#ui/shown.ts";
import { actsBy, endsAs, isLive, stateOf } from "./mandate.ts";
import { giverOf, StopActing } from "./mandates-page.tsx";
import { Above, doneText, MandateFacts, StateOf, toMandates } from "./parts.tsx";
import type { Mandate } from "./queries.ts";
import { t, type TextKey } from "./texts.ts";

export interface OneMandate {
  person: string;
  mandate: Mandate;
  today: Temporal.PlainDate;
}

export function actPage({ person, mandate, today }: OneMandate, _form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, actor, visitor } = ask;
  const isUsable = actsBy(mandate, person) && stateOf(mandate, today) === "inForce";
  const isActing = "behalf" in actor && actor.behalf?.mandate === mandate.id;
  const lead = isUsable ? t(lang, "actLead", { name: giverOf(lang, mandate) }) : t(lang, "actNotNow");
  return page(ask, { title: t(lang, "actTitle"), lead, mandate, today }, [
    isUsable && !isActing && <SendButton ask={ask} text="act" />,
    isActing && <StopActing lang={lang} name={visitor.actingAs ?? ""} />,
  ]);
}

export function endPage({ person, mandate, today }: OneMandate, _form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const side = endsAs(mandate, person);
  const isGiver = side === "giver";
  const title = t(lang, isGiver ? "endGiverTitle" : "endTakerTitle");
  if (side === null) return page(ask, { title, lead: t(lang, "endNotYours"), mandate, today }, []);
  if (!isLive(stateOf(mandate, today))) return page(ask, { title, lead: t(lang, "endOver"), mandate, today }, []);
  const lead = isGiver
    ? t(lang, "endGiverLead", { name: mandate.takerName })
    : t(lang, "endTakerLead", { name: giverOf(lang, mandate) });
  return page(ask, { title, lead, mandate, today }, [
    <SendButton ask={ask} text={isGiver ? "endGiverTitle" : "endTakerTitle"} />,
  ]);
}

function SendButton({ ask, text }: { ask: PrivateRequest; text: TextKey }) {
  return (
    <form action={ask.url} method="post">
      <div class="acts">
        <button class="hds-button hds-button--primary" type="submit">
          {t(ask.language, text)}
        </button>
      </div>
    </form>
  );
}

function page(
  { language: lang, done }: PrivateRequest,
  { title, lead, mandate, today }: { title: string; lead: string; mandate: Mandate; today: Temporal.PlainDate },
  children: Children,
): PageContent {
  return {
    title,
    description: title,
    crumbs: toMandates(lang),
    body: (
      <Narrow>
        <Above lang={lang} done={doneText(done, ["authorized"])} />
        <Opening title={title} lead={lead} />
        <p>
          <StateOf lang={lang} state={stateOf(mandate, today)} />
        </p>
        <MandateFacts lang={lang} {...mandate} />
        {children}
      </Narrow>
    ),
  };
}
