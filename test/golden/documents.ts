/** The documents that the golden files and the reader's tests read: the demo content, and listings that hold no decision. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openVoikko } from "#core/language/locate.ts";
import { classTitlesOf, type ClassTitles } from "#modules/decisions/reader/class-titles.ts";
import type { Lexicon } from "#modules/decisions/reader/lexicon.ts";
import { splitBatch } from "#modules/decisions/reader/split-batch.ts";

const ROOT = new URL("../../", import.meta.url);

export const SEED = "helsinki/HEL-2015-004216.txt";
export const AHJO = "helsinki/ahjo-decisions.json";
/** One document a file, by city. */
export const SINGLE_DOCUMENTS = [
  SEED,
  "espoo/2013262303-5.HTM",
  "espoo/2017409886-4.HTM",
  "turku/turku_kh_2017-02-05-190.htm",
  "tampere/casem-contents-57.json",
  "tampere/casem-contents-60.json",
  "tampere/tampere_kh_170605_contents_229.json",
  "vantaa/510975521.pdf",
  "oulu/35090068.pdf",
  "oulu/395959398.pdf",
] as const;

const bytesOf = async (path: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(path, ROOT)));

export const demoDocument = (path: string): Promise<Uint8Array> => bytesOf(`data/demo/decisions/${path}`);
export const listing = (name: string): Promise<Uint8Array> => bytesOf(`test/fixtures/decisions/tampere/${name}`);

/** Bytes in chunks, as a file or a connection gives them. */
export async function* inChunks(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function ahjoRecords(): Promise<Uint8Array[]> {
  return await Array.fromAsync(splitBatch(inChunks(await demoDocument(AHJO))));
}

export async function classTitles(): Promise<ClassTitles> {
  const table: unknown = JSON.parse(await readFile(new URL("data/demo/function-classes.json", ROOT), "utf8"));
  return classTitlesOf(table);
}

/** Finnish by the libvoikko that is installed or was fetched for a start, each word asked once; or why there is none. */
export function finnishLexicon(): { lexicon: Lexicon } | { missing: string } {
  const opened = openVoikko(fileURLToPath(new URL(".data", ROOT)));
  if (!opened.found) return { missing: `needs libvoikko and its Finnish dictionary (${opened.why})` };
  const known = new Map<string, boolean>();
  const isWord = (word: string): boolean => {
    const answer = known.get(word) ?? opened.voikko.isWord(word);
    known.set(word, answer);
    return answer;
  };
  return { lexicon: { isWord } };
}
