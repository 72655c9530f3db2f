/** Routes of helping residents at the desk and on the phone. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { CITY_CODES } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { invalid, missing } from "#core/errors.ts";
import { addPrivateAction, addPrivateForm } from "#core/http/private-pages.ts";
import type { DeskEntry } from "#core/rights.ts";
import { endGuardianship, listGuardianships, recordGuardian } from "./guardian.ts";
import { GUARDIAN_FIELDS, readGuardian } from "./guardian-form.ts";
import { endGuardianPage, guardiansPage } from "./guardians-page.tsx";
import { beginHelping, stopHelping } from "./help.ts";
import { HELP_FIELDS, readHelp, readReason, REASON } from "./help-form.ts";
import { helpPage } from "./help-page.tsx";
import { END_GUARDIAN, GUARDIANS, HELP, STOP_HELPING } from "./paths.ts";
import { mayHelp, mayRecordGuardian } from "./policy.ts";
import { t } from "./texts.ts";
import { type MandateServices, toolsOf } from "./tools.ts";

const City = { city: Type.Enum([...CITY_CODES]) };
const CityParams = Type.Object(City);
const GuardianParams = Type.Object({ ...City, id: Type.String({ format: "uuid" }) });

/** The desk's pages for advisors. */
export const HELP_DESK: readonly DeskEntry[] = [
  {
    title: (language) => t(language, "help"),
    note: (language) => t(language, "helpLead"),
    href: (language, city) => HELP.href(language, { city }),
    permission: mayHelp,
  },
  {
    title: (language) => t(language, "guardians"),
    note: (language) => t(language, "guardiansLead"),
    href: (language, city) => GUARDIANS.href(language, { city }),
    permission: mayRecordGuardian,
  },
];

export function addHelpDesk(app: FastifyInstance, services: MandateServices): void {
  addHelping(app, services);
  addGuardians(app, services);
  addGuardianEnd(app, services);
}

function addHelping(app: FastifyInstance, services: MandateServices): void {
  const tools = toolsOf(services);
  addPrivateForm(app, services, {
    path: HELP,
    params: CityParams,
    permission: ({ city }) => mayHelp(city),
    fields: HELP_FIELDS,
    secret: ["code"],
    load: async (_db, { actor }) => ({ reason: (actor.kind === "staff" && actor.helps?.reason) || null }),
    view: helpPage,
    async act(_db, values, { actor, params, language, visitor, now }) {
      const desk = { city: params.city, session: visitor.session ?? "" };
      await beginHelping(tools, actor, desk, readHelp(values, language), language, now);
      return HELP.href(language, params, { done: "helping" });
    },
  });
  addPrivateAction(app, services, {
    path: STOP_HELPING,
    page: HELP,
    params: CityParams,
    permission: ({ city }) => mayHelp(city),
    async act(_db, _values, { actor, params, language, visitor, now }) {
      await stopHelping(tools, actor, { city: params.city, session: visitor.session ?? "" }, now);
      return HELP.href(language, params, { done: "helpEnded" });
    },
  });
}

function addGuardians(app: FastifyInstance, services: MandateServices): void {
  addPrivateForm(app, services, {
    path: GUARDIANS,
    params: CityParams,
    permission: ({ city }) => mayRecordGuardian(city),
    fields: GUARDIAN_FIELDS,
    secret: ["code"],
    load: async (db, { actor, params, language, now }) => ({
      children: await listGuardianships(db, actor, { city: params.city, language, now }),
    }),
    view: guardiansPage,
    async act(_db, values, { actor, params, language, now }) {
      const wanted = readGuardian(values, language, dayInFinland(now));
      await recordGuardian(toolsOf(services), actor, wanted, { city: params.city, language, now });
      return GUARDIANS.href(language, params, { done: "guardianRecorded" });
    },
  });
}

function addGuardianEnd(app: FastifyInstance, services: MandateServices): void {
  addPrivateForm(app, services, {
    path: END_GUARDIAN,
    params: GuardianParams,
    permission: ({ city }) => mayRecordGuardian(city),
    fields: ["reason"],
    async load(db, { actor, params, language, now }) {
      const children = await listGuardianships(db, actor, { city: params.city, language, now });
      const mandate = children?.find(({ id }) => id === params.id);
      if (!mandate) throw missing(`guardianship ${params.id}`);
      return { mandate };
    },
    view: endGuardianPage,
    async act(_db, values, { actor, params, language, now }) {
      const reason = readReason(values);
      if (reason === undefined)
        throw invalid("no reason", [{ field: "reason", message: t(language, "reasonWrong", REASON) }]);
      const desk = { city: params.city, language, now };
      await endGuardianship(toolsOf(services), actor, { id: params.id, reason }, desk);
      return GUARDIANS.href(language, { city: params.city }, { done: "guardianEnded" });
    },
  });
}
