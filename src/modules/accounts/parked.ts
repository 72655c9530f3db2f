/** What somebody typed before they had to sign in, kept for the browser that typed it. */
import type { Clock } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import type { ParkedForms } from "#core/http/private-pages.ts";
import { newId } from "#core/ids.ts";
import type { Sealer } from "#core/seal.ts";
import { insertParkedForm, selectOptionalParkedForm, withBrowser } from "./parked.queries.ts";
import { type Limit, networkOf, requireWithin } from "./sign-in/limits.ts";
import { browserOf, markBrowser } from "./sessions/cookies.ts";

/** As long as the browser's mark lasts. */
const KEPT_MINUTES = 60;

/** Anybody can send a form without being signed in, and each is kept for an hour: no network fills the database by that. A school is one, too. */
const FORMS_FROM_NETWORK: Limit = { name: "forms kept for a network", most: 120, minutes: KEPT_MINUTES };

/** Errors: TooMany, from a network that has as many as it may have. */
export function parkedForms(db: Db, sealer: Sealer, clock: Clock): ParkedForms {
  return {
    async park(request, reply, path, values) {
      const now = clock();
      await requireWithin({ db, sealer }, FORMS_FROM_NETWORK, networkOf(request.ip), now);
      const browser = markBrowser(request, reply);
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
