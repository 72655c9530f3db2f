/** The register of mandates that the settings name. */
import type { Config } from "#core/config.ts";
import { type AuthorizationsClient, openAuthorizations } from "./authorizations-client.ts";

type Settings = Pick<
  Config,
  "AUTHORIZATIONS_URL" | "AUTHORIZATIONS_CLIENT" | "AUTHORIZATIONS_KEY" | "AUTHORIZATIONS_SECRET"
>;

/** Null when they name none: core/config.ts holds that all four are set, or none. */
export function authorizationsOf(settings: Settings): AuthorizationsClient | null {
  const {
    AUTHORIZATIONS_URL: address,
    AUTHORIZATIONS_CLIENT: clientId,
    AUTHORIZATIONS_KEY: apiKey,
    AUTHORIZATIONS_SECRET: oauthSecret,
  } = settings;
  if (address === undefined || clientId === undefined || apiKey === undefined || oauthSecret === undefined) return null;
  return openAuthorizations({ address, clientId, apiKey, oauthSecret });
}
