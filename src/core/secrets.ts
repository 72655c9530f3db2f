/** Secrets that we hand out (cookies, links, keys): only their hash is kept, so that who reads the database can use none. */
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, for an address or a cookie: 43 characters. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

export const SECRET_PATTERN = "^[A-Za-z0-9_-]{43}$";
export const isSecret = (text: string | undefined): text is string =>
  text !== undefined && new RegExp(SECRET_PATTERN).test(text);

/** The form in which it is kept and looked up. Of 256 random bits a plain hash is enough: there is nothing to guess. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
