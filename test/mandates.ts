/** What tests of mandates do again and again: send a form as somebody, read the mail, know somebody by their code. */
import assert from "node:assert/strict";
import type { Temporal } from "temporal-polyfill";
import { dayInFinland } from "#core/clock.ts";
import { withPerson } from "#core/db.ts";
import { writeDay } from "#modules/accounts/mandates/day-field.ts";
import { GIVE_MANDATE } from "#modules/accounts/mandates/paths.ts";
import { parseNationalId } from "#modules/accounts/people/national-id.ts";
import { replaceIdentity } from "#modules/accounts/sign-in/queries.ts";
import { sealContext } from "#modules/accounts/sign-in/sign-in.ts";
import type { TestApp } from "./app.ts";
import { linkIn } from "./mail.ts";
import { somebody, type Somebody, type TestPerson } from "./people.ts";

let codes = 0;
/** A code of somebody born that day, another each time, with an individual number that no register gives. */
export function codeOf(born: Temporal.PlainDate): string {
  const [day, month, year] = [born.day, born.month, born.year % 100].map((part) => String(part).padStart(2, "0"));
  const start = `${day}${month}${year}${born.year < 2000 ? "-" : "A"}${900 + (codes++ % 100)}`;
  const checks = "0123456789ABCDEFHJKLMNPRSTUVWXY".split("");
  const code = checks.map((check) => start + check).find((one) => parseNationalId(one));
  if (code === undefined) throw new Error(`no check character fits ${start}`);
  return code;
}

export const get = (app: TestApp, who: TestPerson, url: string) => app.server.inject({ url, headers: who.headers });

/** Sends a form as a browser does; `fields` may name one several times. */
export const send = (app: TestApp, who: TestPerson, url: string, fields: string[][] | Record<string, string> = {}) =>
  app.server.inject({
    method: "POST",
    url,
    headers: { ...who.headers, "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(fields).toString(),
  });

/** Makes somebody known by a code, as strong identification does, or by a confirmed address. */
export async function knowBy(app: TestApp, { id }: TestPerson, kind: "strong" | "mail", value: string): Promise<void> {
  const { sealer } = app.signIn;
  const sealed = kind === "strong" ? sealer.seal(value, sealContext(id)) : null;
  const identity = { kind, person: id, fingerprints: sealer.fingerprints(value, kind), sealed };
  await withPerson(app.db, id, (tx) => replaceIdentity(tx, identity, app.clock.now()));
}

/** What was recorded about somebody, as they see it, oldest first. */
export const auditAbout = (app: TestApp, person: string) =>
  withPerson(app.db, person, (tx) =>
    tx
      .selectFrom("audit")
      .select(["city", "actor", "action", "person", "on_behalf_of as behalf", "organisation", "unit", "reason"])
      .where("about", "=", person)
      .orderBy("id")
      .limit(100)
      .execute(),
  );

let addresses = 0;
export const newAddress = (): string => `somebody${++addresses}@example.fi`;

/** Somebody with an address of their own. */
export async function personWithMail(
  app: TestApp,
  given: string,
  more: Somebody = {},
): Promise<TestPerson & { mail: string }> {
  const mail = newAddress();
  return { ...(await somebody(app, { given, family: "Virtanen", mail, ...more })), mail };
}

/** A form that offers two kinds of matters for a year, but for what `more` says. */
export function offerFields(app: TestApp, mail: string, more: Record<string, string> = {}): string[][] {
  const today = dayInFinland(app.clock.now());
  const fields = { name: "Veli", mail, from: writeDay(today), until: writeDay(today.add({ years: 1 })), ...more };
  return [...Object.entries(fields), ["matters", "services"], ["matters", "decisions"]];
}

/** The giver offers; answers with the address that the mail leads to. */
export async function offer(
  app: TestApp,
  giver: TestPerson,
  mail: string,
  more: Record<string, string> = {},
): Promise<string> {
  const answer = await send(app, giver, GIVE_MANDATE.href("fi"), offerFields(app, mail, more));
  assert.match(String(answer.headers.location), /done=offered$/, answer.body);
  return linkIn(app, mail);
}

export const isActing = async (app: TestApp, who: TestPerson, name: string): Promise<boolean> =>
  (await get(app, who, "/fi/me")).body.includes(`Toimit toisen nimissä: ${name}`);
