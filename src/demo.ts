/** The believable content that a first start loads: real decisions of the six cities (data/demo, with sources and licences). */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Actor, system } from "#core/actor.ts";
import { isCityCode } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import type { LanguageService } from "#core/language/language.ts";
import { loadFunctionClasses } from "#modules/decisions/index.ts";
import { ingestFiles, listFiles } from "./ingest.ts";

const FOLDER = fileURLToPath(new URL("../data/demo/", import.meta.url));

/** Loads what is not there yet: a start that was killed half-way is completed by the next one. */
export async function loadDemo(db: Db, language: LanguageService, say: (line: string) => void): Promise<void> {
  const actor = system("demo");
  await loadClasses(db, actor);
  say("Checking the decisions of six cities…");
  let decisions = 0;
  let unread = 0;
  for await (const { outcomes } of ingestFiles(db, actor, await listFiles([`${FOLDER}decisions`]), language)) {
    decisions += outcomes.filter(({ outcome }) => outcome === "new").length;
    unread += outcomes.filter(({ outcome }) => outcome === "unread").length;
  }
  if (decisions > 0)
    say(
      `Loaded ${decisions} decisions${unread > 0 ? `; ${unread} documents could not be read and wait for a registrar` : ""}.`,
    );
}

/** The file is {city: {code: title}}. */
async function loadClasses(db: Db, actor: Actor): Promise<void> {
  const byCity = JSON.parse(await readFile(`${FOLDER}function-classes.json`, "utf8")) as Record<
    string,
    Record<string, string>
  >;
  for (const [city, titles] of Object.entries(byCity)) {
    if (!isCityCode(city)) throw new Error(`${city} in function-classes.json is no city`);
    await loadFunctionClasses(
      db,
      actor,
      city,
      Object.entries(titles).map(([code, title]) => ({ code, title })),
    );
  }
}
