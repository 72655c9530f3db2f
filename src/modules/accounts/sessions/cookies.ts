/**
 * Our two cookies. `__Host-` binds them to this very host over HTTPS (browsers count 127.0.0.1 as such); SameSite=Lax lets
 * them come along when an identity provider sends somebody back, and not with another site's forms.
 */
import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { hashSecret, isSecret, newSecret } from "#core/secrets.ts";

/** Who is signed in. */
const SESSION = "__Host-avoin-session";
/** Which browser began something that it will come back to: a sign-in, a mail link, a form. Says nothing of who. */
const BROWSER = "__Host-avoin-browser";

/** The secret of the session, when the cookie holds anything that could be one. */
export function sessionSecret(request: FastifyRequest): string | undefined {
  const secret = read(request, SESSION);
  return isSecret(secret) ? secret : undefined;
}

export const setSessionCookie = (reply: FastifyReply, secret: string, seconds: number): void =>
  write(reply, SESSION, secret, seconds);
export const clearSessionCookie = (reply: FastifyReply): void => write(reply, SESSION, "", 0);

const HOUR = 3600;

/** The hash by which this browser's rows are found; undefined when it has none. */
export function browserOf(request: FastifyRequest): string | undefined {
  const secret = read(request, BROWSER);
  return isSecret(secret) ? hashSecret(secret) : undefined;
}

/** The same, given to a browser that has none; from now on it holds for an hour again. */
export function markBrowser(request: FastifyRequest, reply: FastifyReply): string {
  const known = read(request, BROWSER);
  const secret = isSecret(known) ? known : newSecret();
  write(reply, BROWSER, secret, HOUR);
  return hashSecret(secret);
}

/** At the end of a visit: who uses the computer next comes back to nothing that was begun before. */
export const clearBrowserCookie = (reply: FastifyReply): void => write(reply, BROWSER, "", 0);

function read(request: FastifyRequest, name: string): string | undefined {
  const header = request.headers.cookie;
  return header === undefined ? undefined : parseCookie(header)[name];
}

function write(reply: FastifyReply, name: string, value: string, maxAge: number): void {
  reply.header(
    "set-cookie",
    stringifySetCookie({ name, value, maxAge, path: "/", secure: true, httpOnly: true, sameSite: "lax" }),
  );
}
