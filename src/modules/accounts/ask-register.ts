/** Asking a register outside, and taking its answer: for the adapters, which hold mapping and nothing else. */
import { AppError, unavailable } from "#core/errors.ts";

export interface AskOptions {
  fetch?: typeof fetch;
  /** Until the answer is there to its last byte; milliseconds. */
  timeLimitMs?: number;
}

export interface Question {
  address: URL;
  /** GET where left out. */
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Undefined where it is no JSON. */
  body: unknown;
}

const TIME_LIMIT_MS = 10_000;
/** Bytes, unpacked. What is asked for is a few kilobytes. */
const LONGEST_ANSWER = 1_000_000;

/**
 * Asks an outside register and takes its answer, whatever its status, whole and as JSON. Redirections are not followed: what
 * the question carries is for that server alone. Errors: Unavailable, which names the register and never the address, nor a
 * word of the answer: both may hold personal data.
 */
export async function askRegister(register: string, question: Question, options: AskOptions = {}): Promise<Answer> {
  const ask = options.fetch ?? fetch;
  const { address, method = "GET" } = question;
  const headers = { accept: "application/json", ...question.headers };
  const signal = AbortSignal.timeout(options.timeLimitMs ?? TIME_LIMIT_MS);
  try {
    const response = await ask(address, { method, headers, redirect: "manual", signal });
    return { status: response.status, headers: response.headers, body: jsonOf(await readWhole(response, register)) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unavailable(`${register}: no whole answer (${signal.aborted ? "it took too long" : codeOf(error)})`);
  }
}

async function readWhole(response: Response, register: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw unavailable(`${register}: the answer is longer than ${LONGEST_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // What is wrong with it would quote it.
    return undefined;
  }
}

/** "ECONNREFUSED" of the system or of fetch; its messages may quote the address. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^[A-Z][A-Z\d_]+$/.test(code) ? code : "the connection failed";
}
