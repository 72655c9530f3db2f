/**
 * Suomi.fi e-Authorizations (Suomi.fi-valtuudet), its web API: who may act for whom, by mandate, guardianship or a role in a
 * company. "hpa" is acting for a person, "ypa" for an organisation.
 *
 * Sources: Digital and Population Data Services Agency, "Web API and selection interface" (kehittajille.suomi.fi), and the
 * open integrations: the agency's own examples (vrk-kpa/roles-auths-client, vrk-kpa/roles-auths-web-api-node-client), the
 * National Agency for Education (Opetushallitus/koski) and Helsinki (City-of-Helsinki/yjdh). Where they disagree:
 * - issues are asked for as `issues`, a parameter for each, as in the agency's examples, and not as `issue`;
 * - the code is exchanged by parameters in the address, as by all but one example, though RFC 6749 puts them into the body.
 *
 * By that API's design national identity codes stand in addresses. A request's address is therefore never put into an error
 * or a log, nor is what the server says: that may repeat the address.
 */
import { createHmac } from "node:crypto";
import type { Temporal } from "temporal-polyfill";
import Type, { type Static, type TSchema } from "typebox";
import { Check } from "typebox/value";
import type { Language } from "#core/cities.ts";
import { type AppError, forbidden, invalid, unavailable } from "#core/errors.ts";
import { parseBusinessId, type BusinessId } from "../organisations/business-id.ts";
import { type Answer, askRegister, type AskOptions } from "../ask-register.ts";

export interface AuthorizationsSettings {
  /** "https://asiointivaltuustarkastus.suomi.fi" */
  address: string;
  clientId: string;
  /** Signs each request. */
  apiKey: string;
  /** The OAuth password. */
  oauthSecret: string;
}

export type MandateKind = "person" | "organisation";

/** A user's visit there: `sessionId` stays with us, `userId` goes into the address that the browser is sent to. */
export interface Registration {
  sessionId: string;
  userId: string;
}

export interface AccessToken {
  accessToken: string;
  /** Null where the service does not say. */
  expiresAt: Temporal.Instant | null;
}

/** What the service is asked with after the user's choice. `requestId` is ours, for tracing a request in its logs and ours. */
export interface AuthorizationsSession {
  sessionId: string;
  accessToken: string;
  requestId: string;
}

/** Whom the user has chosen to act for. */
export interface Principal {
  /** A national identity code. */
  personId: string;
  name: string;
}

/** An organisation that the user has chosen, and their roles in it: "TJ" managing director, "NIMKO" signs for it, and others. */
export interface ChosenOrganisation {
  businessId: BusinessId;
  name: string;
  roles: string[];
  /** False when the Trade Register did not answer the service, so that roles may be missing. */
  isComplete: boolean;
}

/** Errors of all that ask: Unavailable, also for a refusal that our settings or clock cause; Forbidden when the visit is over. */
export interface AuthorizationsClient {
  /** Begins a visit. Errors: Unavailable; Invalid for an identifier that cannot stand in an address. */
  registerUser(kind: MandateKind, nationalId: string, requestId: string, now: Temporal.Instant): Promise<Registration>;
  /** Where the browser is sent for the choice; it comes back to `redirectUri` with `state`, and `code` or `error`. */
  authorizeAddress(visit: { userId: string; redirectUri: string; state: string; language?: Language }): string;
  /** `redirectUri` as in the address before. Errors: Forbidden for a code that is used or too old. */
  exchangeCode(code: string, redirectUri: string, now: Temporal.Instant): Promise<AccessToken>;
  /** Persons whom the user has chosen. A choice is no right yet: see `mayActFor`. */
  principals(session: AuthorizationsSession, now: Temporal.Instant): Promise<Principal[]>;
  /**
   * Whether the user may act for the person in the issues (URIs of mandate themes); without issues, by the rules that the
   * service has for us. Nothing but ALLOWED is a yes. Whether one of several issues is enough is nowhere written: ask one
   * by one where each must hold.
   */
  mayActFor(
    session: AuthorizationsSession,
    principalId: string,
    issues: readonly string[],
    now: Temporal.Instant,
  ): Promise<boolean>;
  organisations(session: AuthorizationsSession, now: Temporal.Instant): Promise<ChosenOrganisation[]>;
}

