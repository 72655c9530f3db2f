/** What is known of a thing, what isn't, and what we worked out ourselves. */
import type { Language } from "#core/cities.ts";
import { classes, type Children, type Shown } from "./shown.ts";
import { t } from "./texts.ts";

/**
 * One line of facts. There is no variant for "nothing": what isn't known says why, what isn't in the source says how it was
 * worked out, and a dash has no place to stand.
 */
export type Fact =
  | { kind: "known"; label: string; value: Shown }
  | { kind: "unknown"; label: string; why: string }
  | { kind: "computed"; label: string; value: Shown; how: string };

export interface FactsProps {
  lang: Language;
  facts: readonly Fact[];
  /** Labels above the values also on a wide page, for a narrow column. */
  isNarrow?: boolean;
}

export function Facts({ lang, facts, isNarrow = false }: FactsProps) {
  return (
    <dl class={classes("facts", !isNarrow && "facts--wide")}>
      {facts.map((fact) => (
        <div>
          <dt>{fact.label}</dt>
          <dd>
            <FactValue lang={lang} fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ lang, fact }: { lang: Language; fact: Fact }) {
  if (fact.kind === "known") return <>{fact.value}</>;
  if (fact.kind === "unknown") {
    return (
      <>
        <span class="unknown">{t(lang, "unknown")}</span> {fact.why}
      </>
    );
  }
  return (
    <>
      {fact.value} <span class="computed">({t(lang, "computed")})</span>
      <p class="small dim">{fact.how}</p>
    </>
  );
}

export interface GlanceProps {
  lang: Language;
  id?: string;
  title?: string | undefined;
  children: Children;
}

/** The box at the top of a decision: the whole matter in half a screen. */
export function Glance({ lang, id = "glance", title, children }: GlanceProps) {
  return (
    <section class="glance" aria-labelledby={id}>
      <h2 id={id}>{title ?? t(lang, "glance")}</h2>
      {children}
    </section>
  );
}

/** `open`: one can still act. `wait`: somebody else acts. `late`: past its day. `done`: over. */
export type StateKind = "open" | "wait" | "late" | "done";

const STATE_TEXT = { open: "stateOpen", wait: "stateWait", late: "stateLate", done: "stateDone" } as const;

/** A state in words with a bar before them; colour only helps. */
export function State({ lang, kind, text }: { lang: Language; kind: StateKind; text?: string | undefined }) {
  return <span class={`state state--${kind}`}>{text ?? t(lang, STATE_TEXT[kind])}</span>;
}
