/** Routes of one's own pages. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { addPrivateForm, addPrivatePage, type PrivateServices } from "#core/http/private-pages.ts";
import type { PersonalData } from "#core/retention.ts";
import { ME } from "../paths.ts";
import { addNotifications } from "../notifications/web.ts";
import { maySeeOwnPages } from "../policy.ts";
import type { SignInServices } from "../sign-in/web.ts";
import { addData, addDataFile } from "./data-web.ts";
import { requireSurelyKnown } from "./known.ts";
import { addContactMail } from "./mail-web.ts";
import { mePage } from "./me-page.tsx";
import { PROFILE, SEEN } from "./paths.ts";
import { mayChangeProfile, maySeeReaders } from "./policy.ts";
import { changeProfile, PROFILE_FIELDS } from "./profile.ts";
import { profilePage } from "./profile-page.tsx";
import { selectOwnPage, selectProfile, selectSeen } from "./queries.ts";
import { seenPage } from "./seen-page.tsx";

export function addMe(app: FastifyInstance, services: PrivateServices): void {
  addPrivatePage(app, services, {
    path: ME,
    params: Type.Object({}),
    permission: () => maySeeOwnPages,
    async load(db, { actor }) {
      const id = requirePerson(actor);
      return withPerson(db, id, (tx) => selectOwnPage(tx, id));
    },
    view: mePage,
  });
}

/** What the pages of one's own data lean on besides. */
export interface OwnDataServices {
  register: PersonalData;
  /** Whom one writes to about what is wrong and can't be changed here. */
  contactMail: string;
}

export function addOwnData(app: FastifyInstance, services: SignInServices, own: OwnDataServices): void {
  addProfile(app, services, own);
  addContactMail(app, services);
  addData(app, services, own);
  addDataFile(app, services, own.register);
  addSeen(app, services);
  addNotifications(app, services, own.register.mailKinds);
}

function addProfile(app: FastifyInstance, services: SignInServices, own: OwnDataServices): void {
  addPrivateForm(app, services, {
    path: PROFILE,
    params: Type.Object({}),
    permission: () => mayChangeProfile,
    fields: PROFILE_FIELDS,
    async load(db, { actor }) {
      const person = requirePerson(actor);
      const profile = await withPerson(db, person, (tx) => selectProfile(tx, person));
      return { profile, contactMail: own.contactMail };
    },
    view: profilePage,
    async act(db, values, { actor, language, now }) {
      const chosen = await changeProfile(db, actor, values, language, now);
      return `${PROFILE.href(chosen)}?done=saved`;
    },
  });
}

const ROWS = 50;

function addSeen(app: FastifyInstance, services: SignInServices): void {
  addPrivatePage(app, services, {
    path: SEEN,
    params: Type.Object({}),
    query: Type.Object({ after: Type.Optional(Type.String({ format: "uuid" })) }),
    permission: () => maySeeReaders,
    async load(db, { actor, query }) {
      const person = requirePerson(actor);
      const after = typeof query["after"] === "string" ? query["after"] : null;
      const rows = await withPerson(db, person, async (tx) => {
        await requireSurelyKnown(tx, actor, person);
        return selectSeen(tx, after, ROWS + 1);
      });
      return { rows: rows.slice(0, ROWS), hasMore: rows.length > ROWS, isFurtherOn: after !== null };
    },
    view: seenPage,
  });
}
