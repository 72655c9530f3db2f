/** Who may sign in, from the settings: the cities' identity providers, or the demo's on this machine. */
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Config, ConfigError } from "#core/config.ts";
import { openSealer, parseSealKeys, type SealKey } from "#core/seal.ts";
import { openDemoIdentity, readProviderFile, type SignInSettings } from "#modules/accounts/index.ts";
import type { Say } from "./foundation.ts";

/**
 * Errors: ConfigError for a file that can't be used, and for a demo that others could reach: its identity provider lets anybody be
 * anybody.
 */
export async function openSignIn(config: Config, origin: string, say: Say): Promise<SignInSettings> {
  const sealer = openSealer(config.IDENTITY_KEYS ?? (await ownKeys(config.DATA_DIR, say)));
  const hasMail = config.SMTP_URL !== undefined;
  if (config.SIGN_IN_FILE !== undefined)
    return { providers: await readProviderFile(config.SIGN_IN_FILE), sealer, hasMail, isInsecure: false, demo: null };
  if (!config.DEMO) return { providers: [], sealer, hasMail, isInsecure: false, demo: null };
  requireLocal(config, origin);
  const demo = openDemoIdentity(origin);
  return { providers: demo.providers, sealer, hasMail: true, isInsecure: true, demo };
}

const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

function requireLocal({ HOST }: Config, origin: string): void {
  const host = new URL(origin).hostname;
  if (LOCAL.has(host) && LOCAL.has(HOST)) return;
  const [name, value] = LOCAL.has(HOST) ? ["PUBLIC_URL", origin] : ["HOST", HOST];
  throw new ConfigError(
    `DEMO is on and ${name} is ${value}, which others can reach.\n  In demo mode anybody can sign in as anybody.\n` +
      `  Allowed: DEMO=off, or SIGN_IN_FILE with identity providers of your own, or an address of this machine`,
  );
}

const MODE = 0o600;

/** Made at the first start and kept beside the database, whose identity codes nobody could open without it. */
async function ownKeys(dataDir: string, say: Say): Promise<readonly SealKey[]> {
  const file = path.join(dataDir, "identity-keys");
  const known = await readKeys(file);
  if (known) return known;
  await mkdir(dataDir, { recursive: true });
  const whole = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    // Under its name only when it is whole: who starts in the same moment never reads half of it.
    await writeFile(whole, `own:${randomBytes(32).toString("hex")}\n`, { mode: MODE, flag: "wx" });
    await link(whole, file);
    say(`Made the key that seals identity codes: ${file}. Keep a copy apart from the database's.`);
  } catch (error) {
    // Another process made it in the same moment.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(whole, { force: true });
  }
  return (await readKeys(file)) ?? [];
}

/** Undefined when there is no such file. */
async function readKeys(file: string): Promise<SealKey[] | undefined> {
  try {
    const text = await readFile(file, "utf8");
    const keys = parseSealKeys(text.trim());
    if (!keys)
      throw new ConfigError(`${file} holds no key. Put back the copy that you keep of it, or set IDENTITY_KEYS.`);
    return keys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