const NAME = "Suomi.fi e-Authorizations";
const SERVICE: Readonly<Record<MandateKind, string>> = { person: "hpa", organisation: "ypa" };
/** A call is refused whose time is further from the right one, by the interface description. */
const MOST_DRIFT_MS = 5 * 60_000;

const Identifier = Type.String({ minLength: 1, maxLength: 500 });
const RegistrationForm = Type.Object({ sessionId: Identifier, userId: Identifier });
const TokenForm = Type.Object({
  access_token: Type.String({ pattern: "^[\\x21-\\x7e]{1,4000}$" }),
  /** Seconds. */
  expires_in: Type.Optional(Type.Integer({ minimum: 0, maximum: 31_536_000 })),
});
const PrincipalsForm = Type.Array(Type.Object({ personId: Identifier, name: Type.String() }));
const DecisionForm = Type.Object({ result: Type.String() });
const OrganisationsForm = Type.Array(
  Type.Object({
    name: Type.String(),
    identifier: Type.String(),
    complete: Type.Boolean(),
    roles: Type.Array(Type.String()),
  }),
);
const OAuthRefusal = Type.Object({ error: Type.String() });

/** Errors: TypeError for an address that is none. */
export function openAuthorizations(settings: AuthorizationsSettings, options: AskOptions = {}): AuthorizationsClient {
  const { clientId, apiKey, oauthSecret } = settings;
  const base = new URL(settings.address).href.replace(/\/$/, "");
  const addressOf = (path: string, query: string[][]) => new URL(`${base}${path}?${new URLSearchParams(query)}`);

  async function ask(address: URL, now: Temporal.Instant, headers: Record<string, string> = {}) {
    // Of the URL, since its spelling is what is sent: the service counts the checksum of that.
    const checksum = checksumHeader(clientId, apiKey, address.pathname + address.search, now);
    const signed = { "x-asiointivaltuudetauthorization": checksum, ...headers };
    return askRegister(NAME, { address, headers: signed }, options);
  }

  async function askInSession<T extends TSchema>(
    form: T,
    path: string,
    session: AuthorizationsSession,
    now: Temporal.Instant,
    issues: readonly string[] = [],
  ): Promise<Static<T>> {
    const address = addressOf(path, [["requestId", session.requestId], ...issues.map((issue) => ["issues", issue])]);
    const answer = await ask(address, now, { authorization: `Bearer ${session.accessToken}` });
    return taken(form, answer, now, sessionRefusal);
  }

  return {
    async registerUser(kind, nationalId, requestId, now) {
      const path = `/service/${SERVICE[kind]}/user/register/${step(clientId)}/${step(nationalId)}`;
      const answer = await ask(addressOf(path, [["requestId", requestId]]), now);
      const { sessionId, userId } = taken(RegistrationForm, answer, now, registerRefusal);
      return { sessionId, userId };
    },

    authorizeAddress({ userId, redirectUri, state, language }) {
      const query = [
        ["client_id", clientId],
        ["response_type", "code"],
        ["redirect_uri", redirectUri],
        ["user", userId],
        ["state", state],
        ...(language === undefined ? [] : [["lang", language]]),
      ];
      return addressOf("/oauth/authorize", query).href;
    },

    async exchangeCode(code, redirectUri, now) {
      const query = [
        ["grant_type", "authorization_code"],
        ["code", code],
        ["redirect_uri", redirectUri],
      ];
      const basic = Buffer.from(`${clientId}:${oauthSecret}`).toString("base64");
      const question = { address: addressOf("/oauth/token", query), method: "POST" as const };
      const answer = await askRegister(NAME, { ...question, headers: { authorization: `Basic ${basic}` } }, options);
      const token = taken(TokenForm, answer, now, tokenRefusal);
      const seconds = token.expires_in;
      return { accessToken: token.access_token, expiresAt: seconds === undefined ? null : now.add({ seconds }) };
    },

    async principals(session, now) {
      const principals = await askInSession(
        PrincipalsForm,
        `/service/hpa/api/delegate/${step(session.sessionId)}`,
        session,
        now,
      );
      return principals.map(({ personId, name }) => ({ personId, name }));
    },

    async mayActFor(session, principalId, issues, now) {
      const path = `/service/hpa/api/authorization/${step(session.sessionId)}/${step(principalId)}`;
      const { result } = await askInSession(DecisionForm, path, session, now, issues);
      return result === "ALLOWED";
    },

    async organisations(session, now) {
      const path = `/service/ypa/api/organizationRoles/${step(session.sessionId)}`;
      return (await askInSession(OrganisationsForm, path, session, now)).map(organisationOf);
    },
  };
}

