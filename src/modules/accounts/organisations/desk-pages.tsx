/** The desk's pages about organisations: claims to look at, and two entries of one organisation to merge. */
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Facts } from "#ui/facts.tsx";
import { RadioGroup, TextArea, TextInput } from "#ui/fields.tsx";
import { Moment } from "#ui/inline.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Rows } from "#ui/rows.tsx";
import type { ClaimLine } from "./claims.queries.ts";
import type { OpenedClaim } from "./claims.ts";
import { factsOf, momentOf } from "./facts.tsx";
import { DoneNotice, formPage } from "./form-page.tsx";
import { LONGEST_GROUNDS } from "./input.ts";
import type { Organisation } from "./organisation.ts";
import * as paths from "./paths.ts";
import { paragraphsOf } from "./running-text.ts";
import { t } from "./texts.ts";

const cityOf = ({ params }: PrivateRequest) => ({ city: params["city"] ?? "" });
const deskAt = (ask: PrivateRequest) => paths.DESK_ORGANISATIONS.href(ask.language, cityOf(ask));
const crumbsOf = (ask: PrivateRequest) => [{ label: t(ask.language, "desk"), href: deskAt(ask) }];

export function deskPage({ claims }: { claims: readonly ClaimLine[] }, ask: PrivateRequest): PageContent {
  const { language: lang, done } = ask;
  return {
    title: t(lang, "desk"),
    description: t(lang, "deskLead"),
    body: (
      <div class="wrap">
        <DoneNotice lang={lang} done={done} />
        <Opening title={t(lang, "desk")} lead={t(lang, "deskLead")} />
        <Section id="open-claims" title={t(lang, "deskClaims")} isFirst>
          {claims.length === 0 ? (
            <Empty text={t(lang, "deskNone")} />
          ) : (
            <Rows
              lang={lang}
              rows={claims.map(({ id, name, businessId, createdAt }) => ({
                href: paths.DESK_CLAIM.href(lang, { ...cityOf(ask), id }),
                title: name,
                note: businessId ?? undefined,
                aside: <Moment lang={lang} moment={momentOf(createdAt)} />,
              }))}
            />
          )}
        </Section>
        <Section id="merge" title={t(lang, "merge")}>
          <p>
            {t(lang, "mergeWhat")} <a href={paths.MERGE.href(lang, cityOf(ask))}>{t(lang, "merge")}</a>
          </p>
        </Section>
      </div>
    ),
  };
}

export interface DeskClaimData {
  claim: OpenedClaim;
  organisation: Organisation;
}

export function deskClaimPage(data: DeskClaimData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const { claim } = data;
  const title = t(lang, "deskClaim", { name: claim.name });
  if (claim.state !== "open") return decidedPage(title, t(lang, `deskDecided_${claim.state}`), ask);
  return formPage(ask, form, {
    title,
    lead: t(lang, "deskClaimLead"),
    submit: t(lang, "decide"),
    back: deskAt(ask),
    crumbs: crumbsOf(ask),
    children: (
      <>
        <Section id="claim" title={t(lang, "claim")} isFirst>
          <ClaimFacts data={data} ask={ask} />
        </Section>
        <Section id="answer-to-it" title={t(lang, "yourDecision")}>
          <RadioGroup
            lang={lang}
            name="decision"
            label={t(lang, "decision")}
            options={[
              { value: "approved", label: t(lang, "decisionApproved") },
              { value: "refused", label: t(lang, "decisionRefused") },
            ]}
            value={textOf(form.values, "decision")}
            error={mistakeOf(form, "decision")}
          />
          <TextArea
            lang={lang}
            name="answer"
            label={t(lang, "answer")}
            hint={t(lang, "answerHint", { most: LONGEST_GROUNDS })}
            value={textOf(form.values, "answer")}
            error={mistakeOf(form, "answer")}
            rows={4}
          />
        </Section>
      </>
    ),
  });
}

function ClaimFacts({ data: { claim, organisation }, ask }: { data: DeskClaimData; ask: PrivateRequest }) {
  const { language: lang } = ask;
  const grounds = paragraphsOf(claim.grounds).flatMap((line, n) => (n === 0 ? [line] : [<br />, line]));
  return (
    <Facts
      lang={lang}
      facts={[
        { kind: "known", label: t(lang, "claimant"), value: claim.claimant },
        {
          kind: "known",
          label: t(lang, "claimedAt"),
          value: <Moment lang={lang} moment={momentOf(claim.createdAt)} />,
        },
        { kind: "known", label: t(lang, "groundsOf"), value: grounds },
        ...factsOf(lang, organisation),
      ]}
    />
  );
}

function decidedPage(title: string, lead: string, ask: PrivateRequest): PageContent {
  return {
    title,
    description: lead,
    crumbs: crumbsOf(ask),
    body: (
      <div class="wrap">
        <Opening title={title} lead={lead} />
        <p>
          <a href={deskAt(ask)}>{t(ask.language, "desk")}</a>
        </p>
      </div>
    ),
  };
}

export function mergePage(_data: object, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const field = (name: "from" | "into") => (
    <TextInput
      lang={lang}
      name={name}
      label={t(lang, name === "from" ? "mergeFrom" : "mergeInto")}
      hint={t(lang, "mergeHint")}
      value={textOf(form.values, name)}
      error={mistakeOf(form, name)}
    />
  );
  return formPage(ask, form, {
    title: t(lang, "merge"),
    lead: t(lang, "mergeLead"),
    submit: t(lang, "mergeLook"),
    back: deskAt(ask),
    crumbs: crumbsOf(ask),
    children: [field("from"), field("into")],
  });
}

export interface MergeData {
  from: Organisation;
  into: Organisation;
}

export function mergeConfirmPage({ from, into }: MergeData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const names = { from: from.name, into: into.name };
  const entry = (id: "from" | "into", one: Organisation) => (
    <Section id={id} title={t(lang, id === "from" ? "mergeFrom" : "mergeInto")} isFirst={id === "from"}>
      <Facts lang={lang} facts={[{ kind: "known", label: t(lang, "name"), value: one.name }, ...factsOf(lang, one)]} />
    </Section>
  );
  return formPage(ask, form, {
    title: t(lang, "mergeOf", names),
    lead: t(lang, "mergeConfirmLead", names),
    submit: t(lang, "mergeDo"),
    back: paths.MERGE.href(lang, cityOf(ask)),
    crumbs: crumbsOf(ask),
    children: [entry("from", from), entry("into", into)],
  });
}
