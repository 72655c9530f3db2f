/** What the demo's identity provider remembers: in memory, for as long as this process runs, and never without bound. */
import { LRUCache } from "lru-cache";
import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";

/** Sessions, codes and tokens together. Who asks for more pushes out the oldest. */
const MOST = 10_000;

/** One store for all kinds of things; the provider asks for each kind's view of it. */
export function memoryStore(): AdapterFactory {
  const entries = new LRUCache<string, AdapterPayload>({ max: MOST });
  return (kind): Adapter => {
    const keyOf = (id: string): string => `${kind} ${id}`;
    const findBy = (field: "uid" | "userCode", wanted: string): AdapterPayload | undefined =>
      entries.find((entry, key) => entry[field] === wanted && key.startsWith(`${kind} `));
    return {
      async upsert(id, payload, seconds) {
        entries.set(keyOf(id), payload, seconds === undefined ? {} : { ttl: seconds * 1000 });
      },
      find: async (id) => entries.get(keyOf(id)),
      findByUid: async (uid) => findBy("uid", uid),
      findByUserCode: async (code) => findBy("userCode", code),
      async consume(id) {
        const payload = entries.get(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        entries.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, entry] of [...entries.entries()]) if (entry.grantId === grantId) entries.delete(key);
      },
    };
  };
}
