/** Where one signs in: what each way is for, and what it takes. */
import { CITIES, type Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { TextInput } from "#ui/fields.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { ErrorSummary } from "#ui/notices.tsx";
import { SIGN_IN_WITH } from "../paths.ts";
import { t } from "../texts.ts";
import type { Provider } from "./provider.ts";

export interface SignInData {
  providers: readonly Provider[];
  /** False where no mail can be sent, and where a link by mail would not be enough. */
  hasMail: boolean;
  isStepUp: boolean;
  returnTo: string;
  /** The city whose desk somebody wants to: its directory stands first. */
  desk: string | undefined;
}

export function signInPage(data: SignInData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const strong = data.providers.filter(({ kind }) => kind === "strong");
  const staff = data.isStepUp ? [] : staffFirst(data);
  const hasNothing = strong.length === 0 && staff.length === 0 && !data.hasMail;
  const lead = t(lang, hasNothing ? "signInNone" : data.isStepUp ? "signInStrongLead" : "signInLead");
  const parts = [
    strong.length > 0 && <StrongWays lang={lang} providers={strong} returnTo={data.returnTo} />,
    data.hasMail && <MailWay lang={lang} form={form} action={ask.url} isFirst={strong.length === 0} />,
    staff.length > 0 && <StaffWays lang={lang} providers={staff} returnTo={data.returnTo} />,
  ];
  return {
    title: t(lang, "signIn"),
    description: lead,
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Opening title={t(lang, "signIn")} lead={lead} />
        {data.desk === undefined ? parts : parts.toReversed()}
      </Narrow>
    ),
  };
}

function staffFirst({ providers, desk }: SignInData): Provider[] {
  const staff = providers.filter(({ kind }) => kind === "staff");
  return staff.filter((one) => desk === undefined || (one.kind === "staff" && one.city === desk));
}

interface WaysProps {
  lang: Language;
  providers: readonly Provider[];
  returnTo: string;
}

const wayTo = (lang: Language, provider: Provider, returnTo: string): string =>
  SIGN_IN_WITH.href(lang, { provider: provider.id }, { return: returnTo });

function StrongWays({ lang, providers, returnTo }: WaysProps) {
  return (
    <Section id="strong" title={t(lang, "signInStrong")} isFirst>
      <p>{t(lang, "signInStrongWhat")}</p>
      <ul class="ways">
        {providers.map((provider, n) => (
          <li>
            <a
              class={`hds-button hds-button--${n === 0 ? "primary" : "secondary"}`}
              href={wayTo(lang, provider, returnTo)}
              rel="nofollow"
            >
              {provider.name[lang]}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function MailWay(props: { lang: Language; form: Form; action: string; isFirst: boolean }) {
  const { lang, form, action, isFirst } = props;
  return (
    <Section id="by-mail" title={t(lang, "signInMail")} isFirst={isFirst}>
      <p>{t(lang, "signInMailWhat")}</p>
      <form action={action} method="post" novalidate>
        <TextInput
          lang={lang}
          name="mail"
          label={t(lang, "mailField")}
          value={textOf(form.values, "mail")}
          error={mistakeOf(form, "mail")}
          autocomplete="email"
          inputMode="email"
          width="m"
        />
        <button class={`hds-button hds-button--${isFirst ? "primary" : "secondary"}`} type="submit">
          {t(lang, "mailSend")}
        </button>
      </form>
    </Section>
  );
}

function StaffWays({ lang, providers, returnTo }: WaysProps) {
  return (
    <Section id="staff" title={t(lang, "signInStaff")}>
      <p>{t(lang, "signInStaffWhat")}</p>
      <ul class="ways">
        {providers.map((provider) => (
          <li>
            <a href={wayTo(lang, provider, returnTo)} rel="nofollow">
              {provider.kind === "staff" ? CITIES[provider.city].names[lang].name : provider.name[lang]}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
