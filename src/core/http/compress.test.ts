/** Answers come as their asker reads them, and whole, whether they are compressed at once or beside. */
import assert from "node:assert/strict";
import { it } from "node:test";
import zlib from "node:zlib";
import Fastify from "fastify";
import { addCompression } from "./compress.ts";

const TEXTS = { short: "ä", page: "Päätös. ".repeat(4_000), large: "Päätös. ".repeat(200_000) };
const READ = {
  br: (body: Buffer) => zlib.brotliDecompressSync(body),
  gzip: (body: Buffer) => zlib.gunzipSync(body),
};

it("a text of any length is the same after it has been compressed", async (t) => {
  const server = Fastify();
  t.after(() => server.close());
  addCompression(server);
  for (const [name, text] of Object.entries(TEXTS)) server.get(`/${name}`, async () => text);
  for (const [name, text] of Object.entries(TEXTS))
    for (const [encoding, read] of Object.entries(READ)) {
      const answer = await server.inject({ url: `/${name}`, headers: { "accept-encoding": encoding } });
      const isCompressed = name !== "short";
      assert.equal(answer.headers["content-encoding"], isCompressed ? encoding : undefined, name);
      assert.equal((isCompressed ? read(answer.rawPayload) : answer.rawPayload).toString(), text, name);
      assert.equal(answer.headers["content-length"], String(answer.rawPayload.length), name);
    }
});
