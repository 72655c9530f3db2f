import type { Unreadable } from "../reading.ts";

export type Shape = "pdf" | "json" | "html" | "text";

const reason = (code: Unreadable["code"], detail: string): Unreadable => ({ code, detail });

/** Other formats by their first bytes, so that a registrar hears what the file is and not only what it is not. */
const OTHERS: readonly { magic: readonly number[]; name: string }[] = [
  { magic: [0x50, 0x4b, 0x03, 0x04], name: "a ZIP package (Word .docx, OpenDocument or an archive)" },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], name: "an old Microsoft Office file (.doc, .xls, .msg)" },
  { magic: [0x7b, 0x5c, 0x72, 0x74, 0x66], name: "a rich text file (.rtf)" },
  { magic: [0x89, 0x50, 0x4e, 0x47], name: "a PNG image" },
  { magic: [0xff, 0xd8, 0xff], name: "a JPEG image" },
  { magic: [0x49, 0x49, 0x2a, 0x00], name: "a TIFF image" },
  { magic: [0x1f, 0x8b], name: "a gzip archive" },
];

const HTML = /<(?:!doctype|html|head|body|meta|div|p|table|h[1-6])\b/i;

/** What shape the bytes have, by the bytes themselves. */
export function sniff(bytes: Uint8Array): Shape | Unreadable {
  if (bytes.length === 0) return reason("empty", "The file is empty.");
  const other = OTHERS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte));
  if (other !== undefined) {
    return reason(
      "unknownFormat",
      `The file is ${other.name}. Readable are PDF, HTML, plain text, and Ahjo and CaseM JSON.`,
    );
  }
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  if (head.slice(0, 1024).includes("%PDF-")) return "pdf";
  const start = head.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?[\s\0]*/u, "");
  if (start === "" && bytes.length <= 4096) return reason("empty", "The file holds nothing but white space.");
  if (start.startsWith("{") || start.startsWith("[")) return "json";
  if (isBinary(bytes))
    return reason(
      "unknownFormat",
      "The file is not text. Readable are PDF, HTML, plain text, and Ahjo and CaseM JSON.",
    );
  return HTML.test(head.replaceAll("\0", "")) ? "html" : "text";
}

/** Text holds next to no control characters; UTF-16 with its mark has NULs and is text all the same. */
function isBinary(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return false;
  const head = bytes.subarray(0, 4096);
  const controls = head.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0);
  return controls > head.length / 20;
}
