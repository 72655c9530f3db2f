/** Mandates given and received, each with what one can do about it. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Opening, Section } from "#ui/layout.tsx";
import { Empty, Notification } from "#ui/notices.tsx";
import { StackTable } from "#ui/tables.tsx";
import type { Refusal } from "./authorize-refused.ts";
import { actsBy, endsAs, isLive, type MandateState, stateOf, STATES } from "./mandate.ts";
import { Above, doneText, Period, StateOf, toMe } from "./parts.tsx";
import * as paths from "./paths.ts";
import type { Mandate } from "./queries.ts";
import { nameMatters, t, type TextKey } from "./texts.ts";

export interface MandatesData {
  person: string;
  mandates: readonly Mandate[];
  today: Temporal.PlainDate;
  hasRegister: boolean;
  /** Why it came to nothing with the register. */
  why: Refusal | undefined;
}

const DONE = ["offered", "resent", "taken", "declined", "ended", "acting", "stopped"] as const;

export function mandatesPage(
  data: MandatesData,
  { language: lang, visitor, actor, done }: PrivateRequest,
): PageContent {
  const { person, today, hasRegister, why } = data;
  const rows = data.mandates
    .map((mandate) => ({ mandate, state: stateOf(mandate, today) }))
    .toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  const given = rows.filter(({ mandate }) => mandate.giver === person);
  const received = rows.filter(({ mandate }) => actsBy(mandate, person));
  const isOwnName = actor.kind === "resident" && !actor.behalf;
  return {
    title: t(lang, "mandates"),
    description: t(lang, "mandatesLead"),
    crumbs: toMe(lang),
    body: (
      <div class="wrap">
        <Above lang={lang} done={doneText(done, DONE)} />
        {why && <Notification id="why" kind="alert" title={t(lang, `why_${why}`)} />}
        <Opening title={t(lang, "mandates")} lead={t(lang, "mandatesLead")}>
          {isOwnName ? <GiveLink lang={lang} /> : <p>{t(lang, "giveNotNow")}</p>}
          {"behalf" in actor && actor.behalf && <StopActing lang={lang} name={visitor.actingAs ?? ""} />}
        </Opening>
        <Section id="received" title={t(lang, "received")} isBare>
          <List lang={lang} id="received-list" side="received" person={person} rows={received} />
          {hasRegister && <Register lang={lang} />}
        </Section>
        <Section id="given" title={t(lang, "given")} isBare>
          <List lang={lang} id="given-list" side="given" person={person} rows={given} />
        </Section>
      </div>
    ),
  };
}

function GiveLink({ lang }: { lang: Language }) {
  return (
    <p>
      <a class="hds-button hds-button--primary" href={paths.GIVE_MANDATE.href(lang)}>
        {t(lang, "give")}
      </a>
    </p>
  );
}

export function StopActing({ lang, name }: { lang: Language; name: string }) {
  return (
    <form action={paths.STOP_ACTING.href(lang)} method="post">
      <p>{t(lang, "actingNow", { name })}</p>
      <button class="hds-button hds-button--secondary" type="submit">
        {t(lang, "stopActing")}
      </button>
    </form>
  );
}

function Register({ lang }: { lang: Language }) {
  return (
    <>
      <p>{t(lang, "registerWhat")}</p>
      <p>
        <a class="hds-button hds-button--secondary" href={paths.AUTHORIZE.href(lang)} rel="nofollow">
          {t(lang, "registerGo")}
        </a>
      </p>
    </>
  );
}

interface ListProps {
  lang: Language;
  id: string;
  side: "given" | "received";
  person: string;
  rows: readonly { mandate: Mandate; state: MandateState }[];
}

function List({ lang, id, side, person, rows }: ListProps) {
  if (rows.length === 0) return <Empty text={t(lang, `${side}None`)} />;
  const column = (key: TextKey) => ({ head: t(lang, key), short: t(lang, key) });
  return (
    <StackTable
      id={id}
      caption={t(lang, side)}
      isCaptionHidden
      rowHead={t(lang, side === "given" ? "whoTo" : "whoFrom")}
      columns={[column("matters"), column("valid"), column("state"), column("acts")]}
      rows={rows.map(({ mandate, state }) => ({
        head: side === "given" ? takerOf(lang, mandate) : giverOf(lang, mandate),
        cells: [
          nameMatters(lang, mandate.matters),
          <Period lang={lang} from={mandate.validFrom} until={mandate.validUntil} />,
          <StateOf lang={lang} state={state} />,
          isLive(state) ? <Acts lang={lang} mandate={mandate} state={state} person={person} side={side} /> : null,
        ],
      }))}
    />
  );
}

const takerOf = (lang: Language, { kind, takerName }: Mandate): string =>
  kind === "guardian" ? t(lang, "guardian", { name: takerName }) : takerName;

export function giverOf(lang: Language, { kind, giverName, organisation, takerName }: Mandate): string {
  if (kind === "guardian") return t(lang, "child", { name: giverName });
  return organisation === null ? giverName : t(lang, "through", { name: giverName, organisation: takerName });
}

interface ActsProps extends Pick<ListProps, "lang" | "side" | "person"> {
  mandate: Mandate;
  state: MandateState;
}

function Acts({ lang, mandate, state, side, person }: ActsProps) {
  const { id, giverName, takerName } = mandate;
  const isGiven = side === "given";
  const end = isGiven ? "revoke" : "layDown";
  const name = isGiven ? takerName : giverName;
  return (
    <div class="ways">
      {!isGiven && state === "inForce" && (
        <Button lang={lang} path={paths.ACT_BY_MANDATE} id={id} text="act" name={name} />
      )}
      {isGiven && state === "offered" && (
        <Button lang={lang} path={paths.RESEND_MANDATE} id={id} text="resend" name={name} />
      )}
      {endsAs(mandate, person) === (isGiven ? "giver" : "taker") && (
        <a href={paths.END_MANDATE.href(lang, { id })} aria-label={t(lang, `${end}Of`, { name })}>
          {t(lang, end)}
        </a>
      )}
    </div>
  );
}

function Button(props: {
  lang: Language;
  path: (typeof paths)["ACT_BY_MANDATE"];
  id: string;
  text: "act" | "resend";
  name: string;
}) {
  const { lang, path, id, text, name } = props;
  return (
    <form action={path.href(lang, { id })} method="post">
      <button class="plain-button" type="submit" aria-label={t(lang, `${text}Of`, { name })}>
        {t(lang, text)}
      </button>
    </form>
  );
}
