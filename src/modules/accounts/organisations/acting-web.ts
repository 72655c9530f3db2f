/** Routes of choosing as whom one acts. */
import type { FastifyInstance } from "fastify";
import { requirePerson } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { unauthenticated } from "#core/errors.ts";
import { textOf } from "#core/http/forms.ts";
import { addPrivateForm } from "#core/http/private-pages.ts";
import { actingPage } from "./acting-page.tsx";
import { chooseActing, listActing } from "./acting.ts";
import { doneAt } from "./form-page.tsx";
import { ACTING } from "./paths.ts";
import { mayChooseActing } from "./policy.ts";
import { Nothing, type OrganisationServices } from "./services.ts";

export function addActing(app: FastifyInstance, all: OrganisationServices): void {
  const { actingSources: sources } = all;
  addPrivateForm(app, all, {
    path: ACTING,
    params: Nothing,
    permission: () => mayChooseActing,
    fields: ["as"],
    async load(db, { actor, language, now }) {
      const person = requirePerson(actor);
      return { choices: await withPerson(db, person, (tx) => listActing(tx, sources, { person, language }, now)) };
    },
    view: actingPage,
    async act(db, values, { actor, visitor: { session }, language, now }) {
      if (session === null) throw unauthenticated("no session to act in");
      const choice = { session, value: textOf(values, "as"), sources, language };
      await withPerson(db, requirePerson(actor), (tx) => chooseActing(tx, actor, choice, now));
      return doneAt(ACTING.href(language), "acting");
    },
  });
}
