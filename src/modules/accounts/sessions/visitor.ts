/** Who sends a request: the cookie's session, its person and their rights, by one statement a request at most. */
import type { FastifyRequest } from "fastify";
import type { Clock } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import { NOBODY, type Visitor, type Visitors } from "#core/http/visitor.ts";
import { sessionSecret } from "./cookies.ts";
import { selectOptionalSession } from "./queries.ts";
import { actingAsOf, actorOf, nameOf } from "./session.ts";

export function openVisitors(db: Db, clock: Clock): Visitors {
  const known = new WeakMap<FastifyRequest, Promise<Visitor>>();
  return {
    of(request) {
      let visitor = known.get(request);
      if (!visitor) known.set(request, (visitor = find(db, sessionSecret(request), clock)));
      return visitor;
    },
  };
}

async function find(db: Db, secret: string | undefined, clock: Clock): Promise<Visitor> {
  const found = secret === undefined ? null : await selectOptionalSession(db, secret, clock());
  if (!found) return NOBODY;
  return {
    actor: actorOf(found),
    person: { id: found.person, name: nameOf(found), language: found.language },
    actingAs: actingAsOf(found),
    session: found.session,
  };
}
