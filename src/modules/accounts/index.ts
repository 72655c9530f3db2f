/** The door of the module: who people are, how they sign in, and what they may. */
import type { FastifyInstance } from "fastify";
import { addMe } from "./me/web.ts";
import { addSessions } from "./sessions/web.ts";
import { addSignOut } from "./sign-in/sign-out.ts";
import { addSignIn, type SignInServices } from "./sign-in/web.ts";

export { ACCOUNT_TIMETABLE, accountJobs } from "./jobs.ts";
export { ME, SIGN_IN } from "./paths.ts";
export { Self } from "./self.tsx";
export { accountServices, type SignInSettings } from "./services.ts";
export { describeDemoPeople, openDemoIdentity } from "./demo/identity.ts";
export { readProviderFile } from "./sign-in/provider-file.ts";
export type { Provider } from "./sign-in/provider.ts";
export { t as accountTexts } from "./texts.ts";

export function addAccounts(app: FastifyInstance, services: SignInServices): void {
  addSignIn(app, services);
  addSignOut(app, services);
  addMe(app, services);
  addSessions(app, services);
}