/**
 * The value of X-AsiointivaltuudetAuthorization: client, time (UTC, to the second) and base64 of the HMAC-SHA256 of "path
 * time". `pathAndQuery`: all behind the host, encoded as it is sent.
 */
export function checksumHeader(clientId: string, apiKey: string, pathAndQuery: string, now: Temporal.Instant): string {
  const time = now.toString({ smallestUnit: "second" });
  const checksum = createHmac("sha256", apiKey).update(`${pathAndQuery} ${time}`).digest("base64");
  return `${clientId} ${time} ${checksum}`;
}

/** A value as one step of a path; an empty one, "." and ".." would make another path of it. Errors: Invalid. */
function step(value: string): string {
  if (!value.isWellFormed() || /^\.{0,2}$/.test(value)) throw invalid(`${NAME}: an identifier that is none`);
  return encodeURIComponent(value);
}

const ofAnotherForm = () => unavailable(`${NAME}: the answer has another form than the known one`);

function organisationOf({ name, identifier, roles, complete }: Static<typeof OrganisationsForm>[number]) {
  const businessId = parseBusinessId(identifier);
  if (businessId === undefined) throw ofAnotherForm();
  return { businessId, name, roles, isComplete: complete };
}

/** What a refusal means at that step; undefined = nothing special. */
type Refusal = (answer: Answer) => AppError | undefined;

const registerRefusal: Refusal = ({ status }) =>
  status === 401 || status === 403
    ? unavailable(`${NAME} refuses us (${status}): check the clock of this server, the client ID and the API key`)
    : undefined;

/** 401 is what the interface description has for a visit that has run out. */
const sessionRefusal: Refusal = ({ status }) =>
  status === 401 ? forbidden(`${NAME}: the visit is over; begin anew`) : undefined;

/** RFC 6749, section 5.2. */
const tokenRefusal: Refusal = ({ status, body }) => {
  const error = Check(OAuthRefusal, body) ? body.error : "";
  if (status === 400 && error === "invalid_grant") return forbidden(`${NAME}: the code is used or too old; begin anew`);
  return status === 401 ? unavailable(`${NAME} refuses us (401): check the client ID and the OAuth secret`) : undefined;
};

/** The answer of this form. Errors: by `refusal`; else Unavailable. */
function taken<T extends TSchema>(form: T, answer: Answer, now: Temporal.Instant, refusal: Refusal): Static<T> {
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    if (Check(form, body)) return body;
    throw ofAnotherForm();
  }
  throw driftRefusal(answer, now) ?? refusal(answer) ?? unavailable(`${NAME} answers ${status}`);
}

/** The service says 401 to an old time stamp as to a visit that is over; its own clock, in `Date`, tells the two apart. */
function driftRefusal({ status, headers }: Answer, now: Temporal.Instant): AppError | undefined {
  if (status !== 401 && status !== 403) return undefined;
  const drift = now.epochMilliseconds - Date.parse(headers.get("date") ?? "");
  // Without a date it is NaN, which is no drift.
  if (!(Math.abs(drift) > MOST_DRIFT_MS)) return undefined;
  const ours = `${Math.round(Math.abs(drift) / 60_000)} min ${drift < 0 ? "behind" : "ahead of"} theirs`;
  return unavailable(`${NAME} refuses us (${status}): check the clock of this server, which is ${ours}`);
}
