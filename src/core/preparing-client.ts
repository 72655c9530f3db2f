/** A connection that has its statements prepared: PostgreSQL parses and plans each once a connection, not once a question. */
import { createHash } from "node:crypto";
import pg from "pg";

/** Names by text, for the whole process. Bounded: what comes after that many different statements is asked unprepared. */
const names = new Map<string, string>();
const MOST_STATEMENTS = 500;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS) return known;
  const name = createHash("sha1").update(text).digest("base64url");
  names.set(text, name);
  return name;
}

/** A pg client. Questions by (text, values), as Kysely asks, become named statements; all other ways of asking stay as they are. */
export const PreparingClient: typeof pg.Client = class extends pg.Client {
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given;
    const name = typeof text === "string" && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const ask = super.query.bind(this) as (...parameters: unknown[]) => never;
    return name === undefined ? ask(...given) : ask({ name, text, values }, ...rest);
  }
};
