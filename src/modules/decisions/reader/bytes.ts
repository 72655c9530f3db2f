/**
 * Text out of bytes, by what the bytes say: a byte order mark, else UTF-8 when they are valid UTF-8, else windows-1252,
 * which the older case systems write. A declaration (`charset=…`) decides only between the two when the bytes leave it
 * open: Dynasty's pages declare windows-1252 rightly, others declare it over UTF-8.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return isMostlyUtf8(bytes) ? decodeMixed(bytes) : decodeWindows1252(bytes);
  }
}

const decodeWindows1252 = (bytes: Uint8Array): string => new TextDecoder("windows-1252").decode(bytes);

/** Bytes that are not valid UTF-8 throughout: are the letters above ASCII mostly written in it all the same? */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (declaredEncoding(bytes) === "windows-1252") return false;
  let valid = 0;
  let stray = 0;
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 0x80) continue;
    const length = sequenceLength(bytes, i);
    if (length === 0) stray++;
    else valid++;
    i += Math.max(length - 1, 0);
  }
  return valid > stray;
}

/** UTF-8 with pieces of windows-1252 pasted in, or cut off in the middle of a letter: each stray byte is its windows-1252 sign. */
function decodeMixed(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const utf8 = new TextDecoder("utf-8");
  let from = 0;
  for (let i = 0; i < bytes.length;) {
    const length = (bytes[i] ?? 0) < 0x80 ? 1 : sequenceLength(bytes, i);
    if (length === 0) {
      pieces.push(utf8.decode(bytes.subarray(from, i)), decodeWindows1252(bytes.subarray(i, i + 1)));
      from = i + 1;
    }
    i += Math.max(length, 1);
  }
  return pieces.join("") + utf8.decode(bytes.subarray(from));
}

/** Length in bytes of the UTF-8 sequence above ASCII that starts here; 0 when none does. */
function sequenceLength(bytes: Uint8Array, start: number): number {
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (lead > 0xf4) return 0;
  for (let i = 1; i < length; i++) if (((bytes[start + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function declaredEncoding(bytes: Uint8Array): "utf-8" | "windows-1252" | null {
  const head = decodeWindows1252(bytes.subarray(0, 2048));
  const label = /charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]?.toLowerCase();
  if (label === undefined) return null;
  if (label === "utf-8" || label === "utf8") return "utf-8";
  return /^(?:windows-125\d|iso-8859-\d+|latin-?\d)$/.test(label) ? "windows-1252" : null;
}
