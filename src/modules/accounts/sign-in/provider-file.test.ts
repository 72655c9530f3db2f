import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { ConfigError } from "#core/config.ts";
import { readProviderFile } from "./provider-file.ts";

const folder = await mkdtemp(join(tmpdir(), "avoin-providers-"));
after(() => rm(folder, { recursive: true }));
const path = join(folder, "sign-in.json");

/** Stands in every secret of a file: no message may hold it. */
const SECRET = "d0ntshowme";
const KEY = { kty: "RSA", n: "n", e: "AQAB", d: SECRET };
const STRONG = {
  id: "suomifi",
  kind: "strong",
  name: { fi: "Suomi.fi-tunnistus", sv: "Suomi.fi-identifikation", en: "Suomi.fi e-Identification" },
  issuer: "https://identity.example.fi",
  clientId: "avoin",
  clientSecret: `${SECRET}-1`,
  claims: { givenName: "given_name", familyName: "family_name", nationalId: "urn:oid:1.2.246.21" },
};
const STAFF = {
  ...STRONG,
  id: "espoo",
  kind: "staff",
  city: "espoo",
  claims: { givenName: "given_name", familyName: "family_name", mail: "email", groups: "groups" },
  roles: { "3f0c": { role: "administrator" }, "8a11": { role: "advisor", scope: "kirjastot" } },
};

async function read(file: unknown) {
  await writeFile(path, typeof file === "string" ? file : JSON.stringify(file));
  return readProviderFile(path);
}

/** What the person who starts the service reads. */
async function complaint(file: unknown): Promise<string> {
  const error = await read(file).then(
    () => assert.fail(`was taken: ${JSON.stringify(file)}`),
    (error: unknown) => error,
  );
  assert.ok(error instanceof ConfigError);
  const start = `SIGN_IN_FILE is ${path}, which can't be used: `;
  assert.ok(error.message.startsWith(start), error.message);
  assert.doesNotMatch(`${error.message} ${error.stack}`, new RegExp(SECRET));
  return error.message.slice(start.length);
}

const without = <T extends object>(entry: T, field: keyof T & string) => ({ ...entry, [field]: undefined });

describe("the file of identity providers", () => {
  it("names providers of both kinds", async () => {
    const [strong, staff, ...more] = await read({ providers: [STRONG, { ...STAFF, scope: "profile email" }] });
    assert.deepEqual(strong, { ...STRONG, scope: "" });
    assert.deepEqual(staff, { ...STAFF, scope: "profile email" });
    assert.deepEqual(more, []);
  });

  it("may know us by keys instead of a secret, and may name nobody at all", async () => {
    const keys = [
      { ...KEY, use: "sig", kid: "1" },
      { ...KEY, use: "enc", alg: "RSA-OAEP-256" },
    ];
    const [provider] = await read({ providers: [{ ...without(STRONG, "clientSecret"), clientKeys: keys }] });
    assert.deepEqual(provider?.clientKeys, keys);
    assert.deepEqual(await read({ providers: [] }), []);
  });
});

