/** One's own profile: what is known by identification, and what one says oneself. */
import { LANGUAGES, type Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { type Fact, Facts } from "#ui/facts.tsx";
import { RadioGroup, TextInput } from "#ui/fields.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { ErrorSummary, Notification } from "#ui/notices.tsx";
import { ME } from "../paths.ts";
import { CONTACT_MAIL } from "./paths.ts";
import { nameSource } from "./profile.ts";
import type { Profile } from "./queries.ts";
import { t } from "./texts.ts";

export interface ProfilePage {
  profile: Profile;
  contactMail: string;
}

export function profilePage(data: ProfilePage, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return {
    title: t(lang, "profile"),
    description: t(lang, "profileLead"),
    crumbs: [{ label: t(lang, "me"), href: ME.href(lang) }],
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Done lang={lang} done={ask.done} />
        <Opening title={t(lang, "profile")} lead={t(lang, "profileLead")} />
        <MailPart lang={lang} profile={data.profile} />
        <ProfileForm lang={lang} data={data} form={form} action={ask.url} />
      </Narrow>
    ),
  };
}

function Done({ lang, done }: { lang: Language; done: string | undefined }) {
  if (done === "saved") return <Notification id="done" kind="success" title={t(lang, "done_saved")} />;
  if (done === "mailConfirmed") return <Notification id="done" kind="success" title={t(lang, "done_mailConfirmed")} />;
  if (done !== "linkSent") return null;
  return (
    <Notification id="done" kind="success" title={t(lang, "done_linkSent")}>
      <p>{t(lang, "linkSentHow")}</p>
    </Notification>
  );
}

function MailPart({ lang, profile }: { lang: Language; profile: Profile }) {
  const label = t(lang, "field_mail");
  const fact: Fact =
    profile.mail === null
      ? { kind: "unknown", label, why: t(lang, "mailUnknown") }
      : { kind: "known", label, value: profile.mail };
  const isEmployers = nameSource(profile) === "directory";
  return (
    <Section id="mail" title={t(lang, "contactMail")} isFirst>
      <Facts lang={lang} facts={[fact]} />
      <p>
        {isEmployers ? (
          t(lang, "mailFromDirectory")
        ) : (
          <a href={CONTACT_MAIL.href(lang)}>{t(lang, profile.mail === null ? "mailAdd" : "mailChange")}</a>
        )}
      </p>
    </Section>
  );
}

interface FormProps {
  lang: Language;
  data: ProfilePage;
  form: Form;
  action: string;
}

function ProfileForm({ lang, data, form, action }: FormProps) {
  const isFresh = form.mistakes.length === 0 && !form.isResumed;
  const value = (field: Own) => (isFresh ? (data.profile[field] ?? "") : textOf(form.values, field));
  return (
    <Section id="own" title={t(lang, "ownWords")}>
      <form action={action} method="post" novalidate>
        <Names lang={lang} data={data} form={form} value={value} />
        <RadioGroup
          lang={lang}
          name="language"
          label={t(lang, "profileLanguage")}
          hint={t(lang, "profileLanguageHint")}
          error={mistakeOf(form, "language")}
          options={LANGUAGES.map((code) => ({ value: code, label: t(lang, `code_${code}`) }))}
          value={value("language")}
        />
        <TextInput
          lang={lang}
          name="phone"
          label={t(lang, "field_phone")}
          hint={t(lang, "phoneHint")}
          error={mistakeOf(form, "phone")}
          value={value("phone")}
          autocomplete="tel"
          inputMode="tel"
          width="m"
          isOptional
        />
        <button class="hds-button hds-button--primary" type="submit">
          {t(lang, "save")}
        </button>
      </form>
    </Section>
  );
}

type Own = "given" | "family" | "phone" | "language";

type NamesProps = Omit<FormProps, "action"> & { value: (field: Own) => string };

const NAME_FIELDS = [
  ["given", "given-name"],
  ["family", "family-name"],
] as const;

/** Names that a register tells are shown with where to correct them; others are asked. */
function Names({ lang, data: { profile, contactMail }, form, value }: NamesProps) {
  const source = nameSource(profile);
  if (source === "oneself")
    return (
      <>
        {NAME_FIELDS.map(([field, autocomplete]) => (
          <TextInput
            lang={lang}
            name={field}
            label={t(lang, `field_${field}_name`)}
            error={mistakeOf(form, field)}
            value={value(field)}
            autocomplete={autocomplete}
            width="m"
            isOptional
          />
        ))}
      </>
    );
  const name = `${profile.given} ${profile.family}`.trim();
  return (
    <div class="field">
      <Facts lang={lang} facts={[{ kind: "known", label: t(lang, "name"), value: name }]} />
      <p class="hint">{t(lang, source === "register" ? "nameFromRegister" : "nameFromDirectory")}</p>
      <p class="hint">
        {t(lang, "nameWrongElsewhere")} <a href={`mailto:${contactMail}`}>{contactMail}</a>
      </p>
    </div>
  );
}
