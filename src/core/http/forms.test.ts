/** What is sent to the service is a form, and text as people type it. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { testApp } from "#test/app.ts";
import { somebody } from "#test/people.ts";

const app = await testApp({ after });
const { headers: signedIn } = await somebody(app);

/** A form of a page that keeps what was typed while one signs in, and shows it again when something is wrong in it. */
const send = (payload: string, headers: Record<string, string>) =>
  app.server.inject({ method: "POST", url: "/en/me/keys/new", payload, headers });
const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("a form", () => {
  it("keeps nothing that no database has a place for, while one signs in and when it is shown again", async () => {
    assert.equal((await send("name=a%00b", FORM)).statusCode, 303);
    const shown = await send("name=a%00b%ED%A0%80", { ...FORM, ...signedIn });
    assert.equal(shown.statusCode, 422);
    assert.match(shown.body, /value="ab\uFFFD+"/);
  });

  it("is neither JSON nor plain text", async () => {
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"])
      assert.equal((await send('{"name":"a"}', { "content-type": type, ...signedIn })).statusCode, 415, type);
  });
});
