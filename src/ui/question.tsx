/** A form as a talk: one question a page, then all answers to look over before sending. */
import type { Language } from "#core/cities.ts";
import { ErrorSummary, type FieldMistake } from "./notices.tsx";
import type { Children, Shown } from "./shown.ts";
import { t } from "./texts.ts";

export interface QuestionProps {
  lang: Language;
  action: string;
  /** Where "Edellinen" leads; without it there is none. */
  back?: string | undefined;
  /** "Palaute Helsingille" */
  topic?: string | undefined;
  step?: { n: number; of: number } | undefined;
  mistakes?: readonly FieldMistake[];
  /** The button's text: "Jatka" unless it sends something. */
  submit?: string | undefined;
  /** What one may do instead. */
  other?: Shown | undefined;
  children: Children;
}

/** One question: its heading is the label of its only or first field (`isHeading`). */
export function Question({ lang, mistakes = [], ...props }: QuestionProps) {
  const step = props.step && t(lang, "step", props.step);
  const line = [props.topic, step].filter(Boolean).join(", ");
  return (
    <form class="q" action={props.action} method="post" novalidate>
      {props.back && (
        <a class="back" href={props.back}>
          {t(lang, "back")}
        </a>
      )}
      {mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={mistakes} />}
      {line && <p class="step">{line}</p>}
      {props.children}
      <div class="acts">
        <button class="hds-button hds-button--primary" type="submit">
          {props.submit ?? t(lang, "continue")}
        </button>
        {props.other}
      </div>
    </form>
  );
}

export interface Answer {
  question: string;
  /** Null when it was left out. */
  answer: Shown | null;
  /** The page where it can be changed. */
  href: string;
}

/** Everything answered so far, each with the way back to its question. */
export function Answers({ lang, answers }: { lang: Language; answers: readonly Answer[] }) {
  return (
    <dl class="answers">
      {answers.map(({ question, answer, href }) => (
        <div>
          <dt>{question}</dt>
          <dd class={answer === null ? "dim" : undefined}>{answer ?? t(lang, "notAnswered")}</dd>
          <dd class="edit">
            <a href={href} aria-label={t(lang, "changeOf", { what: question })}>
              {t(lang, "change")}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}
