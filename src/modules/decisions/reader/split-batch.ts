/** 50 MB: the largest known meeting document is a tenth of it. */
export const MAX_DOCUMENT_BYTES = 50 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Field names that only a record of a case system has, and those of CaseM's items, whose list is one document. */
const RECORD_FIELD = /^(?:NativeId|CaseIDLabel|Content|Motion|DecisionHistoryHTML)$/;
const BATCH_FIELD = "decisions";

/**
 * Splits a batch, `{"decisions": […]}` or a list of Ahjo records, into its records: each comes out as exactly the bytes it
 * has in the file, one at a time, so memory holds one record however long the batch is. Anything else comes out whole. A
 * document longer than `maxBytes` is cut one byte past the limit, which `readDocument` answers with `tooLarge`.
 */
export async function* splitBatch(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_DOCUMENT_BYTES,
): AsyncGenerator<Uint8Array> {
  const scanner = newScanner(maxBytes);
  for await (const chunk of stream) yield* scan(scanner, chunk);
  yield* rest(scanner);
}

/** Bytes that are kept, up to a limit. */
interface Kept {
  pieces: Uint8Array[];
  length: number;
  max: number;
}

const keptUpTo = (max: number): Kept => ({ pieces: [], length: 0, max: max + 1 });

function keep(kept: Kept, bytes: Uint8Array): void {
  const part = bytes.subarray(0, Math.max(kept.max - kept.length, 0));
  if (part.length === 0) return;
  // A stream may use its buffer again, so what outlives the chunk is copied.
  kept.pieces.push(part.slice());
  kept.length += part.length;
}

function take(kept: Kept): Uint8Array {
  const whole = Buffer.concat(kept.pieces, kept.length);
  kept.pieces = [];
  kept.length = 0;
  return whole;
}

/**
 * `unknown` until the first bytes tell; `whole` when it is one document; `batch` when records come out. Until the first
 * record of a list is seen to its end, its bytes are kept as parts of what may still be one document.
 */
interface Scanner {
  mode: "unknown" | "whole" | "batch";
  depth: number;
  inString: boolean;
  escaped: boolean;
  /** Where records lie: in a list at depth 1, or in the list under "decisions" at depth 2. */
  recordDepth: number;
  /** The last string read at the depth where field names are of interest. */
  field: number[];
  fieldNames: Set<string>;
  whole: Kept;
  record: Kept;
  inRecord: boolean;
}

const newScanner = (maxBytes: number): Scanner => ({
  mode: "unknown",
  depth: 0,
  inString: false,
  escaped: false,
  recordDepth: 0,
  field: [],
  fieldNames: new Set(),
  whole: keptUpTo(maxBytes),
  record: keptUpTo(maxBytes),
  inRecord: false,
});

function* scan(s: Scanner, chunk: Uint8Array): Generator<Uint8Array> {
  if (s.mode !== "batch") keep(s.whole, chunk);
  if (s.mode === "whole") return;
  let from = 0;
  for (let i = 0; i < chunk.length; i++) {
    const byte = chunk[i] ?? 0;
    if (s.inString) {
      inString(s, byte);
      continue;
    }
    if (byte === QUOTE) {
      s.inString = true;
      s.field = [];
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (isRecordStart(s, byte)) {
        s.inRecord = true;
        from = i;
      }
      open(s, byte);
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      s.depth--;
      if (s.inRecord && s.depth === s.recordDepth) {
        s.inRecord = false;
        keep(s.record, chunk.subarray(from, i + 1));
        if (!isBatch(s)) return;
        yield take(s.record);
      } else if (s.recordDepth > 0 && s.depth < s.recordDepth) {
        s.recordDepth = 0;
      }
    } else if (s.depth === 0 && byte > 0x20 && byte !== COMMA && s.mode === "unknown" && !isMark(byte)) {
      s.mode = "whole";
      return;
    }
  }
  if (s.inRecord) keep(s.record, chunk.subarray(from));
}

/** Bytes of a byte order mark are above ASCII and tell nothing. */
const isMark = (byte: number): boolean => byte >= 0x80;

function inString(s: Scanner, byte: number): void {
  if (s.escaped) s.escaped = false;
  else if (byte === BACKSLASH) s.escaped = true;
  else if (byte === QUOTE) {
    s.inString = false;
    noteField(s);
  } else if (s.field.length < 40) s.field.push(byte);
}

/** Before the batch is known, names and short texts directly inside the first record tell what it is a record of. */
function noteField(s: Scanner): void {
  if (s.mode === "unknown" && s.inRecord && s.depth === s.recordDepth + 1) {
    s.fieldNames.add(String.fromCharCode(...s.field));
  }
}

function open(s: Scanner, byte: number): void {
  const opensTopList = s.depth === 0 && byte === OPEN_LIST;
  const opensBatchList = s.depth === 1 && byte === OPEN_LIST && String.fromCharCode(...s.field) === BATCH_FIELD;
  s.depth++;
  if (s.recordDepth === 0 && (opensTopList || opensBatchList)) s.recordDepth = s.depth;
}

const isRecordStart = (s: Scanner, byte: number): boolean =>
  byte === OPEN_OBJECT && s.recordDepth > 0 && s.depth === s.recordDepth && !s.inRecord;

/** Decides by the first record; a document that is not a batch is scanned no further. */
function isBatch(s: Scanner): boolean {
  if (s.mode === "batch") return true;
  const isRecord = s.recordDepth > 1 || [...s.fieldNames].some((name) => RECORD_FIELD.test(name));
  s.mode = isRecord ? "batch" : "whole";
  if (isRecord) take(s.whole);
  else take(s.record);
  return isRecord;
}

/** What the end of the stream leaves over: the one document, or a record that the stream broke off in. */
function* rest(s: Scanner): Generator<Uint8Array> {
  if (s.mode !== "batch") yield take(s.whole);
  else if (s.inRecord) yield take(s.record);
}
