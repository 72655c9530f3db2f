/**
 * Every setting of the server, in one table: name, meaning, default, and what is allowed.
 * The only place that reads the environment. A wrong value stops the start with the name, the value and what is allowed.
 */
import path from "node:path";
import { parseSealKeys } from "./seal.ts";

/** Thrown for the first wrong setting. The message is meant for the person who starts the server. */
export class ConfigError extends Error {}

interface Setting<T> {
  about: string;
  /** As a person would write it; undefined = off. */
  default: string | undefined;
  allowed: string;
  parse(text: string): T | undefined;
}

const wholeNumber = (min: number, max: number, fallback: string, about: string): Setting<number> => ({
  about,
  default: fallback,
  allowed: `a whole number from ${min} to ${max}`,
  parse: (text) => (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
});

const flag = (fallback: string, about: string): Setting<boolean> => ({
  about,
  default: fallback,
  allowed: "on or off",
  parse: (text) => ({ on: true, true: true, "1": true, off: false, false: false, "0": false })[text.toLowerCase()],
});

const oneOf = <const T extends string>(values: readonly T[], fallback: T, about: string): Setting<T> => ({
  about,
  default: fallback,
  allowed: values.join(", "),
  parse: (text) => values.find((value) => value === text),
});

const url = (protocols: string[], about: string): Setting<string> => ({
  about,
  default: undefined,
  allowed: `an address that starts with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  parse: (text) =>
    URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text.replace(/\/$/, "") : undefined,
});

const mailAddress = (about: string): Setting<string> => ({
  about,
  default: "avoin@example.org",
  allowed: "a mail address",
  parse: (text) => (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text) ? text : undefined),
});

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

/** Codes of people go there, or whom to trust comes from there: in the open only on this very machine, as in tests. */
const secureUrl = (about: string): Setting<string> => ({
  about,
  default: undefined,
  allowed: "an address that starts with https://",
  parse: (text) => {
    if (!URL.canParse(text)) return undefined;
    const { protocol, hostname } = new URL(text);
    const isSecure = protocol === "https:" || (protocol === "http:" && LOCAL.includes(hostname));
    return isSecure ? text.replace(/\/$/, "") : undefined;
  },
});

const credential = (about: string): Setting<string> => ({
  about,
  default: undefined,
  allowed: "1 to 500 visible ASCII characters",
  parse: (text) => (/^[\x21-\x7e]{1,500}$/.test(text) ? text : undefined),
});

/** Their values are shown to nobody, not even when they are wrong. */
const SECRETS: readonly string[] = [
  "DATABASE_URL",
  "IDENTITY_KEYS",
  "SMTP_URL",
  "AUTHORIZATIONS_KEY",
  "AUTHORIZATIONS_SECRET",
];

const SETTINGS = {
  HOST: {
    about: "Network address to listen on; 0.0.0.0 for all",
    default: "127.0.0.1",
    allowed: "an IP address or host name",
    parse: (text: string) => (/^[\w.:-]{1,253}$/.test(text) ? text : undefined),
  },
  PORT: wholeNumber(
    0,
    65_535,
    "3000",
    "Port to listen on; when it is taken, the next free one is used in demo mode. 0 = any",
  ),
  DATABASE_URL: url(
    ["postgres:", "postgresql:"],
    "The owner's address of a PostgreSQL 15 or newer; none = embedded PostgreSQL below DATA_DIR",
  ),
  DATA_DIR: {
    about: "Folder for the embedded database, the search index and the Finnish dictionary",
    default: ".data",
    allowed: "a path",
    parse: (text: string) => (text.includes("\0") ? undefined : path.resolve(text)),
  },
  PUBLIC_URL: url(["http:", "https:"], "Address that people use; none = http://HOST:PORT"),
  TRUST_PROXY: flag("off", "Take the client's address and protocol from X-Forwarded-* of a proxy in front"),
  DEMO: flag("off", "Load the six cities' sample content at the first start; on for npm start"),
  WORKER: flag("on", "Run background jobs in this process"),
  CONTACT_MAIL: mailAddress("Where feedback on the service itself goes"),
  SIGN_IN_FILE: {
    about: "File of the identity providers by which residents and staff sign in (docs/sign-in.md); none = nobody can",
    default: undefined,
    allowed: "a path",
    parse: (text: string) => (text.includes("\0") ? undefined : path.resolve(text)),
  },
  IDENTITY_KEYS: {
    about:
      "Keys that seal national identity codes, newest first: ID:SECRET, SECRET of 32 bytes in hex or base64; none = made and kept below DATA_DIR",
    default: undefined,
    allowed: "1 to 10 of ID:SECRET with commas between",
    parse: parseSealKeys,
  },
  AUTHORIZATIONS_URL: secureUrl(
    "Suomi.fi e-Authorizations, by which residents act for others (docs/sign-in.md); none = only by mandates given here",
  ),
  AUTHORIZATIONS_CLIENT: credential("Our client ID there"),
  AUTHORIZATIONS_KEY: credential("The API key that signs what we ask there"),
  AUTHORIZATIONS_SECRET: credential("Our OAuth secret there"),
  GDPR_API_ISSUER: secureUrl(
    "Issuer of the tokens by which the city's profile service asks for people's data and their erasure; none = nobody can",
  ),
  GDPR_API_AUDIENCE: {
    about: "The name that GDPR_API_ISSUER knows this service by; both are set, or neither",
    default: undefined,
    allowed: "1 to 300 characters without space",
    parse: (text: string) => (/^\S{1,300}$/.test(text) ? text : undefined),
  },
  SMTP_URL: url(["smtp:", "smtps:"], "Server that takes outgoing mail; none = mail waits in the database"),
  MAIL_FROM: mailAddress("Sender of outgoing mail"),
  COMPANY_REGISTER_URL: url(
    ["http:", "https:"],
    "Open company data by which business IDs are looked up, as https://avoindata.prh.fi/opendata-ytj-api/v3; none = they are not",
  ),
  RATE_LIMIT: wholeNumber(
    0,
    1_000_000,
    "600",
    "Requests a minute from one network address before 429, pages kept in memory left out; 0 = no limit",
  ),
  PAGE_CACHE_MB: wholeNumber(0, 4096, "48", "Memory for rendered pages; 0 = every page is rendered for each request"),
  REQUEST_SECONDS: wholeNumber(1, 600, "30", "Longest time that one request may take"),
  DRAIN_SECONDS: wholeNumber(
    0,
    300,
    "0",
    "Time between saying at /health/ready that this process stops and closing its port, for the proxy to notice",
  ),
  LOG_LEVEL: oneOf(["silent", "error", "warn", "info", "debug"], "info", "Least severe message that is logged"),
  LOG_FORMAT: oneOf(["json", "text"], "json", "One JSON object a line, or text for people"),
} satisfies Record<string, Setting<unknown>>;

/** Each is of no use without the others. */
const TOGETHER = [
  "AUTHORIZATIONS_URL",
  "AUTHORIZATIONS_CLIENT",
  "AUTHORIZATIONS_KEY",
  "AUTHORIZATIONS_SECRET",
] as const;

type Settings = typeof SETTINGS;
type Value<S> = S extends { parse(text: string): (infer V) | undefined } ? V : never;
/** Names whose default is undefined may be undefined. */
type Optional =
  | "DATABASE_URL"
  | "PUBLIC_URL"
  | "SIGN_IN_FILE"
  | "IDENTITY_KEYS"
  | "GDPR_API_ISSUER"
  | "GDPR_API_AUDIENCE"
  | "SMTP_URL"
  | "COMPANY_REGISTER_URL"
  | (typeof TOGETHER)[number];
export type Config = {
  [K in keyof Settings]: K extends Optional ? Value<Settings[K]> | undefined : Value<Settings[K]>;
};

/** Reads all settings. `defaults` replaces single defaults (npm start turns DEMO on). Throws ConfigError. */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  defaults: Partial<Record<keyof Config, string>> = {},
): Config {
  const entries = Object.entries(SETTINGS).map(([name, setting]: [string, Setting<unknown>]) => {
    const written = env[name] === undefined || env[name] === "" ? undefined : env[name];
    const text = written ?? defaults[name as keyof Config] ?? setting.default;
    if (text === undefined) return [name, undefined];
    const value = setting.parse(text);
    if (value === undefined) {
      const shown = SECRETS.includes(name) ? "(hidden)" : JSON.stringify(text);
      throw new ConfigError(
        `${name} is ${shown}, which is not allowed.\n  ${name}: ${setting.about}\n  Allowed: ${setting.allowed}`,
      );
    }
    return [name, value];
  });
  const config = Object.fromEntries(entries) as Config;
  requireTogether(config);
  gdprApiOf(config);
  return config;
}

/** For programs that somebody starts: a wrong setting is told in words, without a stack, and ends the program with 2. */
export function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

function requireTogether(config: Config): void {
  const left = TOGETHER.filter((name) => config[name] === undefined);
  if (left.length === 0 || left.length === TOGETHER.length) return;
  throw new ConfigError(
    `${left.join(", ")} ${left.length === 1 ? "is" : "are"} missing.\n  Allowed: all of ${TOGETHER.join(", ")}, or none of them`,
  );
}

/** Who asks for people's data, and as whom it knows us; undefined when nobody does. Errors: ConfigError for one without the other. */
export function gdprApiOf(config: Config): { issuer: string; audience: string } | undefined {
  const { GDPR_API_ISSUER: issuer, GDPR_API_AUDIENCE: audience } = config;
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || audience === undefined)
    throw new ConfigError("GDPR_API_ISSUER and GDPR_API_AUDIENCE belong together: set both, or neither");
  return { issuer, audience };
}

/** The table of settings as Markdown, for docs/running.md; a test keeps the page and the table the same. */
export function describeSettings(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, s]: [string, Setting<unknown>]) =>
      `| \`${name}\` | ${s.default === undefined ? "none" : `\`${s.default}\``} | ${s.about} | ${s.allowed} |`,
  );
  return ["| name | default | meaning | allowed |", "|---|---|---|---|", ...rows].join("\n");
}
