/** Routes of one's own pages. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson, signedIn } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { addPrivatePage, type PrivateServices } from "#core/http/private-pages.ts";
import { ME } from "../paths.ts";
import { selectPerson } from "../people/queries.ts";
import { mePage } from "./me-page.tsx";

export function addMe(app: FastifyInstance, services: PrivateServices): void {
  addPrivatePage(app, services, {
    path: ME,
    params: Type.Object({}),
    permission: () => signedIn("see their own pages"),
    async load(db, { actor }) {
      const id = requirePerson(actor);
      return { person: await withPerson(db, id, (tx) => selectPerson(tx, id)) };
    },
    view: mePage,
  });
}
