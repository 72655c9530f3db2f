/** Compression of answers: which one the asker reads, and doing it. */
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { FastifyInstance } from "fastify";

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

export type Encoding = "br" | "gzip";

/** Brotli's quality, of 11: for what is kept and sent again, and for what is sent once (5 % larger, in two thirds of the time). */
const KEPT = 5;
const SENT_ONCE = 4;
const GZIP_LEVEL = 6;

/** The encoding that the client accepts, best first. */
export function encodingOf(acceptEncoding: string | undefined): Encoding | undefined {
  if (acceptEncoding === undefined) return undefined;
  if (/\bbr\b(?!;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding)) return "br";
  if (/\bgzip\b(?!;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding)) return "gzip";
  return undefined;
}

/** For bytes that are kept. */
export const compressToKeep = (bytes: Buffer, encoding: Encoding): Promise<Buffer> => compress(bytes, encoding, KEPT);

/** For an answer that is sent once. */
const compressToSend = (bytes: Buffer, encoding: Encoding): Buffer | Promise<Buffer> =>
  bytes.length <= AT_ONCE_BYTES ? compressAtOnce(bytes, encoding) : compress(bytes, encoding, SENT_ONCE);

/** Handing 30 kB to another thread and back takes as long as compressing them; a large text would hold everybody up. */
const AT_ONCE_BYTES = 128 * 1024;

/** Beside the main thread. */
const compress = (bytes: Buffer, encoding: Encoding, quality: number): Promise<Buffer> =>
  encoding === "br" ? brotli(bytes, brotliOf(bytes, quality)) : gzip(bytes, { level: GZIP_LEVEL });

const compressAtOnce = (bytes: Buffer, encoding: Encoding): Buffer =>
  encoding === "br"
    ? zlib.brotliCompressSync(bytes, brotliOf(bytes, SENT_ONCE))
    : zlib.gzipSync(bytes, { level: GZIP_LEVEL });

const brotliOf = (bytes: Buffer, quality: number): zlib.BrotliOptions => ({
  params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
});

/** Less than a packet or two: nothing is won. */
const WORTH_IT_BYTES = 1024;

/** Compresses the texts that this scope answers with. */
export function addCompression(scope: FastifyInstance): void {
  scope.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" || payload.length < WORTH_IT_BYTES) return payload;
    const vary = reply.getHeader("vary");
    if (vary === undefined) reply.header("vary", "accept-encoding");
    else if (!String(vary).includes("accept-encoding")) reply.header("vary", `${String(vary)}, accept-encoding`);
    const encoding = encodingOf(request.headers["accept-encoding"]);
    if (encoding === undefined) return payload;
    const body = await compressToSend(Buffer.from(payload), encoding);
    reply.header("content-encoding", encoding).header("content-length", body.length);
    return body;
  });
}
