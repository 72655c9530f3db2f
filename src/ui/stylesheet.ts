/** The one stylesheet: what we use of hds-core, then ours, small enough to come with the first page. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { transform } from "esbuild";
import { dropUnreadProperties, keepClasses } from "./purge.ts";

/** Of hds-core (base for its tokens). Its own typeface comes from a remote server and is not among these files. */
const HDS_FILES = [
  "base",
  "components/button/button",
  "components/text-input/text-input",
  "components/radio-button/radio-button",
  "components/checkbox/checkbox",
  "components/notification/notification",
  "components/error-summary/error-summary",
];

/** Every class of hds-core that a component uses. A test holds that no other stands in our mark-up. */
export const HDS_CLASSES: ReadonlySet<string> = new Set([
  "hds-button",
  "hds-button--primary",
  "hds-button--secondary",
  "hds-button--small",
  "hds-text-input",
  "hds-text-input--invalid",
  "hds-text-input__label",
  "hds-text-input__input",
  "hds-text-input__input-wrapper",
  "hds-text-input__error-text",
  "hds-radio-button",
  "hds-radio-button__input",
  "hds-radio-button__label",
  "hds-checkbox",
  "hds-checkbox__input",
  "hds-checkbox__label",
  "hds-notification",
  "hds-notification--success",
  "hds-notification--alert",
  "hds-notification--error",
  "hds-notification__content",
  "hds-notification__label",
  "hds-notification__body",
  "hds-error-summary__body",
]);

/** Ours, in the order of the cascade. */
const OUR_FILES = [
  "tokens",
  "ground",
  "frame",
  "layout",
  "find",
  "lists",
  "facts",
  "reading",
  "tables",
  "forms",
  "case",
  "account",
  "results",
  "notices",
  "media",
];

/** Where the server serves the typeface's two files. */
export interface FontPaths {
  latin: string;
  latinExt: string;
}

/** Reads, purges, joins and minifies. Errors: throws when a file is missing or is not CSS. */
export async function buildStylesheet(fonts: FontPaths): Promise<string> {
  const require = createRequire(import.meta.url);
  const hds = await Promise.all(HDS_FILES.map((name) => read(require.resolve(`hds-core/lib/${name}.css`))));
  const ours = await Promise.all(OUR_FILES.map((name) => read(new URL(`style/${name}.css`, import.meta.url))));
  const used = hds.map((css) => keepClasses(css, HDS_CLASSES));
  const css = dropUnreadProperties([fontFaces(fonts), ...used, ...ours].join("\n"));
  const { code } = await transform(css, { loader: "css", minify: true, legalComments: "none" });
  return code;
}

const read = (path: string | URL) => readFile(path, "utf8");

/**
 * `optional`, not `swap`: a decision is read from its first second on, and text that changes its face under the eyes moves lines
 * and loses the reader's place. The file is preloaded, so it is there in time on an ordinary connection; on a slow one the first
 * page is read in Helvetica or Arial and the next one in Hanken Grotesk from the cache. The second file holds the letters that
 * Finnish and Swedish need rarely (š, ž, Sámi names) and is fetched only by pages that have them.
 */
function fontFaces({ latin, latinExt }: FontPaths): string {
  const face = (src: string, range: string) =>
    `@font-face{font-family:"Hanken Grotesk";font-style:normal;font-weight:100 900;font-display:optional;` +
    `src:url(${src}) format("woff2");unicode-range:${range}}`;
  return (
    face(latin, "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212") +
    face(latinExt, "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1EFF")
  );
}
