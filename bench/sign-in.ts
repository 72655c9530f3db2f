/**
 * From the provider's answer to the first own page: the callback, its redirect, and the page, four people at a time, without the time
 * that the provider itself takes (measured around each request to it). On the whole service, over HTTP.
 */
import { testApp } from "#test/app.ts";
import { openIdentityProvider } from "#test/identity-provider.ts";
import { percentile, type Row } from "./table.ts";

const PEOPLE = 400;
const AT_ONCE = 4;
const GOAL_MS = 80;

/** Milliseconds that the service waited for its provider, by the code of the sign-in. */
const waited = new Map<string, number>();

export async function measureSignIn(): Promise<Row[]> {
  const closing: (() => Promise<void>)[] = [];
  const scope = { after: (done: () => Promise<void>) => closing.push(done) };
  const stopMeasuring = measureFetch();
  try {
    const provider = await openIdentityProvider(scope);
    const signIn = { providers: [provider.strong("bench")], isInsecure: true };
    const app = await testApp(scope, { settings: { RATE_LIMIT: "0" }, signIn });
    const address = await app.server.listen({ host: "127.0.0.1", port: 0 });
    const times: number[] = [];
    let next = 0;
    const one = async (): Promise<void> => {
      for (let n = next++; n < PEOPLE; n = next++) times.push(await timeOf(address, provider, n));
    };
    await timeOf(address, provider, PEOPLE); // the provider's metadata and keys are read once
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    const p95 = percentile(times, 0.95);
    const figure = `p95 ${Math.round(p95)} ms, median ${Math.round(percentile(times, 0.5))} ms`;
    const workload = `sign-in to first own page, ${AT_ONCE} people at a time, without the provider's time`;
    return [{ workload, goal: `p95 at most ${GOAL_MS} ms`, figure, isMet: p95 <= GOAL_MS }];
  } finally {
    stopMeasuring();
    for (const close of closing.toReversed()) await close();
  }
}

type Provider = Awaited<ReturnType<typeof openIdentityProvider>>;

/** Milliseconds for the n-th new person, from the moment the provider sends them back. */
async function timeOf(address: string, provider: Provider, n: number): Promise<number> {
  const began = await ask(`${address}/fi/kirjaudu/tunnistus/bench`);
  const back = provider.answer(began.headers.get("location") ?? "", {
    sub: `person-${n}`,
    given_name: "Aino",
    family_name: `Esimerkki ${n}`,
    ...codeOf(n),
  });
  const start = performance.now();
  const callback = await ask(address + back, cookieOf(began));
  const page = await ask(address + (callback.headers.get("location") ?? ""), cookieOf(callback));
  const body = await page.text();
  const took = performance.now() - start;
  const code = new URL(back, address).searchParams.get("code") ?? "";
  const provided = waited.get(code);
  if (page.status !== 200 || !body.includes(`Esimerkki ${n}`) || provided === undefined)
    throw new Error(`sign-in ${n} failed: ${page.status}`);
  return took - provided;
}

const ask = (url: string, cookie = ""): Promise<Response> => fetch(url, { redirect: "manual", headers: { cookie } });

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .flatMap((cookie) => cookie.split(";", 1))
    .join("; ");

/** A made-up code of the range that no person has. */
function codeOf(n: number): Record<string, string> {
  const digits = `0101${String(30 + Math.floor(n / 90)).padStart(2, "0")}${900 + (n % 90)}`;
  const check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(digits) % 31] ?? "";
  return { national_id: `${digits.slice(0, 6)}-${digits.slice(6)}${check}` };
}

/** Notes how long each request of the service to the token endpoint takes; the body names its code. */
function measureFetch(): () => void {
  const { fetch: real } = globalThis;
  globalThis.fetch = async (input, init) => {
    const start = performance.now();
    const response = await real(input, init);
    const { body } = init ?? {};
    const code =
      body instanceof URLSearchParams || typeof body === "string" ? new URLSearchParams(body).get("code") : null;
    if (code !== null) waited.set(code, performance.now() - start);
    return response;
  };
  return () => {
    globalThis.fetch = real;
  };
}
