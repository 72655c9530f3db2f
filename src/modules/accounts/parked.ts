/** What somebody typed before they had to sign in, kept for the browser that typed it. */
import type { Clock } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import type { ParkedForms } from "#core/http/private-pages.ts";
import { newId } from "#core/ids.ts";
import { insertParkedForm, selectOptionalParkedForm, withBrowser } from "./parked.queries.ts";
import { browserOf, markBrowser } from "./sessions/cookies.ts";

/** As long as the browser's mark lasts. */
const KEPT_MINUTES = 60;

export function parkedForms(db: Db, clock: Clock): ParkedForms {
  return {
    async park(request, reply, path, values) {
      const browser = markBrowser(request, reply);
      const now = clock();
      const id = newId(now);
      const expiresAt = now.add({ minutes: KEPT_MINUTES });
      await withBrowser(db, browser, (tx) => insertParkedForm(tx, { id, browser, path, values, expiresAt }));
      return id;
    },
    async find(request, path, id) {
      const browser = browserOf(request);
      if (browser === undefined) return undefined;
      return withBrowser(db, browser, (tx) => selectOptionalParkedForm(tx, id, path, clock()));
    },
  };
}
