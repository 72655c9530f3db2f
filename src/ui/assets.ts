/**
 * Everything static that a page loads: one stylesheet, the typeface, the mark. Made once when the process starts; each name bears
 * the hash of its content, so the server may tell everybody to keep it for ever.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { favicon } from "./favicon.ts";
import { buildStylesheet } from "./stylesheet.ts";

export interface Asset {
  /** "/assets/avoin-3f9a1c20.css" */
  path: string;
  type: string;
  body: Buffer;
  /** Ready in both encodings; absent for what is compressed by nature. */
  compressed?: { br: Buffer; gzip: Buffer };
}

const require = createRequire(import.meta.url);
const typeface = (subset: string) =>
  readFile(require.resolve(`@fontsource-variable/hanken-grotesk/files/hanken-grotesk-${subset}-wght-normal.woff2`));

function asset(name: string, ending: string, type: string, body: Buffer, isText: boolean): Asset {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 10);
  const path = `/assets/${name}-${hash}.${ending}`;
  if (!isText) return { path, type, body };
  const br = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });
  return { path, type, body, compressed: { br, gzip: gzipSync(body, { level: 9 }) } };
}

const font = asset("hanken-grotesk", "woff2", "font/woff2", await typeface("latin"), false);
const fontExt = asset("hanken-grotesk-ext", "woff2", "font/woff2", await typeface("latin-ext"), false);
const icon = asset("avoin", "svg", "image/svg+xml", Buffer.from(favicon()), true);
const css = await buildStylesheet({ latin: font.path, latinExt: fontExt.path });
const stylesheet = asset("avoin", "css", "text/css; charset=utf-8", Buffer.from(css), true);

/** What the server serves below /assets/, with `Cache-Control: public, max-age=31536000, immutable`. */
export const ASSETS: readonly Asset[] = [stylesheet, font, fontExt, icon];

/** Addresses for the head of the document. */
export const LINKS = { stylesheet: stylesheet.path, font: font.path, icon: icon.path } as const;
