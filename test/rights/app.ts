/** The app whose routes the table of rights holds: with the interface of a city's profile service, which is closed by default. */
import { type Scope, type TestApp, testApp } from "../app.ts";

export const openRightsApp = (scope: Scope): Promise<TestApp> =>
  testApp(scope, {
    demo: true,
    settings: { RATE_LIMIT: "0", GDPR_API_ISSUER: "https://profile.example.fi", GDPR_API_AUDIENCE: "avoin" },
  });
