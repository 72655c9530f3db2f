/** A thing that goes on: where it stands now, the way it takes, what has been said. */
import type { Language } from "#core/cities.ts";
import type { Children, Shown } from "./shown.ts";
import { t } from "./texts.ts";

/** Where a matter stands, first thing on its page: what has happened, what one need do, why. */
export function Now({ headline, children }: { headline: Shown; children: Children }) {
  return (
    <div class="now">
      <p class="big">{headline}</p>
      {children}
    </div>
  );
}

export interface PathStep {
  name: string;
  /** When, by whom, with what reason. */
  note: Shown;
  place: "done" | "current" | "coming";
}

/** The steps of a matter, those behind, the current one and those to come. */
export function Path({ label, steps }: { label: string; steps: readonly PathStep[] }) {
  return (
    <ol class="path" aria-label={label}>
      {steps.map(({ name, note, place }) => (
        <li class={place} aria-current={place === "current" ? "step" : undefined}>
          <b>{name}</b>
          <span>{note}</span>
        </li>
      ))}
    </ol>
  );
}

/** `own`: by the customer. `city`: by the city. `event`: nobody said anything. `note`: seen by the city's people only. */
export interface Entry {
  kind: "own" | "city" | "event" | "note";
  /** Who; an event has nobody. */
  who?: string | undefined;
  /** Moment and channel. */
  when: Shown;
  text: Shown;
}

/** What has been said and done, oldest first. */
export function Thread({ lang, entries }: { lang: Language; entries: readonly Entry[] }) {
  return (
    <ol class="thread">
      {entries.map((entry) => (
        <li class={`thread__${entry.kind}`}>
          {entry.kind === "event" ? (
            <p>
              {entry.when} {entry.text}
            </p>
          ) : (
            <EntryBody lang={lang} entry={entry} />
          )}
        </li>
      ))}
    </ol>
  );
}

function EntryBody({ lang, entry }: { lang: Language; entry: Entry }) {
  return (
    <article>
      <header>
        <b>{entry.who}</b>
        <span>{entry.when}</span>
        {entry.kind === "note" && <span>{t(lang, "threadNote")}</span>}
      </header>
      {typeof entry.text === "string" ? <p>{entry.text}</p> : entry.text}
    </article>
  );
}
