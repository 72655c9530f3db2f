/** Where an advisor records and ends that a resident is a child's guardian. */
import type { Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { TextArea, TextInput } from "#ui/fields.tsx";
import { Day } from "#ui/inline.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { StackTable } from "#ui/tables.tsx";
import { REASON } from "./help-form.ts";
import { Above, doneText } from "./parts.tsx";
import { END_GUARDIAN, GUARDIANS, HELP } from "./paths.ts";
import type { Mandate } from "./queries.ts";
import { t } from "./texts.ts";

/** `children`: mandates of the helped resident as a guardian; null when nobody is helped. */
export function guardiansPage(
  { children }: { children: readonly Mandate[] | null },
  form: Form,
  ask: PrivateRequest,
): PageContent {
  const { language: lang, params, done } = ask;
  const lead = t(lang, children === null ? "guardiansNobody" : "guardiansLead");
  return {
    title: t(lang, "guardians"),
    description: lead,
    crumbs: [{ label: t(lang, "help"), href: HELP.href(lang, params) }],
    body: (
      <Narrow>
        <Above lang={lang} form={form} done={doneText(done, ["guardianRecorded", "guardianEnded"])} />
        <Opening title={t(lang, "guardians")} lead={lead} />
        {children === null ? (
          <p>
            <a href={HELP.href(lang, params)}>{t(lang, "help")}</a>
          </p>
        ) : (
          <>
            <RecordForm form={form} ask={ask} />
            <Section id="children" title={t(lang, "children")} isBare>
              <ChildList lang={lang} mandates={children} ask={ask} />
            </Section>
          </>
        )}
      </Narrow>
    ),
  };
}

function RecordForm({ form, ask: { language: lang, url } }: { form: Form; ask: PrivateRequest }) {
  const field = (name: "given" | "family" | "until" | "reason") => ({
    lang,
    name,
    value: textOf(form.values, name),
    error: mistakeOf(form, name),
    autocomplete: "off",
  });
  return (
    <form action={url} method="post" novalidate>
      <TextInput {...field("given")} label={t(lang, "childGiven")} width="m" />
      <TextInput {...field("family")} label={t(lang, "childFamily")} width="m" />
      <TextInput
        lang={lang}
        name="code"
        label={t(lang, "childCode")}
        hint={t(lang, "childCodeHint")}
        error={mistakeOf(form, "code")}
        autocomplete="off"
        width="m"
        isOptional
      />
      <TextInput
        {...field("until")}
        label={t(lang, "childUntil")}
        hint={t(lang, "childUntilHint")}
        width="m"
        isOptional
      />
      <TextArea {...field("reason")} label={t(lang, "papersField")} hint={t(lang, "papersHint", REASON)} rows={3} />
      <button class="hds-button hds-button--primary" type="submit">
        {t(lang, "recordGuardian")}
      </button>
    </form>
  );
}

function ChildList(props: { lang: Language; mandates: readonly Mandate[]; ask: PrivateRequest }) {
  const { lang, mandates, ask } = props;
  if (mandates.length === 0) return <Empty text={t(lang, "childrenNone")} />;
  return (
    <StackTable
      id="children-list"
      caption={t(lang, "children")}
      isCaptionHidden
      rowHead={t(lang, "childName")}
      columns={[
        { head: t(lang, "untilField"), short: t(lang, "untilField") },
        { head: t(lang, "acts"), short: t(lang, "acts") },
      ]}
      rows={mandates.map(({ id, giverName: name, validUntil }) => ({
        head: name,
        cells: [
          <Day lang={lang} day={validUntil} plain />,
          <a href={END_GUARDIAN.href(lang, { ...ask.params, id })} aria-label={t(lang, "endGuardianOf", { name })}>
            {t(lang, "endGuardian")}
          </a>,
        ],
      }))}
    />
  );
}

/** Why it ends, before it does. */
export function endGuardianPage({ mandate }: { mandate: Mandate }, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, url, params } = ask;
  const title = t(lang, "endGuardianTitle");
  return {
    title,
    description: title,
    crumbs: [
      { label: t(lang, "help"), href: HELP.href(lang, params) },
      { label: t(lang, "guardians"), href: GUARDIANS.href(lang, params) },
    ],
    body: (
      <Narrow>
        <Above lang={lang} form={form} />
        <Opening title={title} lead={t(lang, "endGuardianLead", { name: mandate.giverName })} />
        <form action={url} method="post" novalidate>
          <TextArea
            lang={lang}
            name="reason"
            label={t(lang, "reasonField")}
            hint={t(lang, "endReasonHint", REASON)}
            value={textOf(form.values, "reason")}
            error={mistakeOf(form, "reason")}
            rows={3}
          />
          <button class="hds-button hds-button--primary" type="submit">
            {t(lang, "endGuardianGo")}
          </button>
        </form>
      </Narrow>
    ),
  };
}
