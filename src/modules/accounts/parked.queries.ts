/** SQL of what a browser will come back for. Row-level security shows a browser its own (`withBrowser`). */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Db, Tx } from "#core/db.ts";
import type { FormValues } from "#core/http/forms.ts";

/** Runs `work` in one transaction in which the rows of one browser are visible. `browser`: the hash of its cookie. */
export async function withBrowser<T>(db: Db, browser: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('avoin.browser', ${browser}, true), set_config('avoin.city', 'joint', true)`.execute(
      tx,
    );
    return work(tx);
  });
}

export async function insertParkedForm(
  tx: Tx,
  form: { id: string; browser: string; path: string; values: FormValues; expiresAt: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto("parked_form")
    .values({
      id: form.id,
      browser: form.browser,
      path: form.path,
      form_values: JSON.stringify(form.values),
      expires_at: form.expiresAt.toString(),
    })
    .execute();
}

export async function selectOptionalParkedForm(
  tx: Tx,
  id: string,
  path: string,
  now: Temporal.Instant,
): Promise<FormValues | undefined> {
  const row = await tx
    .selectFrom("parked_form")
    .select("form_values")
    .where("id", "=", id)
    .where("path", "=", path)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .executeTakeFirst();
  return row?.form_values as FormValues | undefined;
}
