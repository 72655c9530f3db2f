/** SQL that writes decisions, a batch at a time. Each function is one statement or two, named after what it does. */
import { type RawBuilder, sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import { CITY_CODES, type CityCode } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import { joinBytes, rowsAs } from "#core/rows.ts";
import { excerptOf, yearOf } from "./identity.ts";
import { type KnownDecision, makerSlugOf, type NewMatter, type Plan, type ReadDocument, type Settled } from "./plan.ts";
import type { Reading } from "./reading.ts";

/** One loader at a time in a city: two that meet the same decision, maker or address at once would both make it. */
export async function lockCity(tx: Tx, city: CityCode): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('decisions'), hashtext(${city}))`.execute(tx);
}

/** Which of these documents are kept already, as a version or as a copy of one. */
export async function selectKnownDocuments(db: Db, sha256s: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom("document")
    .select("sha256")
    .where(
      sql<boolean>`city = any(${sql.val([...CITY_CODES])}::text[]) and sha256 = any(${sql.val([...sha256s])}::text[])`,
    )
    .execute();
  return new Set(rows.map((row) => row.sha256));
}

/** The decisions of these identities, each with what its newest version says. */
export async function selectDecisionsByIdentity(
  tx: Tx,
  wanted: readonly { city: CityCode; identity: string }[],
): Promise<({ city: CityCode; identity: string } & KnownDecision)[]> {
  const rows = await tx
    .selectFrom("decision as d")
    .innerJoin("decision_version as v", (join) =>
      join.onRef("v.city", "=", "d.city").onRef("v.decision_id", "=", "d.id").onRef("v.version", "=", "d.version"),
    )
    .select(["d.city", "d.identity", "d.id", "d.ref", "d.version", "v.reading"])
    .where(
      isOneOf(
        sql`d.city, d.identity`,
        wanted.map(({ city, identity }) => [city, identity]),
      ),
    )
    .execute();
  return rows.map((row) => ({ ...row, city: row.city as CityCode, reading: row.reading as unknown as Reading }));
}

/** Those of the matters that are there. */
export async function selectKnownMatters(
  tx: Tx,
  wanted: readonly { city: CityCode; key: string }[],
): Promise<{ city: CityCode; key: string }[]> {
  const rows = await tx
    .selectFrom("matter")
    .select(["city", "key"])
    .where(
      isOneOf(
        sql`city, key`,
        wanted.map(({ city, key }) => [city, key]),
      ),
    )
    .execute();
  return rows.map((row) => ({ ...row, city: row.city as CityCode }));
}

/** The two columns are one of the pairs; none of none. */
const isOneOf = (columns: RawBuilder<unknown>, pairs: readonly (readonly [string, string])[]) => sql<boolean>`
  (${columns}) in (select * from unnest(${sql.val(pairs.map(([a]) => a))}::text[], ${sql.val(pairs.map(([, b]) => b))}::text[]))`;

/**
 * For each address as many free ones as asked for: itself, or "-2", "-3" … behind it. Thousands may want the same one, so the first
 * free number is looked for in steps that double, then halve; it lies just above a taken one.
 */
export async function selectFreeRefs(
  tx: Tx,
  wanted: readonly { ref: string; count: number }[],
): Promise<{ wanted: string; ref: string }[]> {
  const { rows } = await sql<{ wanted: string; ref: string }>`
    with recursive wanted as (
      select * from unnest(${sql.val(wanted.map(({ ref }) => ref))}::text[], ${sql.val(wanted.map(({ count }) => count))}::int[]) as w (ref, count)
    ), hunt (ref, count, taken, free) as (
      select wanted.ref, wanted.count, n / 2, n
      from wanted cross join lateral (
        select n from (select (2 ^ generate_series(0, 30))::int as n) as doubling where ${isFree(sql`wanted.ref`, sql`n`)} limit 1
      ) as first
      union all
      select ref, count, case when is_free then taken else n end, case when is_free then n else free end
      from hunt
      cross join lateral (select (taken + free) / 2 as n) as middle
      cross join lateral (select ${isFree(sql`hunt.ref`, sql`n`)} as is_free) as found
      where free - taken > 1
    )
    select hunt.ref as wanted, ${nthRef(sql`hunt.ref`, sql`n`)} as ref
    from hunt cross join lateral (
      select n from (select generate_series(free, 2147483647) as n) as onwards where ${isFree(sql`hunt.ref`, sql`n`)} limit count
    ) as numbers
    where free - taken = 1
    order by hunt.ref, n`.execute(tx);
  return rows;
}

type Sql = RawBuilder<unknown>;
const nthRef = (ref: Sql, n: Sql): Sql => sql`case ${n} when 1 then ${ref} else ${ref} || '-' || ${n} end`;

/** A scalar subquery, so that the planner asks the index of addresses for each number, and does not read the table. */
const isFree = (ref: Sql, n: Sql): Sql =>
  sql`((select 1 from decision d where lower(d.ref) = lower(${nthRef(ref, n)})) is null)`;

export async function insertDocuments(
  tx: Tx,
  documents: readonly ReadDocument[],
  now: Temporal.Instant,
): Promise<void> {
  if (documents.length === 0) return;
  const { bytes, rows } = joinBytes(
    documents.map((document) => ({
      city: document.reading.city,
      sha256: document.sha256,
      media_type: MEDIA_TYPES[document.reading.format],
      bytes: document.bytes,
    })),
  );
  await sql`
    insert into document (city, sha256, bytes, media_type, received_at)
    select city, sha256, substring(${bytes}::bytea from start for length), media_type, ${now.toString()}::timestamptz
    from ${rowsAs(rows, "city text, sha256 text, media_type text, start int, length int")}`.execute(tx);
}

const MEDIA_TYPES: Record<Reading["format"], string> = {
  text: "text/plain",
  html: "text/html",
  pdf: "application/pdf",
  "ahjo-json": "application/json",
  "casem-json": "application/json",
};

export async function insertNewMakers(tx: Tx, makers: Plan["makers"]): Promise<void> {
  if (makers.length === 0) return;
  await sql`
    insert into decision_maker (city, slug, name, kind)
    select city, slug, name, kind from ${rowsAs(makers, "city text, slug text, name text, kind text")}
    on conflict do nothing`.execute(tx);
}

/** Adds classes and mends their titles, in the order of their codes, so that two who do it never wait for each other. */
export async function upsertFunctionClasses(tx: Tx, classes: Plan["classes"]): Promise<void> {
  if (classes.length === 0) return;
  await sql`
    insert into function_class (city, code, title)
    select city, code, title from ${rowsAs(classes, "city text, code text, title text")} order by city, code
    on conflict (city, code) do update set title = excluded.title where function_class.title <> excluded.title`.execute(
    tx,
  );
}

export async function insertMatters(tx: Tx, matters: readonly NewMatter[]): Promise<void> {
  if (matters.length === 0) return;
  const rows = matters.map(({ city, id, number, slug, title, classCode }) => ({
    city,
    key: number.key,
    id,
    slug,
    written: number.written,
    title,
    class_code: classCode,
  }));
  await sql`
    insert into matter (city, key, id, slug, written, title, class_code)
    select city, key, id, slug, written, title, class_code
    from ${rowsAs(rows, "city text, key text, id uuid, slug text, written text, title text, class_code text")}`.execute(
    tx,
  );
}

/** New decisions, and the newest state of those that are there: their identity, address and first publication stay. */
export async function upsertDecisions(tx: Tx, newest: readonly Settled[], now: Temporal.Instant): Promise<void> {
  if (newest.length === 0) return;
  const rows = rowsAs(
    newest.map(decisionRow),
    `city text, id uuid, identity text, ref text, version int, language text, stage text, title text, section text, maker text,
     matter_key text, class_code text, day date, year int, excerpt text, running_text text, title_tokens text,
     text_tokens text`,
  );
  // Lemmas as a tsvector: the title's weigh most. The "simple" configuration changes nothing in them.
  await sql`
    insert into decision (city, id, identity, ref, version, language, stage, title, section, maker, matter_key, class_code, day, year,
                          excerpt, running_text, search_text, first_published_at, published_at)
    select city, id, identity, ref, version, language, stage, title, section, maker, matter_key, class_code, day, year, excerpt,
           running_text,
           setweight(to_tsvector('simple', title_tokens), 'A') || to_tsvector('simple', text_tokens), now, now
    from ${rows}, (select ${now.toString()}::timestamptz as now) as moment
    on conflict (city, id) do update set
      version = excluded.version, language = excluded.language, stage = excluded.stage, title = excluded.title,
      section = excluded.section, maker = excluded.maker, matter_key = excluded.matter_key, class_code = excluded.class_code,
      day = excluded.day, year = excluded.year, excerpt = excluded.excerpt, running_text = excluded.running_text,
      search_text = excluded.search_text, published_at = excluded.published_at`.execute(tx);
}

function decisionRow({ document, id, identity, ref, version }: Settled) {
  const { reading, text, titleTokens, textTokens } = document;
  return {
    city: reading.city,
    id,
    identity,
    ref,
    version,
    language: reading.language,
    stage: reading.stage,
    title: reading.title,
    section: reading.section,
    maker: makerSlugOf(reading),
    matter_key: reading.recordNumber?.key ?? null,
    class_code: reading.classification?.code ?? null,
    day: reading.day,
    year: yearOf(reading),
    excerpt: excerptOf(reading),
    running_text: text,
    title_tokens: titleTokens.join(" "),
    text_tokens: textTokens.join(" "),
  };
}

export async function insertVersions(tx: Tx, versions: readonly Settled[], now: Temporal.Instant): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map(({ document, id, version }) => ({
    city: document.reading.city,
    decision_id: id,
    version,
    sha256: document.sha256,
    reading: document.reading,
  }));
  await sql`
    insert into decision_version (city, decision_id, version, sha256, reading, published_at)
    select city, decision_id, version, sha256, reading, ${now.toString()}::timestamptz
    from ${rowsAs(rows, "city text, decision_id uuid, version int, sha256 text, reading jsonb")}`.execute(tx);
}

export async function insertCopies(tx: Tx, copies: readonly Settled[]): Promise<void> {
  if (copies.length === 0) return;
  const rows = copies.map(({ document, id, version }) => ({
    city: document.reading.city,
    sha256: document.sha256,
    decision_id: id,
    version,
  }));
  await sql`
    insert into decision_copy (city, sha256, decision_id, version)
    select city, sha256, decision_id, version
    from ${rowsAs(rows, "city text, sha256 text, decision_id uuid, version int")}`.execute(tx);
}

/** The matters that the newest versions mention, in place of those of the versions before. */
export async function replaceMentions(tx: Tx, newest: readonly Settled[]): Promise<void> {
  const changed = newest
    .filter(({ version }) => version > 1)
    .map(({ document, id }) => ({ city: document.reading.city, id }));
  if (changed.length > 0) {
    await sql`
      delete from decision_mention m using ${rowsAs(changed, "city text, id uuid")}
      where m.city = r.city and m.decision_id = r.id`.execute(tx);
  }
  const rows = newest.flatMap(({ document, id }) =>
    document.reading.mentions.map(({ key, written }) => ({ city: document.reading.city, id, key, written })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into decision_mention (city, decision_id, matter_key, written)
    select city, id, key, written from ${rowsAs(rows, "city text, id uuid, key text, written text")}
    on conflict do nothing`.execute(tx);
}
