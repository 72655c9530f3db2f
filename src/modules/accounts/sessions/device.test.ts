import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { describeDevice } from "./device.ts";

const BROWSERS = ["Firefox", "Chrome", "Edge", "Safari", "Samsung Internet", "Opera", null];
const SYSTEMS = ["Windows", "macOS", "iOS", "Android", "Linux", "ChromeOS", null];

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const IOS = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const ANDROID = "Mozilla/5.0 (Linux; Android 10; K)";

const HEADERS: [string, (typeof BROWSERS)[number], (typeof SYSTEMS)[number]][] = [
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Windows"],
  ["Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"],
  ["Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox", "Android"],
  [`${IPHONE} ${IOS} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`, "Firefox", "iOS"],
  [`${WINDOWS} ${WEBKIT} Chrome/138.0.0.0 Safari/537.36`, "Chrome", "Windows"],
  [`${MAC} ${WEBKIT} Chrome/138.0.0.0 Safari/537.36`, "Chrome", "macOS"],
  [`${ANDROID} ${WEBKIT} Chrome/138.0.0.0 Mobile Safari/537.36`, "Chrome", "Android"],
  [`${IPHONE} ${IOS} CriOS/138.0.7204.33 Mobile/15E148 Safari/604.1`, "Chrome", "iOS"],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/138.0.0.0 Safari/537.36`, "Chrome", "ChromeOS"],
  [`${WINDOWS} ${WEBKIT} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`, "Edge", "Windows"],
  [`${ANDROID} ${WEBKIT} Chrome/138.0.0.0 Mobile Safari/537.36 EdgA/138.0.0.0`, "Edge", "Android"],
  [`${IPHONE} ${IOS} Version/18.0 EdgiOS/138.0.0.0 Mobile/15E148 Safari/604.1`, "Edge", "iOS"],
  [`${MAC} ${IOS} Version/18.5 Safari/605.1.15`, "Safari", "macOS"],
  [`${IPHONE} ${IOS} Version/18.5 Mobile/15E148 Safari/604.1`, "Safari", "iOS"],
  [`${ANDROID} ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, "Samsung Internet", "Android"],
  [`${WINDOWS} ${WEBKIT} Chrome/137.0.0.0 Safari/537.36 OPR/121.0.0.0`, "Opera", "Windows"],
  [`${IPHONE} ${IOS} Version/18.5 Mobile/15E148 Safari/604.1 OPT/5.4.1`, "Opera", "iOS"],
];

describe("devices", () => {
  for (const [header, browser, system] of HEADERS) {
    it(`knows ${browser} on ${system}: ${header.slice(-40)}`, () => {
      assert.deepEqual(describeDevice(header), { browser, system });
    });
  }

  it("claims nothing about what it does not know", () => {
    const unknown = { browser: null, system: null };
    for (const header of [undefined, "", "curl/8.5.0", "Mozilla/5.0", "\0\ud800", "firefox windows"]) {
      assert.deepEqual(describeDevice(header), unknown, header);
    }
  });

  it("does not take an old Android browser for Safari", () => {
    const header = `Mozilla/5.0 (Linux; U; Android 2.3.6; fi-fi) ${IOS} Version/4.0 Mobile Safari/533.1`;
    assert.deepEqual(describeDevice(header), { browser: null, system: "Android" });
  });

  it("looks at the beginning of a header only", () => {
    assert.deepEqual(describeDevice(`${"x".repeat(400)}Windows Firefox/140.0`), { browser: null, system: null });
    const { browser, system } = describeDevice(`Windows Firefox/140.0 ${"Edg/".repeat(2_000_000)}`);
    assert.deepEqual([browser, system], ["Edge", "Windows"]);
  });

  it("says nothing but the names it has, whatever is sent", () => {
    const pieces = fc.constantFrom("Edg/", "Safari/", "Version/", "iPad", "Linux", "<script>", "CrOS", " ", "\n", "é");
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: pieces })), (header) => {
        const { browser, system } = describeDevice(header);
        assert.ok(BROWSERS.includes(browser) && SYSTEMS.includes(system));
      }),
    );
  });
});
