/**
 * An archive of any size, written by SQL: the 110 real decisions, then as many made of them as asked for. Each made one is a
 * real one with its paragraphs dealt anew from all of them, an address of its own (a made street, so that there are rare
 * words too), and its own city, day and record number. What no search reads is left empty: original bytes and the full text
 * that PostgreSQL answers from when there is no index.
 */
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { system } from "#core/actor.ts";
import { CITY_CODES, type CityCode } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import type { LanguageService } from "#core/language/language.ts";
import { cards } from "./cards.ts";
import { ingestFiles } from "../src/ingest.ts";
import { excerptOf, textOf } from "../src/modules/decisions/identity.ts";
import type { Block, Reading, Section } from "../src/modules/decisions/reading.ts";

const REAL = fileURLToPath(new URL("../data/demo/decisions/helsinki/ahjo-decisions.json", import.meta.url));
const TOGETHER = 500;
const YEARS = 24;
const NOW = Temporal.Instant.from("2026-11-24T06:00:00Z");

/** Half of the archive is Helsinki's. */
const CITIES: readonly CityCode[] = [...CITY_CODES, "helsinki", "helsinki", "helsinki", "helsinki"];

interface Model {
  reading: Reading;
  maker: string | null;
}

interface Made {
  city: CityCode;
  id: string;
  ref: string;
  number: string;
  maker: string | null;
  day: string;
  excerpt: string;
  text: string;
  reading: Reading;
}

/** Fills the empty database with `count` decisions. */
export async function fillArchive(db: Db, language: LanguageService, count: number): Promise<void> {
  for await (const { outcomes } of ingestFiles(db, system("bench"), [REAL], language)) {
    if (outcomes.some(({ outcome }) => outcome === "unread")) throw new Error("a real decision was not read");
  }
  const models = await selectModels(db);
  await copyMakers(db);
  const paragraphs = models.flatMap(({ reading }) => reading.sections.flatMap(longParagraphs));
  for (let from = models.length; from < count; from += TOGETHER) {
    const size = Math.min(TOGETHER, count - from);
    await insertMade(
      db,
      Array.from({ length: size }, (_, n) => made(from + n, models, paragraphs)),
    );
  }
  await sql`analyze decision, decision_version, matter`.execute(db);
}

const isLong = (block: Block) => block.kind === "paragraph" && block.text.length >= 80;
const longParagraphs = ({ blocks }: Section): string[] =>
  blocks.flatMap((block) => (block.kind === "paragraph" && isLong(block) ? [block.text] : []));

async function selectModels(db: Db): Promise<Model[]> {
  const rows = await db
    .selectFrom("decision as d")
    .innerJoin("decision_version as v", (join) =>
      join.onRef("v.city", "=", "d.city").onRef("v.decision_id", "=", "d.id"),
    )
    .select(["v.reading", "d.maker"])
    .orderBy("d.ref")
    .execute();
  return rows.map(({ reading, maker }) => ({ reading: reading as unknown as Reading, maker }));
}

/** The makers are Helsinki's; each city has the same. */
async function copyMakers(db: Db): Promise<void> {
  await sql`
    insert into decision_maker (city, slug, name, kind)
    select c.city, m.slug, m.name, m.kind from decision_maker m, unnest(${sql.val([...CITY_CODES])}::text[]) as c (city)
    on conflict do nothing`.execute(db);
}

function made(n: number, models: readonly Model[], paragraphs: readonly string[]): Made {
  const model = models[n % models.length];
  if (!model) throw new Error("there is no real decision to make others of");
  const next = cards(n);
  const city = CITIES[n % CITIES.length] ?? "helsinki";
  const number = `${city === "helsinki" ? "HEL" : "BENCH"} ${2000 + (n % YEARS)}-${String(n).padStart(7, "0")}`;
  const day = `${2000 + (n % YEARS)}-${twoDigits(1 + (next() % 12))}-${twoDigits(1 + (next() % 28))}`;
  const sections = model.reading.sections.map((section) => ({
    ...section,
    blocks: section.blocks.map((block) =>
      isLong(block) ? { kind: "paragraph" as const, text: paragraphs[next() % paragraphs.length] ?? "" } : block,
    ),
  }));
  sections
    .at(-1)
    ?.blocks.push({ kind: "paragraph", text: `Kohteen osoite on ${streetOf(next)} ${1 + (next() % 90)}.` });
  const reading: Reading = { ...model.reading, city, day, sections };
  const ref = `${number.replaceAll(" ", "-")}-1`;
  return {
    city,
    id: newId(NOW),
    ref,
    number,
    maker: model.maker,
    day,
    excerpt: excerptOf(reading),
    text: textOf(reading),
    reading,
  };
}

const twoDigits = (n: number) => String(n).padStart(2, "0");

const FIRST = [
  "Kanta",
  "Vesi",
  "Koivu",
  "Tuuli",
  "Meri",
  "Harju",
  "Kallio",
  "Niitty",
  "Metsä",
  "Ranta",
  "Pelto",
  "Suo",
];
const SECOND = [
  "hiekan",
  "sorsan",
  "haukan",
  "kiven",
  "karhun",
  "ketun",
  "myllyn",
  "sepän",
  "lammen",
  "kurjen",
  "hirven",
];
const LAST = ["tie", "katu", "polku", "kuja", "kaari", "raitti", "rinne", "aukio", "portti", "mutka", "laita", "ranta"];

/** One of 1,584 streets, the first ones much more often than the last. */
function streetOf(next: () => number): string {
  const pick = (from: readonly string[]) => from[Math.min(next() % from.length, next() % from.length)] ?? "";
  return `${pick(FIRST)}${pick(SECOND)}${pick(LAST)}`;
}

/** One statement for all tables: the rows are read from JSON once, and references are checked at its end. */
async function insertMade(db: Db, decisions: readonly Made[]): Promise<void> {
  const rows = JSON.stringify(decisions.map((decision) => ({ ...decision, title: decision.reading.title })));
  await sql`
    with given as materialized (
      select *, encode(sha256(ref::bytea), 'hex') as sha256, 'bench:' || number as key,
        reading #>> '{classification,code}' as class_code
      from json_to_recordset(${rows}::json)
        as t (city text, id uuid, ref text, number text, maker text, day date, excerpt text, text text, title text, reading jsonb)
    ), matters as (
      insert into matter (city, key, id, slug, written, title, class_code)
      select city, key, id, replace(number, ' ', '-'), number, title, class_code from given
    ), documents as (
      insert into document (city, sha256, bytes, media_type, received_at)
      select city, sha256, '', 'application/json', now() from given
    ), decisions as (
      insert into decision (city, id, identity, ref, version, language, stage, title, section, maker, matter_key, class_code,
        day, year, excerpt, running_text, search_text, first_published_at, published_at)
      select city, id, ref, ref, 1, reading ->> 'language', reading ->> 'stage', title, reading ->> 'section', maker, key,
        class_code, day, extract(year from day)::int, excerpt, text, '', now(), now()
      from given
    )
    insert into decision_version (city, decision_id, version, sha256, reading, published_at)
    select city, id, 1, sha256, reading, now() from given`.execute(db);
}
