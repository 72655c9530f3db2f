/** The strip at the top of private pages: who is signed in, as whom they act, and the way out. */
import type { Language } from "#core/cities.ts";
import type { Visitor } from "#core/http/visitor.ts";
import { ACTING } from "./organisations/paths.ts";
import { ME, SIGN_OUT } from "./paths.ts";
import { t } from "./texts.ts";

export function Self({ lang, visitor }: { lang: Language; visitor: Visitor }) {
  const { actor, person, actingAs } = visitor;
  if (!person) return null;
  return (
    <section class="self" aria-label={t(lang, "self")}>
      <div class="wrap">
        <p>
          <a href={ME.href(lang)}>{t(lang, "signedInAs", { name: person.name })}</a>
        </p>
        {actor.kind === "staff" ? (
          actingAs !== null && <p>{t(lang, "actingAs", { name: actingAs })}</p>
        ) : (
          <p>
            {actingAs === null ? t(lang, "actingAsOneself") : t(lang, "actingAs", { name: actingAs })}{" "}
            <a href={ACTING.href(lang)} aria-label={t(lang, "changeActing")}>
              {t(lang, "change")}
            </a>
          </p>
        )}
        <form action={SIGN_OUT.href(lang)} method="post">
          <button class="plain-button" type="submit">
            {t(lang, "signOut")}
          </button>
        </form>
      </div>
    </section>
  );
}
