/** All routes of organisations but those of the open interface. */
import type { FastifyInstance } from "fastify";
import type { SignInServices } from "../sign-in/web.ts";
import { addActing } from "./acting-web.ts";
import { type ActingSource, organisationChoices } from "./acting.ts";
import { addCreating } from "./create-web.ts";
import { addOrganisationDesk } from "./desk-web.ts";
import { addInvitations } from "./join-web.ts";
import { addMyOrganisations } from "./my-web.ts";
import { addPublicOrganisations } from "./public-web.ts";
import { registerAt } from "./services.ts";
import { addWaysOut } from "./ways-out-web.ts";

export interface OrganisationSettings {
  /** "https://avoindata.prh.fi/opendata-ytj-api/v3" */
  companyRegister: string | undefined;
  /** Whom one may act as besides oneself and one's organisations. */
  actingSources?: readonly ActingSource[];
}

export function addOrganisations(
  app: FastifyInstance,
  services: SignInServices,
  { companyRegister, actingSources = [] }: OrganisationSettings,
): void {
  const register = registerAt(companyRegister);
  const all = { ...services, register, actingSources: [organisationChoices, ...actingSources] };
  addPublicOrganisations(app, services);
  addCreating(app, all);
  addInvitations(app, all);
  addMyOrganisations(app, all);
  addWaysOut(app, all);
  addActing(app, all);
  addOrganisationDesk(app, all);
}
