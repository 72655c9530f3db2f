/** Routes of all that is known about somebody, for themself. */
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { Temporal } from "temporal-polyfill";
import Type from "typebox";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { LANGUAGES } from "#core/cities.ts";
import { type Db, type Tx, withPerson } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { addPrivatePage } from "#core/http/private-pages.ts";
import type { PersonalData } from "#core/retention.ts";
import { jsonPieces, readSource, readSources, type SourceRows } from "../retention/tree.ts";
import type { SignInServices } from "../sign-in/web.ts";
import { type DataPage, dataPage, type SourcePage, sourcePage } from "./data-page.tsx";
import { requireSurelyKnown } from "./known.ts";
import { DATA, DATA_FILE } from "./paths.ts";
import { mayReadOwnData } from "./policy.ts";

/** Rows of a source on the page of all, and on a page of its own. */
const FEW = 20;
const MANY = 100;

interface OwnData {
  register: PersonalData;
  contactMail: string;
}

export function addData(app: FastifyInstance, services: SignInServices, { register, contactMail }: OwnData): void {
  addPrivatePage(app, services, {
    path: DATA,
    params: Type.Object({}),
    query: Type.Object({
      source: Type.Optional(Type.String({ pattern: "^[a-zA-Z.]{1,80}$" })),
      page: Type.Optional(Type.String({ pattern: "^[1-9][0-9]{0,2}$" })),
    }),
    permission: () => mayReadOwnData,
    async load(db, { actor, query }): Promise<DataPage | SourcePage> {
      const person = requirePerson(actor);
      const { source, page = "1" } = query as { source?: string; page?: string };
      return withPerson(db, person, async (tx) => {
        await requireSurelyKnown(tx, actor, person);
        if (source !== undefined) return readPage(tx, register, person, source, Number(page));
        return { sources: await readFew(tx, register, person), contactMail };
      });
    },
    view: (data, ask) => ("shown" in data ? sourcePage(data, ask) : dataPage(data, ask)),
  });
}

async function readFew(tx: Tx, { sources }: PersonalData, person: string): Promise<SourceRows[]> {
  const read: SourceRows[] = [];
  for (const source of sources) read.push(await readSource(tx, source, person, { limit: FEW, offset: 0 }));
  return read;
}

/** Errors: Missing (no such source). */
async function readPage(
  tx: Tx,
  { sources }: PersonalData,
  person: string,
  id: string,
  page: number,
): Promise<SourcePage> {
  const source = sources.find((one) => one.id === id);
  if (!source) throw missing(`source ${id}`);
  return { shown: await readSource(tx, source, person, { limit: MANY, offset: (page - 1) * MANY }), page };
}

/** The file, for people and their programs. */
export function addDataFile(app: FastifyInstance, services: SignInServices, register: PersonalData): void {
  const { db, visitors, clock } = services;
  const config = { permission: mayReadOwnData };
  for (const language of LANGUAGES) {
    app.get(DATA_FILE.patterns[language], { config, schema: { hide: true } }, async (request, reply) => {
      const { actor } = await visitors.of(request);
      authorise(actor, mayReadOwnData);
      const person = requirePerson(actor);
      const now = clock();
      await noteDownload(db, actor, person, now);
      reply.headers({
        "cache-control": "no-store",
        vary: "cookie",
        "content-disposition": 'attachment; filename="avoin.json"',
      });
      const pieces = jsonPieces(readSources(db, register, person), person, now.toString());
      return reply.type("application/json; charset=utf-8").send(Readable.from(pieces));
    });
  }
}

async function noteDownload(db: Db, actor: Actor, person: string, now: Temporal.Instant): Promise<void> {
  await withPerson(db, person, async (tx) => {
    await requireSurelyKnown(tx, actor, person);
    const act = { city: "joint", action: "download", subjectKind: "person", subjectId: person } as const;
    await recordAudit(tx, actor, { ...act, about: person }, now);
  });
}
