/** The door of the module: who people are, how they sign in, and what they may. */
import type { FastifyInstance } from "fastify";
import type { DeskEntry, ModuleRights } from "#core/rights.ts";
import { DEMO_RIGHTS } from "./demo/policy.ts";
import { KEY_RIGHTS } from "./keys/policy.ts";
import { addKeys } from "./keys/web.ts";
import { HELP_DESK } from "./mandates/desk.ts";
import { MANDATE_RIGHTS } from "./mandates/policy.ts";
import type { MandateServices } from "./mandates/tools.ts";
import { addMandates } from "./mandates/web.ts";
import { PROFILE_RIGHTS } from "./me/policy.ts";
import { addMe } from "./me/web.ts";
import { NOTIFICATION_RIGHTS } from "./notifications/policy.ts";
import { ORGANISATION_DESK } from "./organisations/desk-web.ts";
import { ORGANISATION_RIGHTS } from "./organisations/policy.ts";
import { SIGN_IN_RIGHTS } from "./policy.ts";
import { ERASURE_RIGHTS } from "./retention/policy.ts";
import { addSessions } from "./sessions/web.ts";
import { addSignOut } from "./sign-in/sign-out.ts";
import { addSignIn } from "./sign-in/web.ts";
import { STAFF_RIGHTS } from "./staff/policy.ts";
import { addStaff, type DeskParts, STAFF_DESK } from "./staff/web.ts";

export { describeDemoPeople, openDemoIdentity } from "./demo/identity.ts";
export { ACCOUNT_TIMETABLE, accountJobs } from "./jobs.ts";
export { findApiKey } from "./keys/find-key.ts";
export { KEYS } from "./keys/paths.ts";
export { type MandateChoice, mandateChoices } from "./mandates/act.ts";
export { mandateActing } from "./mandates/acting-source.ts";
export { actsFor, type Matter, MATTERS } from "./mandates/mandate.ts";
export { accountData } from "./me/sources.ts";
export { addOwnData } from "./me/web.ts";
export { type Notification, notify } from "./notifications/notify.ts";
export { addOrganisationApi } from "./organisations/api.ts";
export { addOrganisations } from "./organisations/web.ts";
export { ME, SIGN_IN } from "./paths.ts";
export { addGdprApi } from "./retention/gdpr-api.ts";
export { erasureJobs, ERASURE_TIMETABLE } from "./retention/jobs.ts";
export { addErasing } from "./retention/web.ts";
export { Self } from "./self.tsx";
export { accountServices, type SignInSettings } from "./services.ts";
export { readProviderFile } from "./sign-in/provider-file.ts";
export type { Provider } from "./sign-in/provider.ts";
export { DESK } from "./staff/paths.ts";
export type { DeskParts } from "./staff/web.ts";
export { t as accountTexts } from "./texts.ts";

/** Pages of a city's desk from every part of the module. */
export const ACCOUNT_DESK: readonly DeskEntry[] = [...HELP_DESK, ...ORGANISATION_DESK, ...STAFF_DESK];

/** Rules of every part of the module. */
export const ACCOUNT_RIGHTS: readonly ModuleRights[] = [
  SIGN_IN_RIGHTS,
  PROFILE_RIGHTS,
  NOTIFICATION_RIGHTS,
  ERASURE_RIGHTS,
  ORGANISATION_RIGHTS,
  MANDATE_RIGHTS,
  KEY_RIGHTS,
  STAFF_RIGHTS,
  DEMO_RIGHTS,
];

/** `desk`: what all modules put on the desks of the cities. */
export function addAccounts(app: FastifyInstance, services: MandateServices, desk: DeskParts): void {
  addSignIn(app, services);
  addSignOut(app, services);
  addMe(app, services);
  addSessions(app, services);
  addStaff(app, services, desk);
  addKeys(app, services);
  addMandates(app, services);
}
