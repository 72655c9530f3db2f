/**
 * Mail addresses that we send to: a dot-atom before the @ (RFC 5322, 3.4.1; letters of every script by RFC 6531) and a
 * domain name after it. Quoted local parts, comments and addresses of machines are refused: nobody has them, and they carry
 * header injections.
 */
import { domainToASCII } from "node:url";

declare const mailAddress: unique symbol;
/** An address that `parseMailAddress` took: local part as written, domain in small ASCII letters. */
export type MailAddress = string & { readonly [mailAddress]: true };

/** Octets, RFC 5321, 4.5.3.1.1 and 4.5.3.1.3 (a path of 256 with its angle brackets). */
const LONGEST_LOCAL = 64;
const LONGEST = 254;

/** Signs of an atom, and letters, digits and marks of every script but those that cannot be seen. */
const ATOM = String.raw`[[\w!#$%&'*+\x2d\/=?^\`\{\|\}~\p{L}\p{M}\p{N}]--\p{Default_Ignorable_Code_Point}]+`;
const LOCAL = new RegExp(String.raw`^${ATOM}(?:\.${ATOM})*$`, "v");
/** Asked before domainToASCII, which cuts "example.fi/x", decodes "%65" and drops what cannot be seen. */
const WRITTEN_DOMAIN = /^[[\p{L}\p{M}\p{N}.\-]--\p{Default_Ignorable_Code_Point}]+$/v;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
/** At least one dot, and a last label with a letter: 127.0.0.1 is no domain. */
const DOMAIN = new RegExp(String.raw`^(?:${LABEL}\.)+(?=[\d-]*[a-z])${LABEL}$`);

const CHARACTERS = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The address that the text is, without the space around it; undefined when we cannot send to it. */
export function parseMailAddress(text: string): MailAddress | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return undefined;
  const [local = "", writtenDomain = "", ...rest] = trimmed.normalize("NFC").split("@");
  if (rest.length > 0 || !LOCAL.test(local) || !WRITTEN_DOMAIN.test(writtenDomain)) return undefined;
  const domain = domainToASCII(writtenDomain);
  const address = `${local}@${domain}`;
  const isShort = Buffer.byteLength(local) <= LONGEST_LOCAL && Buffer.byteLength(address) <= LONGEST;
  return isShort && DOMAIN.test(domain) ? (address as MailAddress) : undefined;
}

/** For matching, all in small letters: in practice nobody tells Aino@ from aino@. Mail goes to the address itself. */
export const mailKey = (address: MailAddress): string => address.toLowerCase().normalize("NFC");

/** "m…n@example.fi", for pages that show which address is meant and not the whole of it. */
export function maskMail(address: MailAddress): string {
  const [local = "", domain = ""] = address.split("@");
  const signs = Array.from(CHARACTERS.segment(local), ({ segment }) => segment);
  // Of a short local part both ends would give nearly all away.
  const first = signs.length > 1 ? signs[0] : "";
  const last = signs.length > 3 ? signs.at(-1) : "";
  return `${first}…${last}@${domain}`;
}
