/** All that is kept about somebody, source by source: as JSON for themself, and as the tree that Helsinki's profile service expects. */
import { type Db, type Tx, withPerson } from "#core/db.ts";
import { GROUNDS, type Part, type PersonalData, type PersonalDataSource, type PersonalRow } from "#core/retention.ts";

/** At most so many rows of a source go into a file. */
export const ROWS_IN_FILE = 10_000;

export interface SourceRows {
  source: PersonalDataSource;
  rows: readonly PersonalRow[];
  /** True when there are more than were read. */
  hasMore: boolean;
}

/** Reads source by source, each in a transaction of its own: no connection waits for somebody who reads slowly. */
export async function* readSources(db: Db, { sources }: PersonalData, person: string): AsyncGenerator<SourceRows> {
  const part = { limit: ROWS_IN_FILE, offset: 0 };
  for (const source of sources) yield await withPerson(db, person, (tx) => readSource(tx, source, person, part));
}

/** A part of one source, in a transaction of that person. */
export async function readSource(tx: Tx, source: PersonalDataSource, person: string, part: Part): Promise<SourceRows> {
  const { limit, offset } = part;
  const rows = await source.select(tx, person, { limit: limit + 1, offset });
  return { source, rows: rows.slice(0, limit), hasMore: rows.length > limit };
}

/** The file that somebody downloads, in pieces. Names of fields are those of the database, so that a program can read it too. */
export async function* jsonPieces(
  sources: AsyncIterable<SourceRows>,
  person: string,
  at: string,
): AsyncGenerator<string> {
  yield `{"person":${JSON.stringify(person)},"readAt":${JSON.stringify(at)},"sources":[`;
  let separator = "";
  for await (const { source, rows, hasMore } of sources) {
    const { id, title, purpose, ground, keptFor } = source;
    const about = { id, title, purpose, ground: `GDPR 6(1)(${GROUNDS[ground]})`, keptFor, hasMore, rows };
    yield `${separator}\n${JSON.stringify(about)}`;
    separator = ",";
  }
  yield "]}\n";
}

/** A node of the tree: open-city-profile's GDPR API 1.0. */
export interface TreeNode {
  key: string;
  value?: string;
  children?: readonly TreeNode[];
}

/** The same as a tree, in pieces; sources without a row are left out, and so nothing at all comes when there is nothing. */
export async function* treePieces(sources: AsyncIterable<SourceRows>): AsyncGenerator<string> {
  let isOpen = false;
  for await (const { source, rows } of sources) {
    if (rows.length === 0) continue;
    yield (isOpen ? "," : `{"key":"AVOIN","children":[`) + JSON.stringify(sourceNode(source, rows));
    isOpen = true;
  }
  if (isOpen) yield "]}";
}

const sourceNode = ({ id }: PersonalDataSource, rows: readonly PersonalRow[]): TreeNode => ({
  key: keyOf(id),
  children: rows.map((row) => ({ key: "ROW", children: Object.entries(row).map(fieldNode) })),
});

function fieldNode([name, value]: [string, PersonalRow[string]]): TreeNode {
  const text = value instanceof Date ? value.toISOString() : typeof value === "object" ? value?.join(", ") : value;
  return { key: keyOf(name), value: String(text ?? "") };
}

/** "accounts.sessions" -> "ACCOUNTS_SESSIONS" */
const keyOf = (name: string): string => name.replaceAll(/[^a-z0-9]+/gi, "_").toUpperCase();
