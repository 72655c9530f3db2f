/** Rendered public pages, keyed by address and valid for one version of the change log. Bounded by bytes. */
import { LRUCache } from "lru-cache";
import { compressToKeep, type Encoding } from "./compress.ts";

export interface CachedPage {
  version: string;
  etag: string;
  body: Buffer;
  /** Compressed once, in the background, when the page is asked for again. */
  encoded: Map<Encoding, Buffer>;
}

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

/** Compresses the page's bytes and keeps them in `page.encoded`. */
export async function encodedBody(page: CachedPage, encoding: Encoding): Promise<Buffer> {
  const body = await compressToKeep(page.body, encoding);
  page.encoded.set(encoding, body);
  return body;
}
