/** What a page tells beside its matter: notices, mistakes in a form, emptiness, a missing translation. */
import type { Language } from "#core/cities.ts";
import { classes, type Children, type Shown } from "./shown.ts";
import { t } from "./texts.ts";

export type NoticeKind = "info" | "success" | "alert" | "error";

export interface NotificationProps {
  id: string;
  kind?: NoticeKind;
  title: string;
  children?: Children;
}

export function Notification({ id, kind = "info", title, children }: NotificationProps) {
  return (
    <section class={classes("hds-notification", kind !== "info" && `hds-notification--${kind}`)} aria-labelledby={id}>
      <div class="hds-notification__content">
        <h2 class="hds-notification__label" id={id}>
          {title}
        </h2>
        {children && <div class="hds-notification__body">{children}</div>}
      </div>
    </section>
  );
}

/** A mistake in a form: which field, and what to do. */
export interface FieldMistake {
  field: string;
  message: string;
}

/** All mistakes of a form at its top. It takes focus when the page opens, without a script. */
export function ErrorSummary({ lang, mistakes }: { lang: Language; mistakes: readonly FieldMistake[] }) {
  return (
    <section class="hds-notification hds-notification--error errors" aria-labelledby="mistakes" tabIndex={-1} autofocus>
      <div class="hds-notification__content">
        <h2 class="hds-notification__label" id="mistakes">
          {t(lang, "errorSummary", { count: mistakes.length })}
        </h2>
        <div class="hds-notification__body hds-error-summary__body">
          <ul>
            {mistakes.map((mistake) => (
              <li>
                <a href={`#${mistake.field}`}>{mistake.message}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}

/** An empty list: one sentence that says so, and a way on. */
export function Empty({ text, link }: { text: Shown; link?: { href: string; label: string } | undefined }) {
  return (
    <p class="empty">
      {text}
      {link && (
        <>
          {" "}
          <a href={link.href}>{link.label}</a>
        </>
      )}
    </p>
  );
}

/** "vain suomeksi", beside a title; nothing when the text is in the reader's language. */
export function OnlyIn({ lang, original }: { lang: Language; original: Language }) {
  if (lang === original) return null;
  return <span class="only-in">{t(lang, "onlyIn", { original })}</span>;
}

/** The same said in full, above a whole text that isn't in the reader's language. */
export function OnlyInNotice({ lang, original }: { lang: Language; original: Language }) {
  if (lang === original) return null;
  return <p class="only-in-notice">{t(lang, "onlyInWhy", { original })}</p>;
}

/** Authored text of up to three languages. */
export interface LocalText {
  original: Language;
  texts: Partial<Record<Language, string>>;
}

/** The text in the reader's language, or visibly in the one it was written in, marked for screen readers and hyphenation. */
export function Translated({ lang, text }: { lang: Language; text: LocalText }) {
  const own = text.texts[lang];
  if (own !== undefined) return <>{own}</>;
  return (
    <>
      <span lang={text.original}>{text.texts[text.original]}</span> <OnlyIn lang={lang} original={text.original} />
    </>
  );
}
