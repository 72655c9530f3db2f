/** The file of identity providers (SIGN_IN_FILE), read and checked when the service starts. docs/sign-in.md describes it. */
import { readFile } from "node:fs/promises";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import { STAFF_ROLES } from "#core/actor.ts";
import { CITY_CODES } from "#core/cities.ts";
import { ConfigError } from "#core/config.ts";
import type { Provider } from "./provider.ts";

const CLOSED = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1, maxLength: 300 });
const Name = Type.Object({ fi: Text, sv: Text, en: Text }, CLOSED);
const Claims = { givenName: Text, familyName: Text, mail: Type.Optional(Text) };
const BASE = {
  id: Type.String({ pattern: "^[a-z0-9-]{1,40}$" }),
  name: Name,
  issuer: Type.String({ pattern: "^https://[^\\s?#]+$" }),
  clientId: Text,
  clientSecret: Type.Optional(Text),
  clientKeys: Type.Optional(Type.Array(Type.Object({ kty: Text, use: Type.Enum(["sig", "enc"]) }), { maxItems: 10 })),
  scope: Type.Optional(Type.String({ maxLength: 300 })),
  acr: Type.Optional(Text),
};

const Strong = Type.Object(
  { ...BASE, kind: Type.Literal("strong"), claims: Type.Object({ ...Claims, nationalId: Text }, CLOSED) },
  CLOSED,
);
const GroupRole = Type.Object({ role: Type.Enum([...STAFF_ROLES]), scope: Type.Optional(Text) }, CLOSED);
const Staff = Type.Object(
  {
    ...BASE,
    kind: Type.Literal("staff"),
    city: Type.Enum([...CITY_CODES]),
    claims: Type.Object({ ...Claims, groups: Text }, CLOSED),
    roles: Type.Record(Type.String(), GroupRole),
  },
  CLOSED,
);
const File = Type.Object({ providers: Type.Array(Type.Unknown(), { maxItems: 100 }) }, CLOSED);

/** Errors: ConfigError that names the file, the provider and what is wrong with it; never a secret. */
export async function readProviderFile(path: string): Promise<Provider[]> {
  const wrong = (what: string) => new ConfigError(`SIGN_IN_FILE is ${path}, which can't be used: ${what}`);
  let file: unknown;
  try {
    file = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw wrong(error instanceof SyntaxError ? "it is not JSON" : "it can't be read");
  }
  if (!Value.Check(File, file)) throw wrong('it must be {"providers": […]}');
  const providers = file.providers.map((entry, n) => providerOf(entry, (what) => wrong(`provider ${n + 1}: ${what}`)));
  const twice = providers.find(({ id }, n) => providers.findIndex((one) => one.id === id) !== n);
  if (twice) throw wrong(`two providers are called "${twice.id}"`);
  return providers;
}

function providerOf(entry: unknown, wrong: (what: string) => ConfigError): Provider {
  const kind = typeof entry === "object" && entry !== null && "kind" in entry ? entry.kind : undefined;
  if (kind !== "strong" && kind !== "staff") throw wrong('"kind" must be "strong" or "staff"');
  if (kind === "strong") return completed(checked(Strong, entry, wrong), wrong);
  return completed(checked(Staff, entry, wrong), wrong);
}

function checked<T extends typeof Strong | typeof Staff>(
  schema: T,
  entry: unknown,
  wrong: (what: string) => ConfigError,
): Static<T> {
  if (Value.Check(schema, entry)) return entry;
  const [first] = Value.Errors(schema, entry);
  throw wrong(first ? describeError(first) : "it is not allowed");
}

interface SchemaError {
  keyword: string;
  instancePath: string;
  message: string;
  params: object;
}

/** In words that say what to mend, without the value, which may be a secret. */
function describeError({ keyword, instancePath, message, params }: SchemaError): string {
  const where = instancePath || "it";
  if (keyword === "boolean" || keyword === "additionalProperties") return `${where} is not known: no such field`;
  if (keyword === "enum" && "allowedValues" in params) return `${where} must be one of ${String(params.allowedValues)}`;
  return `${where} ${message}`;
}

function completed<T extends { id: string; clientSecret?: string; clientKeys?: { use: string }[]; scope?: string }>(
  entry: T,
  wrong: (what: string) => ConfigError,
): T & { scope: string } {
  if (entry.id === "mail") throw wrong('the id "mail" is taken by signing in with a link by mail');
  if (entry.clientSecret === undefined && !entry.clientKeys?.some(({ use }) => use === "sig"))
    throw wrong('it needs clientSecret, or clientKeys with a key whose "use" is "sig"');
  return { ...entry, scope: entry.scope ?? "" };
}
