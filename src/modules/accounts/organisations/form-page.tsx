/** What the pages of organisations with a form or a question share. */
import type { Language } from "#core/cities.ts";
import type { Form } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Notification } from "#ui/notices.tsx";
import { Question } from "#ui/question.tsx";
import type { Children, Shown } from "#ui/shown.ts";
import { t as accountTexts } from "../texts.ts";
import { t } from "./texts.ts";

export interface FormPage {
  title: string;
  lead: string;
  submit: string;
  back?: string;
  step?: { n: number; of: number };
  /** What one may do instead. */
  other?: Shown;
  crumbs?: NonNullable<PageContent["crumbs"]>;
  children?: Children;
}

/** A page with one form, which is sent to the page's own address. */
export function formPage(ask: PrivateRequest, form: Form, page: FormPage): PageContent {
  const { language: lang, url, done } = ask;
  const { title, lead, submit, back, step, other, crumbs = [] } = page;
  return {
    title,
    description: lead,
    crumbs,
    body: (
      <div class="wrap">
        <DoneNotice lang={lang} done={done} />
        <Question {...{ lang, action: url, submit, back, step, other, mistakes: form.mistakes }}>
          {form.isResumed && <Notification id="resumed" title={accountTexts(lang, "isResumed")} />}
          <h1>{title}</h1>
          <p class="lead">{lead}</p>
          {page.children}
        </Question>
      </div>
    ),
  };
}

const DONE = [
  "created",
  "changed",
  "joined",
  "left",
  "ended",
  "invited",
  "cancelled",
  "roleChanged",
  "removed",
  "handedOver",
  "claimed",
  "acting",
  "approved",
  "refused",
  "merged",
] as const;
export type Done = (typeof DONE)[number];

/** The address of a page that confirms what was done. */
export const doneAt = (href: string, done: Done): string => `${href}?done=${done}`;

/** Says what has just been done, if anything. */
export function DoneNotice({ lang, done }: { lang: Language; done: string | undefined }) {
  const known = DONE.find((one) => one === done);
  if (!known) return null;
  return <Notification id="done" kind="success" title={t(lang, `done_${known}`)} />;
}
