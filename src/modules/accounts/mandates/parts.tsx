/** What several pages of mandates show. */
import type { Language } from "#core/cities.ts";
import type { Form } from "#core/http/forms.ts";
import { Facts, State, type StateKind } from "#ui/facts.tsx";
import { Day } from "#ui/inline.tsx";
import { ErrorSummary, Notification } from "#ui/notices.tsx";
import type { PageContent } from "#core/http/pages.ts";
import type { Temporal } from "temporal-polyfill";
import { ME } from "../paths.ts";
import { t as account } from "../texts.ts";
import type { MandateState, Matter } from "./mandate.ts";
import { MANDATES } from "./paths.ts";
import { nameMatters, t, type TextKey } from "./texts.ts";

/** Above the heading: what has just been done, mistakes of the form, what was kept while one signed in. */
export function Above({ lang, form, done }: { lang: Language; form?: Form; done?: TextKey | undefined }) {
  return (
    <>
      {done && <Notification id="done" kind="success" title={t(lang, done)} />}
      {form?.isResumed && <Notification id="resumed" title={account(lang, "isResumed")} />}
      {form && form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
    </>
  );
}

/** The text of what has just been done, when the page knows it. */
export const doneText = <Done extends string>(
  done: string | undefined,
  known: readonly Done[],
): `done_${Done}` | undefined => {
  const found = known.find((one) => one === done);
  return found && `done_${found}`;
};

interface Validity {
  lang: Language;
  from: Temporal.PlainDate;
  until: Temporal.PlainDate;
}

export function Period({ lang, from, until }: Validity) {
  return (
    <>
      <Day lang={lang} day={from} plain />
      {BETWEEN_DAYS[lang]}
      <Day lang={lang} day={until} plain />
    </>
  );
}

/** English writes its days in words with spaces, and so spaces the dash, too. */
const BETWEEN_DAYS: Record<Language, string> = { fi: "–", sv: "–", en: " – " };

/** Which matters, from when until when. */
export function MandateFacts(props: {
  lang: Language;
  matters: readonly Matter[];
  validFrom: Temporal.PlainDate;
  validUntil: Temporal.PlainDate;
}) {
  const { lang, matters, validFrom, validUntil } = props;
  return (
    <Facts
      lang={lang}
      facts={[
        { kind: "known", label: t(lang, "matters"), value: nameMatters(lang, matters) },
        { kind: "known", label: t(lang, "valid"), value: <Period lang={lang} from={validFrom} until={validUntil} /> },
      ]}
    />
  );
}

const KIND_OF: Record<MandateState, StateKind> = {
  inForce: "open",
  notYet: "wait",
  offered: "wait",
  declined: "done",
  runOut: "done",
  ended: "done",
};

export const StateOf = ({ lang, state }: { lang: Language; state: MandateState }) => (
  <State lang={lang} kind={KIND_OF[state]} text={t(lang, `state_${state}`)} />
);

type Crumb = NonNullable<PageContent["crumbs"]>[number];

export const toMe = (lang: Language): Crumb[] => [{ label: account(lang, "me"), href: ME.href(lang) }];
export const toMandates = (lang: Language): Crumb[] => [
  ...toMe(lang),
  { label: t(lang, "mandates"), href: MANDATES.href(lang) },
];
