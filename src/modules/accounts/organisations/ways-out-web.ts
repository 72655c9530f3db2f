/** Routes of handing over, leaving and ending an organisation. */
import type { FastifyInstance } from "fastify";
import { requirePerson } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { invalid } from "#core/errors.ts";
import { textOf } from "#core/http/forms.ts";
import { addPrivateForm } from "#core/http/private-pages.ts";
import { endOrganisation } from "./end.ts";
import { doneAt } from "./form-page.tsx";
import * as pages from "./member-pages.tsx";
import { handOver, leaveOrganisation } from "./members.ts";
import { loadAsOwner } from "./my-web.ts";
import { lockAsMember } from "./owner.ts";
import * as paths from "./paths.ts";
import { mayLeaveOrganisation, mayRunSome } from "./policy.ts";
import { IdParams, type OrganisationServices } from "./services.ts";
import { t } from "./texts.ts";

export function addWaysOut(app: FastifyInstance, all: OrganisationServices): void {
  addPrivateForm(app, all, {
    path: paths.HAND_OVER,
    params: IdParams,
    permission: () => mayRunSome,
    fields: ["to", "leave"],
    load: loadAsOwner,
    view: pages.handOverPage,
    async act(db, values, { actor, params, language, now }) {
      const isLeaving = textOf(values, "leave") !== "";
      const heir = { organisation: params.id, member: textOf(values, "to"), language, isLeaving };
      await withPerson(db, requirePerson(actor), (tx) => handOver(tx, actor, heir, now));
      const page = isLeaving ? paths.MY_ORGANISATIONS : paths.MY_ORGANISATION;
      return doneAt(page.href(language, params), "handedOver");
    },
  });
  addPrivateForm(app, all, {
    path: paths.LEAVE,
    params: IdParams,
    permission: () => mayLeaveOrganisation,
    fields: [],
    load: (db, { actor, params }) => withPerson(db, requirePerson(actor), (tx) => lockAsMember(tx, actor, params.id)),
    view: pages.leavePage,
    async act(db, _values, { actor, params, language, now }) {
      const left = { organisation: params.id, language };
      await withPerson(db, requirePerson(actor), (tx) => leaveOrganisation(tx, actor, left, now));
      return doneAt(paths.MY_ORGANISATIONS.href(language), "left");
    },
  });
  addPrivateForm(app, all, {
    path: paths.END_ORGANISATION,
    params: IdParams,
    permission: () => mayRunSome,
    fields: ["sure"],
    load: loadAsOwner,
    view: pages.endPage,
    async act(db, values, { actor, params, language, now }) {
      if (textOf(values, "sure") === "")
        throw invalid("not confirmed", [{ field: "sure", message: t(language, "endSureWrong") }]);
      await withPerson(db, requirePerson(actor), (tx) => endOrganisation(tx, actor, params.id, now));
      return doneAt(paths.MY_ORGANISATIONS.href(language), "ended");
    },
  });
}