/** What is wrong -> the file, and what the message has to name. */
const WRONG: Record<string, [file: unknown, says: RegExp]> = {
  "an empty file": ["", /not JSON/],
  "a slip in the JSON": [`{"providers": [{"clientSecret": "${SECRET}" "id"}]}`, /not JSON/],
  "a file of another kind": [[STRONG], /\{"providers": \[…\]\}/],
  "a number": [7, /\{"providers": \[…\]\}/],
  "one provider without the list": [{ providers: STRONG }, /\{"providers": \[…\]\}/],
  "something beside the list": [{ providers: [], secret: SECRET }, /\{"providers": \[…\]\}/],
  "more providers than there can be": [{ providers: Array.from({ length: 101 }, () => STRONG) }, /providers/],
  "nothing in a provider's place": [{ providers: [STRONG, null] }, /provider 2: "kind" must be "strong" or "staff"/],
  "an unknown kind": [{ providers: [{ ...STRONG, kind: SECRET }] }, /provider 1: "kind" must be "strong" or "staff"/],
  "no id": [{ providers: [without(STRONG, "id")] }, /provider 1: .*\bid\b/],
  "an id that can't stand in an address": [{ providers: [{ ...STRONG, id: "Suomi.fi" }] }, /provider 1: \/id .*a-z/],
  "one id twice": [{ providers: [STRONG, { ...STAFF, id: "suomifi" }] }, /two providers are called "suomifi"/],
  "no issuer": [{ providers: [without(STRONG, "issuer")] }, /provider 1: .*issuer/],
  "an issuer without HTTPS": [{ providers: [{ ...STRONG, issuer: "http://x.fi" }] }, /provider 1: \/issuer .*https:/],
  "an issuer with a question": [{ providers: [{ ...STRONG, issuer: "https://x.fi/?a" }] }, /provider 1: \/issuer/],
  "no secret and no keys": [
    { providers: [without(STRONG, "clientSecret")] },
    /provider 1: it needs clientSecret, or clientKeys/,
  ],
  "an empty secret": [{ providers: [{ ...STRONG, clientSecret: "" }] }, /provider 1: \/clientSecret/],
  "a secret of another kind": [{ providers: [{ ...STRONG, clientSecret: [SECRET] }] }, /provider 1: \/clientSecret/],
  "no key among the keys": [
    { providers: [{ ...without(STRONG, "clientSecret"), clientKeys: [] }] },
    /provider 1: .*clientKeys/,
  ],
  "no key that proves who we are": [
    { providers: [{ ...without(STRONG, "clientSecret"), clientKeys: [{ ...KEY, use: "enc" }] }] },
    /provider 1: .*sig/,
  ],
  "a key without its use": [{ providers: [{ ...STRONG, clientKeys: [KEY] }] }, /provider 1: \/clientKeys\/0 .*use/],
  "a key of an unknown use": [
    { providers: [{ ...STRONG, clientKeys: [{ ...KEY, use: SECRET }] }] },
    /provider 1: \/clientKeys\/0\/use .*sig.*enc/,
  ],
  "a name in one language only": [{ providers: [{ ...STRONG, name: { fi: "x" } }] }, /provider 1: \/name .*sv.*en/],
  "no claim for the identity code": [
    { providers: [{ ...STRONG, claims: { givenName: "a", familyName: "b" } }] },
    /provider 1: \/claims .*nationalId/,
  ],
  "no claim for the groups": [
    { providers: [{ ...STAFF, claims: { givenName: "a", familyName: "b" } }] },
    /provider 1: \/claims .*groups/,
  ],
  "a field with a slip of the pen": [
    { providers: [{ ...STRONG, clientsecret: SECRET }] },
    /provider 1: \/?clientsecret (?!schema).*(?:not allowed|unknown|not known|no field)/,
  ],
  "a city for residents": [{ providers: [{ ...STRONG, city: "espoo" }] }, /provider 1: \/?city (?!schema)/],
  "no city for staff": [{ providers: [without(STAFF, "city")] }, /provider 1: .*city/],
  "another city": [{ providers: [{ ...STAFF, city: "nokia" }] }, /provider 1: \/city .*helsinki.*oulu/],
  "no roles": [{ providers: [without(STAFF, "roles")] }, /provider 1: .*roles/],
  "an unknown role": [
    { providers: [{ ...STAFF, roles: { "3f0c": { role: "king" } } }] },
    /provider 1: \/roles\/3f0c\/role .*advisor.*administrator/,
  ],
  "a role without its braces": [
    { providers: [{ ...STAFF, roles: { "3f0c": "advisor" } }] },
    /provider 1: \/roles\/3f0c/,
  ],
};

describe("a file that can't be used is refused with what to mend, and no secret", () => {
  for (const [wrong, [file, says]] of Object.entries(WRONG))
    it(wrong, async () => assert.match(await complaint(file), says));

  it("a file that is not there, and a folder in its place", async () => {
    for (const place of [join(folder, "nowhere.json"), folder]) {
      await mkdir(folder, { recursive: true });
      await assert.rejects(readProviderFile(place), {
        constructor: ConfigError,
        message: `SIGN_IN_FILE is ${place}, which can't be used: it can't be read`,
      });
    }
  });

  it("whatever is changed in a good one", async () => {
    const change = fc.record({
      field: fc.constantFrom(...Object.keys(STAFF), "more", "clientKeys"),
      value: fc.oneof(fc.jsonValue(), fc.constant(SECRET), fc.constant([{ ...KEY, use: SECRET }])),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ field, value }) => {
        const providers = [STRONG, { ...STAFF, [field]: value }];
        const taken = await read({ providers }).catch(() => null);
        if (taken === null) assert.match(await complaint({ providers }), /^(?:provider 2: |two providers )./);
        else assert.equal(taken.length, 2);
      }),
    );
  });
});
