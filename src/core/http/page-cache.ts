/** Rendered public pages, keyed by address and valid for one version of the change log. Bounded by bytes. */
import { promisify } from "node:util";
import zlib from "node:zlib";
import { LRUCache } from "lru-cache";

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

export interface CachedPage {
  version: string;
  etag: string;
  body: Buffer;
  /** Compressed once, in the background, when the page is asked for again. */
  encoded: Map<Encoding, Buffer>;
}
export type Encoding = "br" | "gzip";

export interface PageCache {
  /** The page if it was rendered at this version. */
  get(url: string, version: string): CachedPage | undefined;
  put(url: string, page: CachedPage): void;
  size(): { pages: number; bytes: number };
}

const MEASURED = { body: 3, overhead: 512 }; // body + its two compressed forms, and the entry itself

/** `maxBytes` 0: nothing is kept. */
export function openPageCache(maxBytes: number): PageCache {
  if (maxBytes === 0) return { get: () => undefined, put: () => undefined, size: () => ({ pages: 0, bytes: 0 }) };
  const pages = new LRUCache<string, CachedPage>({
    maxSize: maxBytes,
    maxEntrySize: maxBytes / 8,
    sizeCalculation: (page, url) =>
      Math.ceil(page.body.length * (1 + 1 / MEASURED.body)) + url.length * 2 + MEASURED.overhead,
  });
  return {
    get(url, version) {
      const page = pages.get(url);
      return page?.version === version ? page : undefined;
    },
    put: (url, page) => void pages.set(url, page),
    size: () => ({ pages: pages.size, bytes: pages.calculatedSize ?? 0 }),
  };
}

/** The encoding that the client accepts, best first. */
export function encodingOf(acceptEncoding: string | undefined): Encoding | undefined {
  if (acceptEncoding === undefined) return undefined;
  if (/\bbr\b(?!;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding)) return "br";
  if (/\bgzip\b(?!;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding)) return "gzip";
  return undefined;
}

/** Compresses the page's bytes and keeps them in `page.encoded`. */
export async function encodedBody(page: CachedPage, encoding: Encoding): Promise<Buffer> {
  const body =
    encoding === "br"
      ? await brotli(page.body, {
          params: {
            [zlib.constants.BROTLI_PARAM_QUALITY]: 5,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: page.body.length,
          },
        })
      : await gzip(page.body, { level: 6 });
  page.encoded.set(encoding, body);
  return body;
}
