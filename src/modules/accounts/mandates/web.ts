/** Routes of one's own mandates. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import { dayInFinland } from "#core/clock.ts";
import { textOf } from "#core/http/forms.ts";
import { addPrivateAction, addPrivateForm, addPrivatePage, type PrivateRequest } from "#core/http/private-pages.ts";
import { SECRET_PATTERN } from "#core/secrets.ts";
import { beginActing, stopActing } from "./act.ts";
import { REFUSALS } from "./authorize-refused.ts";
import { addAuthorize } from "./authorize-web.ts";
import { addHelpDesk } from "./desk.ts";
import { endMandate, listMandates, openMandate } from "./end.ts";
import { offerMandate, resendOffer } from "./give.ts";
import { givePage } from "./give-page.tsx";
import { mandatesPage } from "./mandates-page.tsx";
import { OFFER_FIELDS, readOffer } from "./offer.ts";
import { offerPage } from "./offer-page.tsx";
import { actPage, endPage, type OneMandate } from "./one-page.tsx";
import * as paths from "./paths.ts";
import * as policy from "./policy.ts";
import { declineMandate, openOffer, takeMandate } from "./take.ts";
import { type MandateServices, toolsOf } from "./tools.ts";

const NOTHING = Type.Object({});
const IdParams = Type.Object({ id: Type.String({ format: "uuid" }) });
const TokenParams = Type.Object({ token: Type.String({ pattern: SECRET_PATTERN }) });

export function addMandates(app: FastifyInstance, services: MandateServices): void {
  addList(app, services);
  addGiving(app, services);
  addTaking(app, services);
  addActing(app, services);
  addEnding(app, services);
  addAuthorize(app, services);
  addHelpDesk(app, services);
}

const doneAt = ({ language }: PrivateRequest<object>, done: string): string =>
  paths.MANDATES.href(language, {}, { done });

function addList(app: FastifyInstance, services: MandateServices): void {
  addPrivatePage(app, services, {
    path: paths.MANDATES,
    params: NOTHING,
    query: Type.Object({ why: Type.Optional(Type.Enum([...REFUSALS])) }),
    permission: () => policy.maySeeMandates,
    load: async (db, { actor, now, query }) => ({
      person: requirePerson(actor),
      mandates: await listMandates(db, actor),
      today: dayInFinland(now),
      hasRegister: services.authorizations !== null,
      why: REFUSALS.find((one) => one === query["why"]),
    }),
    view: mandatesPage,
  });
}

function addGiving(app: FastifyInstance, services: MandateServices): void {
  const tools = toolsOf(services);
  addPrivateForm(app, services, {
    path: paths.GIVE_MANDATE,
    params: NOTHING,
    permission: () => policy.mayGiveMandate,
    fields: OFFER_FIELDS,
    load: async (_db, { now }) => ({ today: dayInFinland(now) }),
    view: givePage,
    async act(_db, values, ask) {
      const { actor, language, now } = ask;
      await offerMandate(tools, actor, readOffer(values, language, dayInFinland(now)), language, now);
      return doneAt(ask, "offered");
    },
  });
  addPrivateAction(app, services, {
    path: paths.RESEND_MANDATE,
    page: paths.MANDATES,
    params: IdParams,
    permission: () => policy.mayGiveMandate,
    async act(_db, _values, ask) {
      await resendOffer(tools, ask.actor, ask.params.id, ask.now);
      return doneAt(ask, "resent");
    },
  });
}

function addTaking(app: FastifyInstance, services: MandateServices): void {
  const tools = toolsOf(services);
  addPrivateForm(app, services, {
    path: paths.MANDATE_OFFER,
    params: TokenParams,
    permission: () => policy.mayTakeMandate,
    fields: ["for"],
    load: (db, { actor, params, now }) => openOffer(db, actor, params.token, now),
    view: offerPage,
    async act(_db, values, ask) {
      const { actor, params, language, now } = ask;
      const choice = { token: params.token, wanted: textOf(values, "for"), language };
      const isTaken = await takeMandate(tools, actor, choice, now);
      // The link's own page says why not.
      return isTaken ? doneAt(ask, "taken") : paths.MANDATE_OFFER.href(language, params);
    },
  });
  addPrivateAction(app, services, {
    path: paths.DECLINE_MANDATE,
    page: paths.MANDATE_OFFER,
    params: TokenParams,
    permission: () => policy.mayTakeMandate,
    async act(_db, _values, ask) {
      const { actor, params, language, now } = ask;
      const isDeclined = await declineMandate(tools, actor, params.token, now);
      return isDeclined ? doneAt(ask, "declined") : paths.MANDATE_OFFER.href(language, params);
    },
  });
}

async function loadOne(db: MandateServices["db"], ask: PrivateRequest<{ id: string }>): Promise<OneMandate> {
  const mandate = await openMandate(db, ask.actor, ask.params.id);
  return { person: requirePerson(ask.actor), mandate, today: dayInFinland(ask.now) };
}

function addActing(app: FastifyInstance, services: MandateServices): void {
  addPrivateForm(app, services, {
    path: paths.ACT_BY_MANDATE,
    params: IdParams,
    permission: () => policy.mayActByMandate,
    fields: [],
    load: loadOne,
    view: actPage,
    async act(db, _values, ask) {
      await beginActing(db, ask.actor, ask.visitor.session ?? "", ask.params.id, ask.now);
      return doneAt(ask, "acting");
    },
  });
  addPrivateAction(app, services, {
    path: paths.STOP_ACTING,
    page: paths.MANDATES,
    params: NOTHING,
    permission: () => policy.mayStopActing,
    async act(db, _values, ask) {
      await stopActing(db, ask.actor, ask.visitor.session ?? "", ask.now);
      return doneAt(ask, "stopped");
    },
  });
}

function addEnding(app: FastifyInstance, services: MandateServices): void {
  addPrivateForm(app, services, {
    path: paths.END_MANDATE,
    params: IdParams,
    permission: () => policy.mayEndMandate,
    fields: [],
    load: loadOne,
    view: endPage,
    async act(_db, _values, ask) {
      await endMandate(toolsOf(services), ask.actor, ask.params.id, ask.now);
      return doneAt(ask, "ended");
    },
  });
}
