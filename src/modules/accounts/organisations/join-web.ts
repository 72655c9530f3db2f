/** Route of an invitation's link. Looking takes nothing: mail programs look at links before people do. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { authorise, requirePerson } from "#core/actor.ts";
import { type Db, withPerson, withTx } from "#core/db.ts";
import { addPrivateForm, type PrivateRequest } from "#core/http/private-pages.ts";
import { SECRET_PATTERN } from "#core/secrets.ts";
import { LINKS_FROM_NETWORK, networkOf, requireWithin } from "../sign-in/limits.ts";
import { doneAt } from "./form-page.tsx";
import { type OpenInvitation, selectOptionalInvitation } from "./invitations.queries.ts";
import { takeInvitation } from "./invitations.ts";
import { invitationPage } from "./join-pages.tsx";
import * as paths from "./paths.ts";
import { mayOpenInvitation, mayTakeInvitation } from "./policy.ts";
import type { OrganisationServices } from "./services.ts";

type Asked = PrivateRequest<{ token: string }>;

export function addInvitations(app: FastifyInstance, all: OrganisationServices): void {
  addPrivateForm(app, all, {
    path: paths.INVITATION,
    params: Type.Object({ token: Type.String({ pattern: SECRET_PATTERN }) }),
    permission: () => mayOpenInvitation,
    fields: [],
    load: async (db, ask) => ({ invitation: await find(db, ask) }),
    view: invitationPage,
    async act(db, _values, ask) {
      const { params, language, now, http } = ask;
      const invitation = await find(db, ask);
      if (invitation && (await take(db, invitation, ask)))
        return doneAt(paths.MY_ORGANISATION.href(language, { id: invitation.organisation }), "joined");
      // The page says that the link works no more. Guessing many is slowed down.
      await requireWithin(all.signIn, LINKS_FROM_NETWORK, networkOf(http.request.ip), now);
      return paths.INVITATION.href(language, params);
    },
  });
}

const find = (db: Db, { params, now }: Asked): Promise<OpenInvitation | undefined> =>
  withTx(db, null, (tx) => selectOptionalInvitation(tx, params.token, now));

async function take(db: Db, invitation: OpenInvitation, { actor, params, now }: Asked): Promise<boolean> {
  // Asked before a transaction is opened for a person: there may be none yet.
  authorise(actor, mayTakeInvitation(invitation.role));
  const { token } = params;
  return withPerson(db, requirePerson(actor), (tx) => takeInvitation(tx, actor, { token, invitation }, now));
}
