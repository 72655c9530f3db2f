/** Routes of one's own sessions. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { withPerson } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { addPrivateAction, addPrivatePage, type PrivateServices } from "#core/http/private-pages.ts";
import { END_SESSION, SESSIONS } from "../paths.ts";
import { mayEndOwnSession, maySeeOwnSessions } from "../policy.ts";
import { deleteSession, selectSessions } from "./queries.ts";
import { sessionsPage } from "./sessions-page.tsx";

const SHOWN = 100;

export function addSessions(app: FastifyInstance, services: PrivateServices): void {
  addPrivatePage(app, services, {
    path: SESSIONS,
    params: Type.Object({}),
    permission: () => maySeeOwnSessions,
    async load(db, { actor, now }) {
      const person = requirePerson(actor);
      return { rows: await withPerson(db, person, (tx) => selectSessions(tx, person, now, SHOWN)) };
    },
    view: sessionsPage,
  });
  addPrivateAction(app, services, {
    path: END_SESSION,
    page: SESSIONS,
    params: Type.Object({ id: Type.String({ format: "uuid" }) }),
    permission: () => mayEndOwnSession,
    async act(db, _values, { actor, params, language, now }) {
      const person = requirePerson(actor);
      await withPerson(db, person, async (tx) => {
        if (!(await deleteSession(tx, person, params.id))) throw missing(`session ${params.id}`);
        const act = { city: "joint", action: "end", subjectKind: "session", subjectId: params.id } as const;
        await recordAudit(tx, actor, { ...act, about: person }, now);
      });
      return `${SESSIONS.href(language)}?done=sessionEnded`;
    },
  });
}
