/** Many rows for one statement. */
import { type RawBuilder, sql } from "kysely";

/**
 * Rows as a table `r` of these columns ("city text, id uuid"), for `insert into … select … from`. They travel as one JSON value, so
 * that the text of a statement is the same for every number of rows, and is planned once.
 */
export const rowsAs = (rows: readonly object[], columns: string): RawBuilder<unknown> =>
  sql`json_to_recordset(${JSON.stringify(rows)}::json) as r (${sql.raw(columns)})`;

/**
 * The bytes of all rows, one behind the other, and each row with where its own begin (from 1) and how many they are, for
 * `substring(bytes from start for length)`: so they go over in binary, while in JSON or an array each byte would be two digits.
 */
export function joinBytes<Row extends { bytes: Buffer }>(
  rows: readonly Row[],
): { bytes: Buffer; rows: (Omit<Row, "bytes"> & { start: number; length: number })[] } {
  let end = 0;
  const placed = rows.map(({ bytes, ...row }) => {
    const start = end + 1;
    end += bytes.length;
    return { ...row, start, length: bytes.length };
  });
  return { bytes: Buffer.concat(rows.map(({ bytes }) => bytes)), rows: placed };
}
