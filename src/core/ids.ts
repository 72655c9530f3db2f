/** Identifiers: uuid version 7 (RFC 9562), which sort by time of making and so keep indexes compact. */
import { randomBytes } from "node:crypto";
import type { Temporal } from "temporal-polyfill";

/** A new uuidv7 whose first 48 bits are the millisecond of `now`. */
export function newId(now: Temporal.Instant): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.epochMilliseconds, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
