/** Conditional requests (RFC 9110 § 13): who has the very answer that we would send is told so, and gets nothing again. */

/**
 * True when the asker's If-None-Match names `etag`: alone, as nearly everybody sends it and as is looked at first, or in a list, weak
 * or strong (weak comparison, § 13.1.2). "*" names none: see `hasAny`.
 */
export const namesTag = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch === etag || (ifNoneMatch !== undefined && ifNoneMatch.includes(opaqueOf(etag)));

/** True for "*": the asker has some answer, and wants none as long as there is one. To be asked only when there is. */
export const hasAny = (ifNoneMatch: string | undefined): boolean => ifNoneMatch === "*";

/**
 * The tag in its quotation marks, without what makes it weak. Ours hold neither quotation marks, commas nor spaces, which is all that can
 * stand between two tags of a list: so it is in the list as a whole or not at all.
 */
const opaqueOf = (etag: string): string => (etag.startsWith("W/") ? etag.slice(2) : etag);
