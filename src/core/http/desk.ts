/**
 * Who works at the desk. Until people have accounts of their own, one password (DESK_PASSWORD) opens the registrars' desk
 * by HTTP's Basic scheme, which browsers ask for themselves; without that setting the desk is closed to everybody.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Actor } from "../actor.ts";
import { CITY_CODES } from "../cities.ts";
import { forbidden, unauthenticated } from "../errors.ts";

/** The staff member who sends the request. Errors: Unauthenticated (no or a wrong password), Forbidden (the desk is closed). */
export function deskActor(request: FastifyRequest, password: string | undefined): Actor {
  if (password === undefined) throw forbidden("the desk is closed: DESK_PASSWORD is not set");
  if (!isSame(givenPassword(request.headers.authorization), password))
    throw unauthenticated("no or a wrong desk password");
  return { kind: "staff", name: "desk", roles: CITY_CODES.map((city) => ({ city, role: "registrar" })) };
}

/** The user name of Basic is not looked at. */
function givenPassword(header: string | undefined): string {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,400})$/i.exec(header ?? "")?.[1] ?? "";
  const text = Buffer.from(encoded, "base64").toString("utf8");
  return text.slice(text.indexOf(":") + 1);
}

/** Compares hashes, so that neither length nor a common beginning can be measured. */
const isSame = (given: string, wanted: string): boolean => timingSafeEqual(sha256(given), sha256(wanted));
const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();
