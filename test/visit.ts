/** Browsers as far as the service sees them: each keeps its cookies and sends what a browser says of itself. */
import { parseSetCookie } from "cookie";
import type { LightMyRequestResponse } from "fastify";
import type { Temporal } from "temporal-polyfill";
import { withTx } from "#core/db.ts";
import { selectWaitingMail } from "#core/mail.ts";
import { SIGN_IN, SIGN_IN_WITH } from "#modules/accounts/paths.ts";
import { selectOptionalSession } from "#modules/accounts/sessions/queries.ts";
import type { FoundSession } from "#modules/accounts/sessions/session.ts";
import { ORIGIN, type TestApp } from "./app.ts";
import type { IdentityProvider, Mischief, Told } from "./identity-provider.ts";

export type Answer = LightMyRequestResponse;

export interface Visit {
  get(address: string): Promise<Answer>;
  /** As a form of our own page sends it; `headers` in place of what the browser would say, undefined for none. */
  post(address: string, form?: Record<string, string>, headers?: Record<string, string | undefined>): Promise<Answer>;
  /** The value of a cookie that has not run out; setting one is what an attacker would do. */
  cookie(name: string): string | undefined;
  setCookie(name: string, value: string): void;
}

export const SESSION_COOKIE = "__Host-avoin-session";
export const BROWSER_COOKIE = "__Host-avoin-browser";
const HOST = new URL(ORIGIN).host;
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** A browser without cookies. `network`: the address that it comes from. */
export function openVisit({ server, clock }: Pick<TestApp, "server" | "clock">, network = "192.0.2.1"): Visit {
  const cookies = new Map<string, { value: string; until: Temporal.Instant | null }>();

  const cookie = (name: string): string | undefined => {
    const kept = cookies.get(name);
    const holds = kept && (kept.until === null || kept.until.epochMilliseconds > clock.now().epochMilliseconds);
    return holds ? kept.value : undefined;
  };

  const keep = (header: string): void => {
    const { name, value, maxAge } = parseSetCookie(header);
    const until = maxAge === undefined ? null : clock.now().add({ seconds: maxAge });
    cookies.set(name, { value: value ?? "", until });
  };

  async function ask(method: "GET" | "POST", url: string, headers: Record<string, string | undefined>, body?: string) {
    const sent = [...cookies.keys()].flatMap((name) => (cookie(name) === undefined ? [] : [`${name}=${cookie(name)}`]));
    const all = { host: HOST, "user-agent": FIREFOX, cookie: sent.join("; ") || undefined, ...headers };
    const answer = await server.inject({
      method,
      url,
      remoteAddress: network,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
      ...(body !== undefined && { payload: body }),
    });
    for (const header of [answer.headers["set-cookie"] ?? []].flat()) keep(header);
    return answer;
  }

  return {
    get: (address) => ask("GET", address, {}),
    post: (address, form = {}, headers = {}) =>
      ask(
        "POST",
        address,
        {
          "content-type": "application/x-www-form-urlencoded",
          origin: `http://${HOST}`,
          "sec-fetch-site": "same-origin",
          ...headers,
        },
        new URLSearchParams(form).toString(),
      ),
    cookie,
    setCookie: (name, value) => void cookies.set(name, { value, until: null }),
  };
}

/** Where an answer leads; "" when it leads nowhere. */
export const locationOf = ({ headers }: Answer): string => headers.location ?? "";

/** Goes to an identity provider: the address there. */
export const beginAt = async (visit: Visit, provider: string, returnTo?: string): Promise<string> =>
  locationOf(await visit.get(SIGN_IN_WITH.href("fi", { provider }, { return: returnTo })));

/** Goes to an identity provider, identifies there and comes back: the answer to that. */
export async function identify(
  visit: Visit,
  way: { at: IdentityProvider; as: string; returnTo?: string },
  told: Told,
  mischief?: Mischief,
): Promise<Answer> {
  return visit.get(way.at.answer(await beginAt(visit, way.as, way.returnTo), told, mischief));
}

/** Whose session the browser has; null when it has none that holds. */
export const whoIs = async ({ db, clock }: Pick<TestApp, "db" | "clock">, visit: Visit): Promise<FoundSession | null> =>
  selectOptionalSession(db, visit.cookie(SESSION_COOKIE) ?? "", clock.now());

/** Links in the mails to an address, newest first: path and query. */
export async function linksTo({ db }: Pick<TestApp, "db">, address: string): Promise<string[]> {
  const mails = await withTx(db, "joint", (tx) => selectWaitingMail(tx, "joint", 1000));
  return mails
    .filter(({ recipient }) => recipient === address)
    .map(({ body }) => new RegExp(`${ORIGIN}(\\S+)`).exec(body)?.[1] ?? "");
}

/** Asks for a link by mail and presses its button: the answer to that. */
export async function enterByMail(app: Pick<TestApp, "db">, visit: Visit, mail: string, returnTo?: string) {
  await visit.post(SIGN_IN.href("fi", {}, { return: returnTo }), { mail });
  const [link = ""] = await linksTo(app, mail);
  return visit.post(link);
}
