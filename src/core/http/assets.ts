/** Static files: named by the hash of their content, so that browsers keep them for good. */
import type { FastifyInstance } from "fastify";
import { encodingOf } from "./compress.ts";
import { mayLoadAssets } from "./policy.ts";

export interface StaticAsset {
  path: string;
  type: string;
  body: Buffer;
  compressed?: { br: Buffer; gzip: Buffer };
}

const FOREVER = "public, max-age=31536000, immutable";

export function addAssets(app: FastifyInstance, assets: readonly StaticAsset[]): void {
  for (const asset of assets) {
    const config = { permission: mayLoadAssets, rateLimit: false } as const;
    app.get(asset.path, { config, schema: { hide: true } }, async (request, reply) => {
      const encoding = asset.compressed && encodingOf(request.headers["accept-encoding"]);
      const body = (encoding && asset.compressed?.[encoding]) ?? asset.body;
      reply.headers({ "cache-control": FOREVER, "content-type": asset.type, vary: "accept-encoding" });
      if (encoding) reply.header("content-encoding", encoding);
      return reply.send(body);
    });
  }
}
