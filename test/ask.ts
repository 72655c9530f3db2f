/**
 * Asking a page what is on it, past the driver: its own way brings some hundred kilobytes of script into every document before the first
 * answer, twice the work of drawing the page. Works where scripts of the page are off, too.
 */
import type { CDPSession, Page } from "playwright-core";

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** The session goes with the page. */
function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

/** The value of an expression in the page, waited for; it must be of JSON. Errors: throws what it throws there. */
export async function ask<T>(page: Page, expression: string): Promise<T> {
  const session = await sessionOf(page);
  const answer = await session.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  const { exceptionDetails, result } = answer;
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

/** What the page would be in a window of that size, without the driver's waiting for each change of it. */
export async function resize(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  const session = await sessionOf(page);
  await session.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
}

/** The same of a function with no way out of itself, called there with values of JSON. */
export const askWith = <T, A extends readonly unknown[]>(
  page: Page,
  answer: (...values: A) => T,
  ...values: A
): Promise<T> => ask(page, `(${answer.toString()})(${values.map((value) => JSON.stringify(value)).join(", ")})`);
