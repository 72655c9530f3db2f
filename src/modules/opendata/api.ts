/** The public change log for machines: everything that became public, changed or went away, in order. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { parseCursor, readChanges, START } from "#core/change.ts";
import { TENANTS } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { addApiRoute, type ApiServices } from "#core/http/api.ts";
import { mayReadChanges, mayReadDescription } from "./policy.ts";

const DEFAULT_LIMIT = 100;

/** Whoever keeps a copy has to bear kinds of modules to come. */
const KINDS =
  "decision or matter (of a city), organisation (joint); more kinds may come: pass over those you do not know";

const ChangesQuery = Type.Object({
  after: Type.Optional(
    Type.String({
      pattern: "^\\d{1,18}\\.\\d{1,18}$",
      description: "`cursor` of the answer before; none = from the beginning",
    }),
  ),
  city: Type.Optional(
    Type.Enum([...TENANTS], { description: "Only changes of this city; joint = of all cities together" }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: DEFAULT_LIMIT })),
});

const Changes = Type.Object({
  changes: Type.Array(
    Type.Object({
      city: Type.String({ description: "A city's code, or joint for what belongs to no single city" }),
      kind: Type.String({ description: KINDS }),
      id: Type.String({ format: "uuid" }),
      verb: Type.Enum(["published", "changed", "deleted"]),
      at: Type.String({ format: "date-time" }),
      cursor: Type.String(),
    }),
  ),
  cursor: Type.String({ description: "Ask again with ?after= this; the same as before when nothing is new" }),
});

export function addChangesApi(api: FastifyInstance, db: Db, services: ApiServices): void {
  addApiRoute(api, services, {
    path: "/changes",
    summary: "Log of public changes, oldest first; never skips one",
    tag: "Changes",
    permission: mayReadChanges,
    query: ChangesQuery,
    response: Changes,
    async handle({ query }) {
      const after = query.after === undefined ? START : parseCursor(query.after);
      return readChanges(db, { after, limit: query.limit ?? DEFAULT_LIMIT, city: query.city });
    },
  });

  const config = { permission: mayReadDescription };
  api.get("/openapi.json", { config, schema: { hide: true } }, async (_request, reply) => {
    reply.header("cache-control", "public, max-age=300");
    return api.swagger();
  });
}
