/** What the module's routes and private pages everywhere lean on, made from the settings. */
import type { Clock } from "#core/clock.ts";
import type { Config } from "#core/config.ts";
import type { PageServices } from "#core/http/pages.ts";
import type { Sealer } from "#core/seal.ts";
import type { DemoIdentity } from "./demo/identity.ts";
import { authorizationsOf } from "./mandates/authorizations-settings.ts";
import type { MandateServices } from "./mandates/tools.ts";
import { parkedForms } from "./parked.ts";
import { SIGN_IN } from "./paths.ts";
import { openVisitors } from "./sessions/visitor.ts";
import { openRelyingParty } from "./sign-in/oidc.ts";
import type { Provider } from "./sign-in/provider.ts";

export interface SignInSettings {
  providers: readonly Provider[];
  sealer: Sealer;
  /** Whether links can be sent by mail. */
  hasMail: boolean;
  /** Whether providers may be reached without HTTPS: on this machine only. */
  isInsecure: boolean;
  /** The demo's own provider; null for real ones. */
  demo: DemoIdentity | null;
}

export function accountServices(
  pages: PageServices,
  settings: SignInSettings,
  config: Config,
  clock: Clock,
): MandateServices {
  const { providers, sealer, hasMail, isInsecure } = settings;
  const party = openRelyingParty(pages.origin, isInsecure);
  return {
    ...pages,
    clock,
    visitors: openVisitors(pages.db, clock),
    parked: parkedForms(pages.db, sealer, clock),
    signInAt: (language, returnTo, needs) =>
      SIGN_IN.href(language, {}, { return: returnTo, ...(needs === "strong" && { needs }) }),
    signIn: { db: pages.db, sealer, party, providers },
    hasMail,
    authorizations: authorizationsOf(config),
  };
}
