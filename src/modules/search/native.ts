/** LanceDB, told how to behave before it does anything. Import it from here only. */
import type * as arrow from "apache-arrow";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
// Settings are read in core/config.ts; this writes, for a native library that takes some of its settings no other way.
import { env } from "node:process";

/**
 * One worker builds a full-text index, and in one part, however large: asked for every word, a part leaves out those that it has never
 * met (https://github.com/lance-format/lance/pull/7385), so an index of several would find what has only some of them.
 * Left to itself the library begins another part at 256 MB, and one for each worker. Not to be set otherwise.
 */
env["LANCE_FTS_NUM_SHARDS"] = "1";
env["LANCE_FTS_PARTITION_SIZE"] = String(2 ** 20); // MB
/**
 * The worker waits for further threads of the same pool. On two cores the pool has one thread, and the build of 100,000 entries stood
 * still for ever; it needs more threads than workers (https://github.com/lancedb/lancedb/issues/3568).
 */
env["LANCE_CPU_THREADS"] ??= String(Math.max(4, availableParallelism()));
/** Posting lists of version 2: 10 % smaller, searched 10 to 15 % faster and built twice as fast as version 1, the default. */
env["LANCE_FTS_FORMAT_VERSION"] ??= "2";
/** The library writes warnings of its own to standard error ("No existing dataset"); what goes wrong reaches us as errors. */
env["LANCE_LOG"] ??= "error";
env["RUST_LOG"] ??= "error";

export {
  connect,
  type Connection,
  Index,
  MatchQuery,
  Operator,
  PhraseQuery,
  Session,
  type Table,
} from "@lancedb/lancedb";

/** Arrow as LanceDB itself has loaded it. Imported it would come a second time, since LanceDB is no ES module. */
export const { Field, Int32, Schema, Utf8 } = createRequire(import.meta.url)("apache-arrow") as typeof arrow;
