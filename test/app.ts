/** The service as tests ask it: the real app on a database of its own, asked by `server.inject`, without a port. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Logger, pino } from "pino";
import { Temporal } from "temporal-polyfill";
import { system } from "#core/actor.ts";
import { type Clock, systemClock } from "#core/clock.ts";
import { readConfig } from "#core/config.ts";
import { type Db, openDb } from "#core/db.ts";
import { type ChangeWatcher, watchChanges } from "#core/http/change-watcher.ts";
import { type LanguageService, openLanguage } from "#core/language/language.ts";
import { queryWith } from "#core/query.ts";
import { openSealer } from "#core/seal.ts";
import type { SignInSettings } from "#modules/accounts/index.ts";
import { decisionSource } from "#modules/decisions/index.ts";
import { openSearch, type Search } from "#modules/search/index.ts";
import { type App, createApp } from "../src/app.ts";
import { ingestFiles, listFiles } from "../src/ingest.ts";
import { testDatabase } from "./database.ts";

/** A test's context, or `{ after }` of node:test for all tests of a file. */
export interface Scope {
  after(done: () => Promise<void>): void;
}

export interface TestStore {
  db: Db;
  language: LanguageService;
  /** Address of the role that serves. */
  url: string;
  /** Address of the role that owns. */
  ownerUrl: string;
}

export interface TestApp extends App, TestStore {
  /** As it stands in links of its mails. */
  origin: string;
  /** For what must go on while requests have all connections of theirs, or takes longer than one may. */
  background: Db;
  changes: ChangeWatcher;
  search: Search;
  signIn: SignInSettings;
  /** Time as the app sees it: it goes on by itself, and by what is added to it. */
  clock: TestClock;
}

export interface TestClock {
  now: Clock;
  forward(by: Temporal.DurationLike): void;
}

export const ORIGIN = "https://avoin.example.fi";
export const log = pino({ level: "silent" });
const SILENT = log;

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DEMO = join(ROOT, "data/demo/decisions");
const quiet = () => undefined;

/** An empty, migrated database as the serving role sees it, and Finnish. */
export async function testStore(scope: Scope): Promise<TestStore> {
  const opened = await openStore();
  scope.after(() => opened.close());
  return opened.store;
}

export interface TestAppOptions {
  /** As in the environment. */
  settings?: Record<string, string>;
  /** With the six cities' sample decisions. */
  demo?: boolean;
  origin?: string;
  /** Nothing is logged unless given. */
  log?: Logger;
  /** Identity providers; none unless given. */
  signIn?: Partial<SignInSettings>;
}

/** The whole app. */
export async function testApp(
  scope: Scope,
  { settings = {}, demo = false, origin = ORIGIN, log = SILENT, signIn: given = {} }: TestAppOptions = {},
): Promise<TestApp> {
  const config = readConfig(settings);
  const opened = await openStore(config.REQUEST_SECONDS);
  const { store } = opened;
  const background = openDb(store.url, quiet, { max: 4 });
  if (demo) await loadDemoDecisions(background, store.language);
  const changes = await watchChanges(background, store.url, log);
  const dataDir = await mkdtemp(join(tmpdir(), "avoin-search-"));
  const search = await openSearch({ ...store, background, dataDir, source: decisionSource, log });
  const signIn = { providers: [], sealer: testSealer(), hasMail: true, isInsecure: false, demo: null, ...given };
  const clock = testClock();
  const app = await createApp({ config, log, ...store, background, changes, search, origin, signIn, clock: clock.now });
  await app.server.ready();
  scope.after(async () => {
    await app.server.close();
    await changes.stop();
    await search.close();
    await rm(dataDir, { recursive: true });
    await background.destroy();
    await opened.close();
  });
  return { ...app, ...store, background, origin, changes, search, signIn, clock };
}

export const testSealer = () => openSealer([{ id: "test", secret: Buffer.alloc(32, 7) }]);

function testClock(): TestClock {
  let ahead = new Temporal.Duration();
  return {
    now: () => systemClock().add(ahead),
    forward: (by) => {
      ahead = ahead.add(by);
    },
  };
}

/** One function closes all, in reverse: hooks of a test would run in the order they were given. */
async function openStore(seconds?: number): Promise<{ store: TestStore; close(): Promise<void> }> {
  const database = await testDatabase();
  const { url, ownerUrl, serverVersion } = database;
  const limits = seconds === undefined ? {} : { requests: { seconds, serverVersion } };
  const db = openDb(url, quiet, { max: 6, ...limits });
  const language = openLanguage({ query: queryWith(db), dataDir: join(ROOT, ".data"), log: quiet });
  const close = async () => {
    language.close();
    await db.destroy();
    await database.drop();
  };
  return { store: { db, language, url, ownerUrl }, close };
}

async function loadDemoDecisions(db: Db, language: LanguageService): Promise<void> {
  for await (const { outcomes } of ingestFiles(db, system("test"), await listFiles([DEMO]), language)) {
    const unread = outcomes.find(({ outcome }) => outcome === "unread");
    if (unread) throw new Error(`a demo document could not be read: ${JSON.stringify(unread)}`);
  }
}
