import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { ConfigError, describeSettings, readConfig } from "./config.ts";

/** The message that the person who starts the server gets to read. */
function refusal(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return assert.fail(`${JSON.stringify(env)} was taken`);
}

describe("settings", () => {
  it("all have defaults that work", () => {
    const config = readConfig({});
    assert.equal(config.HOST, "127.0.0.1");
    assert.equal(config.PORT, 3000);
    assert.equal(config.DATABASE_URL, undefined);
    assert.equal(config.DEMO, false);
  });

  it("left empty are settings not made", () => assert.equal(readConfig({ PORT: "", SMTP_URL: "" }).PORT, 3000));

  it("of the environment go before the defaults of a command", () => {
    assert.equal(readConfig({}, { DEMO: "on" }).DEMO, true);
    assert.equal(readConfig({ DEMO: "off" }, { DEMO: "on" }).DEMO, false);
  });

  const wrong: Record<string, string> = {
    HOST: "my host",
    PORT: "65536",
    PUBLIC_URL: "avoin.example.fi",
    TRUST_PROXY: "perhaps",
    CONTACT_MAIL: "nobody",
    RATE_LIMIT: "-1",
    REQUEST_SECONDS: "0",
    DRAIN_SECONDS: "301",
    LOG_LEVEL: "loud",
    LOG_FORMAT: "xml",
  };
  for (const [name, value] of Object.entries(wrong)) {
    it(`stop the start with name, value and what is allowed: ${name}=${value}`, () => {
      const message = refusal({ [name]: value });
      assert.match(message, new RegExp(`^${name} is `));
      assert.ok(message.includes(JSON.stringify(value)));
      assert.match(message, /\n {2}Allowed: \S+/);
    });
  }

  it("that hold a secret do not show it when they are wrong", () => {
    const short = refusal({ IDENTITY_KEYS: "2026:hunter2" });
    assert.match(short, /^IDENTITY_KEYS is \(hidden\)/);
    assert.match(short, /Allowed: 1 to 10 of ID:SECRET/);
    assert.doesNotMatch(short, /hunter2/);
    const other = refusal({ DATABASE_URL: "mysql://owner:hunter2@db/avoin" });
    assert.match(other, /^DATABASE_URL is \(hidden\)/);
    assert.doesNotMatch(other, /hunter2/);
  });

  it("of e-Authorizations are all made, or none", () => {
    const all = {
      AUTHORIZATIONS_URL: "https://register.example.fi/",
      AUTHORIZATIONS_CLIENT: "avoin",
      AUTHORIZATIONS_KEY: "hunter2",
      AUTHORIZATIONS_SECRET: "hunter3",
    };
    assert.equal(readConfig(all).AUTHORIZATIONS_URL, "https://register.example.fi");
    const message = refusal({ ...all, AUTHORIZATIONS_SECRET: "", AUTHORIZATIONS_CLIENT: "" });
    assert.match(message, /^AUTHORIZATIONS_CLIENT, AUTHORIZATIONS_SECRET are missing/);
    assert.match(message, /Allowed: all of .*, or none of them/);
    assert.doesNotMatch(message, /hunter/);
    assert.match(refusal({ ...all, AUTHORIZATIONS_URL: "http://register.example.fi" }), /starts with https/);
    assert.doesNotMatch(refusal({ ...all, AUTHORIZATIONS_KEY: "hunter 2" }), /hunter/);
  });

  it("of who may ask for people's data name an issuer that nobody on the way can play", () => {
    const asked = { GDPR_API_ISSUER: "https://profile.example.fi", GDPR_API_AUDIENCE: "avoin" };
    assert.equal(readConfig(asked).GDPR_API_ISSUER, "https://profile.example.fi");
    assert.match(refusal({ ...asked, GDPR_API_ISSUER: "http://profile.example.fi" }), /starts with https/);
  });

  it("stand in docs/running.md as they are here", () => {
    const page = readFileSync(new URL("../../docs/running.md", import.meta.url), "utf8");
    const [, table = ""] = /<!-- settings -->([\s\S]*)<!-- \/settings -->/.exec(page) ?? [];
    assert.equal(table.trim(), describeSettings());
  });
});
