/**
 * What a person calls a device, for the list of own sessions: "Firefox, Windows". A help to recognise it and no proof, since
 * whoever sends the header writes it. Its order matters: nearly all browsers also name those that they want to be taken for.
 */

export type Browser = "Firefox" | "Chrome" | "Edge" | "Safari" | "Samsung Internet" | "Opera";
export type System = "Windows" | "macOS" | "iOS" | "Android" | "Linux" | "ChromeOS";

export interface Device {
  browser: Browser | null;
  /** An iPad that asks for desktop pages says that it is a Mac. */
  system: System | null;
}

/** Headers of browsers are shorter by far; the rest of a longer one is not looked at. */
const LONGEST = 400;

type Tokens<T> = readonly (readonly [T, readonly string[]])[];

/** What each browser alone writes, on computers, Android and iOS. Others that are built on Chrome count as Chrome. */
const BROWSERS: Tokens<Browser> = [
  ["Samsung Internet", ["SamsungBrowser/"]],
  ["Opera", ["OPR/", "OPT/", "OPiOS/", "Opera/", "Opera Mini/"]],
  ["Edge", ["Edg/", "EdgA/", "EdgiOS/", "Edge/"]],
  ["Firefox", ["Firefox/", "FxiOS/"]],
  ["Chrome", ["Chrome/", "CriOS/"]],
];

/** iOS before macOS ("like Mac OS X"), Android and ChromeOS before Linux ("Linux; Android", "X11; CrOS"). */
const SYSTEMS: Tokens<System> = [
  ["iOS", ["iPhone", "iPad", "iPod"]],
  ["Windows", ["Windows"]],
  ["Android", ["Android"]],
  ["ChromeOS", ["CrOS "]],
  ["macOS", ["Macintosh", "Mac OS X"]],
  ["Linux", ["Linux", "X11"]],
];

/** The browser and the system that a User-Agent header (RFC 9110, 10.1.5) names; null for what it does not tell. */
export function describeDevice(userAgent: string | undefined): Device {
  const header = (userAgent ?? "").slice(0, LONGEST);
  const system = firstNamed(SYSTEMS, header);
  return { browser: firstNamed(BROWSERS, header) ?? (isSafari(header, system) ? "Safari" : null), system };
}

function firstNamed<T>(tokens: Tokens<T>, header: string): T | null {
  const named = tokens.find(([, signs]) => signs.some((sign) => header.includes(sign)));
  return named?.[0] ?? null;
}

/** Everybody writes "Safari/"; with "Version/" too and on Apple's systems it is Safari itself. */
const isSafari = (header: string, system: System | null): boolean =>
  (system === "macOS" || system === "iOS") && header.includes("Version/") && header.includes("Safari/");
