/**
 * The interface by which Helsinki's profile service (open-city-profile, GDPR API 1.0) asks for all that is kept about a person, and for
 * their erasure. The person's id there is ours.
 */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import { recordAudit } from "#core/audit.ts";
import type { Clock } from "#core/clock.ts";
import { withPerson } from "#core/db.ts";
import { AppError } from "#core/errors.ts";
import { type Hindrance, type Words, wordsOf } from "#core/retention.ts";
import { type GdprApiSettings, type GdprScope, openBearers } from "./bearer.ts";
import { type EraseTools, erasePerson, selectHindrances } from "./erase.ts";
import { GDPR_PROFILE } from "./paths.ts";
import { GDPR_API, mayCallGdprApi } from "./policy.ts";
import { isAllErased, lockPerson } from "./queries.ts";
import { t } from "./texts.ts";
import { readSources, treePieces } from "./tree.ts";

const Params = Type.Object({ id: Type.String({ format: "uuid" }) });
const Query = Type.Object({ dry_run: Type.Optional(Type.Unknown()) });

/** What stands in the way, as the profile service shows it. */
interface ApiError {
  code: string;
  message: Words;
}

/** In a scope of its own, since it alone takes JSON. */
export function addGdprApi(app: FastifyInstance, tools: EraseTools, settings: GdprApiSettings, clock: Clock): void {
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser("application/json", { parseAs: "string" }, scope.getDefaultJsonParser("error", "error"));
    addRoutes(scope, tools, settings, clock);
    done();
  });
}

function addRoutes(app: FastifyInstance, tools: EraseTools, settings: GdprApiSettings, clock: Clock): void {
  const readBearer = openBearers(settings);
  const config = { permission: mayCallGdprApi };

  /** The person, when the token is good, is theirs and has the scope; else why not. */
  const admit = async (request: FastifyRequest, reply: FastifyReply, scope: GdprScope): Promise<Admitted> => {
    reply.header("cache-control", "no-store");
    const { id } = request.params as { id: string };
    const bearer = await readBearer(request.headers.authorization, new Date(clock().epochMilliseconds));
    if (!bearer) return { refusal: "unauthorized" };
    return bearer.person === id && bearer.scopes.includes(scope) ? { person: id } : { refusal: "forbidden" };
  };

  app.get(GDPR_PROFILE, { config, schema: { hide: true, params: Params } }, async (request, reply) => {
    const admitted = await admit(request, reply, "gdprquery");
    if ("refusal" in admitted) return refuse(reply, admitted.refusal);
    const { person } = admitted;
    const pieces = treePieces(readSources(tools.db, tools.register, person));
    const first = await pieces.next();
    if (first.done) return reply.code(204).send();
    await noteReading(tools, person, clock);
    return reply.type("application/json; charset=utf-8").send(Readable.from(resumed(first.value, pieces)));
  });

  const schema = { hide: true, params: Params, querystring: Query };
  app.delete(GDPR_PROFILE, { config, schema }, async (request, reply) => {
    const admitted = await admit(request, reply, "gdprdelete");
    if ("refusal" in admitted) return refuse(reply, admitted.refusal);
    const wishes = [request.query, request.body].map(readDryRun);
    if (wishes.includes("unclear")) return refuse(reply, "dryRun");
    const { person } = admitted;
    const found = wishes.includes("dry") ? await whatHinders(tools, person) : await erase(tools, person, clock);
    if (found.length === 0) return reply.code(204).send();
    return reply.code(found.some(({ code }) => code === UNDER_WAY) ? 503 : 403).send({ errors: found });
  });
}

type Refusal = "unauthorized" | "forbidden" | "dryRun";
type Admitted = { person: string } | { refusal: Refusal };
const STATUS: Record<Refusal, number> = { unauthorized: 401, forbidden: 403, dryRun: 400 };

function refuse(reply: FastifyReply, code: Refusal): FastifyReply {
  if (code === "unauthorized") reply.header("www-authenticate", "Bearer");
  return reply.code(STATUS[code]).send({ errors: [{ code, message: wordsOf(t, `api_${code}`) }] });
}

const DRY: readonly unknown[] = [true, 1, "true", "True", "TRUE", "t", "T", "1", "y", "Y", "yes", "on"];
const REAL: readonly unknown[] = [undefined, null, "", false, 0, "false", "False", "FALSE", "f", "F", "0", "no", "off"];

/** `dry_run` as it may be written in an address or a body. What is neither yes nor no erases nothing. */
function readDryRun(input: unknown): "dry" | "real" | "unclear" {
  if (typeof input !== "object" || input === null) return "real";
  const value: unknown = "dry_run" in input ? input.dry_run : undefined;
  if (DRY.includes(value)) return "dry";
  return REAL.includes(value) ? "real" : "unclear";
}

async function* resumed(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

const asErrors = (hindrances: readonly Hindrance[]): ApiError[] =>
  hindrances.map(({ code, message }) => ({ code, message }));

/** Nothing of somebody whom we do not know, and of who is erased. */
async function whatHinders({ db, register }: EraseTools, person: string): Promise<ApiError[]> {
  return withPerson(db, person, async (tx) => {
    const row = await lockPerson(tx, person);
    return !row || row.erasedAt !== null ? [] : asErrors(await selectHindrances(tx, register, person));
  });
}

const UNDER_WAY = "under-way";

/** Nothing when all is erased, or there is nobody. What is still under way is said so: asked again later, the answer is another. */
async function erase(tools: EraseTools, person: string, clock: Clock): Promise<ApiError[]> {
  try {
    await erasePerson(tools, GDPR_API, person, clock());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.kind === "missing") return [];
    if (error.kind === "conflict") return whatHinders(tools, person);
    throw error;
  }
  const isDone = await withPerson(tools.db, person, (tx) => isAllErased(tx, person));
  return isDone ? [] : [{ code: UNDER_WAY, message: wordsOf(t, "api_underWay") }];
}

/** Somebody outside has read it: the person sees that. */
async function noteReading({ db }: EraseTools, person: string, clock: Clock): Promise<void> {
  const act = { city: "joint", action: "download", subjectKind: "person", subjectId: person } as const;
  await withPerson(db, person, (tx) => recordAudit(tx, GDPR_API, { ...act, about: person }, clock()));
}
