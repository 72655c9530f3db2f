/**
 * Seals small secrets before they are stored: national identity codes, one-time links, secrets of second factors.
 * AES-256-GCM (NIST SP 800-38D) hides the value and binds it to its place; HMAC-SHA-256 (RFC 2104) finds it again.
 * Both keys come from one secret by HKDF-SHA-256 (RFC 5869), so that the one never does the work of the other.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from "node:crypto";

export interface SealKey {
  /** 1 to 20 letters and digits; stands readable before what it sealed. */
  id: string;
  /** 32 random bytes. */
  secret: Buffer;
}

export interface Sealer {
  /**
   * The sealed text, "KEYID.base64url(nonce|ciphertext|tag)", other each time. `context` names the place, such as
   * "person.national_id <person id>": moved to another place it does not open. Lone surrogates become U+FFFD.
   */
  seal(plain: string, context: string): string;
  /** The plain text. Throws Error on an unknown key, another context or a damaged text; it names the key at most. */
  open(sealed: string, context: string): string;
  /**
   * Keyed hashes to find an equal value by, one for each key, first that of the key in use: a value hashed before a
   * change of keys is found too. `context` names the kind ("person.national_id") and no row, else nothing matches.
   */
  fingerprints(plain: string, context: string): string[];
  /** Not sealed under the key in use: to be opened and sealed anew before its key is taken away. */
  isOld(sealed: string): boolean;
}

interface DerivedKeys {
  id: string;
  sealing: KeyObject;
  hashing: KeyObject;
}

const SECRET_BYTES = 32;
/** Random nonces of 96 bits serve for 2^32 values a key (SP 800-38D, 8.3): far more than six cities have people. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MOST_KEYS = 10;
const KEY_ID = /^[a-z0-9]{1,20}$/i;
/** At least nonce and tag: a plain text that was never sealed does not pass, and so no part of it is taken for a key id. */
const SEALED = /^(?<id>[a-z0-9]{1,20})\.(?<body>[\w-]{38,})$/i;

/**
 * A sealer with the first key in use; the others still open what they sealed.
 * Throws Error unless there are 1 to 10 keys of 32 bytes with different ids.
 */
export function openSealer(keys: readonly SealKey[]): Sealer {
  const all = keys.map(deriveKeys);
  const [current] = all;
  if (current === undefined || !isKeyRing(keys)) {
    throw new Error(`Sealing needs 1 to ${MOST_KEYS} keys of ${SECRET_BYTES} bytes with different ids`);
  }
  return {
    seal: (plain, context) => seal(current, plain, context),
    open: (sealed, context) => open(all, sealed, context),
    fingerprints: (plain, context) => all.map(({ hashing }) => fingerprint(hashing, plain, context)),
    isOld: (sealed) => !sealed.startsWith(`${current.id}.`),
  };
}

/**
 * Keys written as "2026a:SECRET,2025:SECRET", the one in use first; a secret is 32 bytes in base64 (`openssl rand -base64 32`)
 * or 64 hexadecimal digits. Undefined when anything is wrong.
 */
export function parseSealKeys(text: string): SealKey[] | undefined {
  const keys: SealKey[] = [];
  for (const part of text.split(",", MOST_KEYS + 1)) {
    const [id = "", written = "", ...rest] = part.trim().split(":");
    const secret = parseSecret(written);
    if (secret === undefined || rest.length > 0) return undefined;
    keys.push({ id, secret });
  }
  return isKeyRing(keys) ? keys : undefined;
}

function parseSecret(written: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(written)) return Buffer.from(written, "hex");
  const secret = Buffer.from(written, "base64");
  // Buffer skips what is no base64: only a text that comes out the same was read whole.
  return secret.length === SECRET_BYTES && secret.toString("base64") === written ? secret : undefined;
}

/** Ids that differ in capitals only are one id to the person who writes them. */
function isKeyRing(keys: readonly SealKey[]): boolean {
  const ids = new Set(keys.map(({ id }) => id.toLowerCase()));
  const areSound = keys.every(({ id, secret }) => KEY_ID.test(id) && secret.length === SECRET_BYTES);
  return areSound && keys.length >= 1 && keys.length <= MOST_KEYS && ids.size === keys.length;
}

function deriveKeys({ id, secret }: SealKey): DerivedKeys {
  const derive = (use: string) => createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", `avoin ${use} 1`, 32)));
  return { id, sealing: derive("seal"), hashing: derive("fingerprint") };
}

function seal(key: DerivedKeys, plain: string, context: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.sealing, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context));
  const hidden = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `${key.id}.${Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString("base64url")}`;
}

function open(keys: readonly DerivedKeys[], sealed: string, context: string): string {
  const { id, body = "" } = SEALED.exec(sealed)?.groups ?? {};
  if (id === undefined) throw new Error("A sealed value is damaged: it has not the form of one");
  const key = keys.find((key) => key.id === id);
  if (key === undefined) throw new Error(`A sealed value needs key ${id}, which is not among the keys given`);
  const bytes = Buffer.from(body, "base64url");
  const opened = bytes.toString("base64url") === body ? decipher(key, bytes, context) : undefined;
  if (opened === undefined) throw new Error(`A value sealed with key ${id} is damaged or belongs elsewhere`);
  return opened;
}

/** Undefined when the tag does not fit the key, the context and every byte. */
function decipher(key: DerivedKeys, bytes: Buffer, context: string): string | undefined {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const hidden = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key.sealing, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(hidden), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

/** JSON keeps context and value apart: no two pairs of them are the same text. */
const fingerprint = (key: KeyObject, plain: string, context: string): string =>
  createHmac("sha256", key)
    .update(JSON.stringify([context, plain]))
    .digest("base64url");
