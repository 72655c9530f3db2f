/** The rows that addresses name, one line for each address with a parameter: they belong to the world's person, or to its city. */
import type { Params, Path } from "#core/http/paths.ts";
import { END_KEY } from "#modules/accounts/keys/paths.ts";
import * as mandates from "#modules/accounts/mandates/paths.ts";
import { CONFIRM_MAIL } from "#modules/accounts/me/paths.ts";
import { MARK_READ } from "#modules/accounts/notifications/paths.ts";
import * as organisations from "#modules/accounts/organisations/paths.ts";
import { CALLBACK, END_SESSION, MAIL_LINK, SIGN_IN_WITH } from "#modules/accounts/paths.ts";
import { ERASED, GDPR_PROFILE } from "#modules/accounts/retention/paths.ts";
import * as staff from "#modules/accounts/staff/paths.ts";
import { DECISION, MATTER, UNREAD_DOCUMENT, UNREAD_OF_NO_CITY } from "#modules/decisions/paths.ts";
import { REF } from "../pages.ts";
import { anotherSession } from "../people.ts";
import { keepUnread } from "../unread.ts";
import { CITY, someKey, type World } from "./askers.ts";
import * as made from "./made.ts";

type Build = (world: World) => Promise<Params>;

const decision: Build = async () => ({ ref: REF });
const secret: Build = async () => ({ token: "x".repeat(43) });
const organisation: Build = async ({ organisation: id }) => ({ id });
const matter: Build = async () => ({ slug: "HEL-2015-004216" });

/** `:city` needs none. */
const BUILDERS: readonly (readonly [place: Path | string, build: Build])[] = [
  [SIGN_IN_WITH, async () => ({ provider: "none" })],
  [CALLBACK, async () => ({ provider: "none" })],
  [MAIL_LINK, secret],
  [END_SESSION, async ({ app, person }) => ({ id: (await anotherSession(app, person.id)).session })],
  [MARK_READ, async (world) => ({ id: await made.someNotification(world) })],
  [END_KEY, async (world) => ({ id: (await someKey(world)).id })],
  [staff.WITHDRAW, async (world) => ({ id: await made.someStaffInvitation(world) })],
  ...[staff.MEMBER, staff.CHANGE_ROLE, staff.END_ROLES].map(
    (place) => [place, async (world: World) => ({ person: await made.someEmployee(world) })] as const,
  ),
  ...[mandates.RESEND_MANDATE, mandates.ACT_BY_MANDATE, mandates.END_MANDATE].map(
    (place) => [place, async (world: World) => ({ id: await made.someMandate(world) })] as const,
  ),
  [mandates.MANDATE_OFFER, secret],
  [mandates.DECLINE_MANDATE, secret],
  [mandates.CHOOSE_PRINCIPAL, async (world) => ({ id: await made.someVisit(world) })],
  [mandates.END_GUARDIAN, async (world) => ({ id: await made.someMandate(world, "guardian") })],
  ...[
    organisations.ORGANISATION,
    organisations.MY_ORGANISATION,
    organisations.EDIT_ORGANISATION,
    organisations.CLAIM_ORGANISATION,
    organisations.INVITE,
    organisations.HAND_OVER,
    organisations.LEAVE,
    organisations.END_ORGANISATION,
    "/id/organisation/:id",
    "/api/v1/organisations/:id",
  ].map((place) => [place, organisation] as const),
  [
    organisations.CANCEL_INVITATION,
    async (world) => ({ id: world.organisation, invitation: await made.someInvitation(world) }),
  ],
  ...[organisations.MEMBER, organisations.END_MEMBER].map(
    (place) =>
      [place, async (world: World) => ({ id: world.organisation, member: await made.someMember(world) })] as const,
  ),
  [organisations.INVITATION, secret],
  [organisations.DESK_CLAIM, async (world) => ({ id: await made.someClaim(world) })],
  [organisations.MERGE_CONFIRM, made.twoOrganisations],
  [CONFIRM_MAIL, secret],
  [ERASED, async () => ({ receipt: "x".repeat(43) })],
  [GDPR_PROFILE, async ({ person }) => ({ id: person.id })],
  [UNREAD_DOCUMENT, async (world) => ({ sha256: await keepUnread(world.app, CITY) })],
  [UNREAD_OF_NO_CITY, async (world) => ({ sha256: await keepUnread(world.app, "joint") })],
  [DECISION, decision],
  ["/id/decision/:ref", decision],
  ["/api/v1/decisions/:ref", decision],
  ["/api/v1/decisions/:ref/original", decision],
  [MATTER, matter],
  ["/id/matter/:city/:slug", matter],
  ["/api/v1/matters/:city/:slug", matter],
];

/** What an address asks besides, to be understood at all. */
const QUERIES: readonly (readonly [place: Path, query: string])[] = [
  [staff.CHANGE_ROLE, "?role=planner"],
  [organisations.NEW_ORGANISATION_DETAILS, "?kind=group"],
];

/** The address of a row made for it. Errors: throws when no line says how to make one. */
export async function addressOf(world: World, url: string): Promise<string> {
  const names = [...url.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const build = BUILDERS.find(([place]) => patternsOf(place).includes(url))?.[1];
  const params: Params = { city: CITY, ...(await build?.(world)) };
  const unknown = names.find((name) => params[name] === undefined);
  if (unknown !== undefined) throw new Error(`${url}: which ${unknown}? It needs a line in test/rights/rows.ts.`);
  const query = QUERIES.find(([place]) => patternsOf(place).includes(url))?.[1] ?? "";
  return url.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? "")) + query;
}

const patternsOf = (place: Path | string): string[] =>
  typeof place === "string" ? [place] : Object.values(place.patterns);
