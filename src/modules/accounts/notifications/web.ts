/** Routes of notifications. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { choicesOf } from "#core/http/forms.ts";
import { addPrivateAction, addPrivateForm, addPrivatePage, type PrivateServices } from "#core/http/private-pages.ts";
import type { MailKind } from "#core/retention.ts";
import { requireSurelyKnown } from "../me/known.ts";
import { chooseMail, markRead } from "./choose.ts";
import { byMailPage } from "./mail-page.tsx";
import { notificationsPage } from "./page.tsx";
import { BY_MAIL, MARK_READ, NOTIFICATIONS } from "./paths.ts";
import { mayChooseMail, mayReadNotifications } from "./policy.ts";
import { countUnread, selectMailChoice, selectNotifications } from "./queries.ts";

/** On one page. */
const MANY = 20;

/** `kinds`: of all modules. */
export function addNotifications(app: FastifyInstance, services: PrivateServices, kinds: readonly MailKind[]): void {
  addPrivatePage(app, services, {
    path: NOTIFICATIONS,
    params: Type.Object({}),
    query: Type.Object({ after: Type.Optional(Type.String({ format: "uuid" })) }),
    permission: () => mayReadNotifications,
    async load(db, { actor, query }) {
      const person = requirePerson(actor);
      const after = typeof query["after"] === "string" ? query["after"] : null;
      return withPerson(db, person, async (tx) => {
        await requireSurelyKnown(tx, actor, person);
        const rows = await selectNotifications(tx, person, after, MANY + 1);
        const unread = await countUnread(tx, person);
        return { rows: rows.slice(0, MANY), hasMore: rows.length > MANY, isFurtherOn: after !== null, unread };
      });
    },
    view: notificationsPage,
  });
  addPrivateAction(app, services, {
    path: MARK_READ,
    page: NOTIFICATIONS,
    params: Type.Object({ id: Type.String({ format: "uuid" }) }),
    permission: () => mayReadNotifications,
    async act(db, _values, { actor, params, language, now }) {
      await markRead(db, actor, params.id, now);
      return NOTIFICATIONS.href(language, {}, { done: "read" });
    },
  });
  addPrivateForm(app, services, {
    path: BY_MAIL,
    params: Type.Object({}),
    permission: () => mayChooseMail,
    fields: ["wanted"],
    async load(db, { actor }) {
      const person = requirePerson(actor);
      return { ...(await withPerson(db, person, (tx) => selectMailChoice(tx, person))), kinds };
    },
    view: byMailPage,
    async act(db, values, { actor, language, now }) {
      await chooseMail(db, actor, { wanted: choicesOf(values, "wanted"), kinds }, now);
      return BY_MAIL.href(language, {}, { done: "chosen" });
    },
  });
}
