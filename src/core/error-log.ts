/**
 * What the log keeps of an error. Errors quote: PostgreSQL the row that it refuses, a server of mail the recipient, a parser the text that
 * it can't read. So of each there is what names nobody, its kind, code and place in the code; its words only where they are known to be
 * those of a program, and nothing that hangs on it besides.
 */
import { AppError } from "./errors.ts";

export interface DescribedError {
  type: string;
  code?: string;
  message?: string;
  /** Places in the code, the innermost first. */
  stack?: string;
  cause?: DescribedError;
}

const MOST_CAUSES = 5;

/** For `log.warn({ err })`. */
export function describeError(error: unknown, causes = MOST_CAUSES): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = codeOf(error);
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    ...(isOfPrograms(error, code) && { message: error.message }),
    stack: placesOf(error),
    ...(error.cause !== undefined && causes > 0 && { cause: describeError(error.cause, causes - 1) }),
  };
}

/** "23505", "ECONNREFUSED"; undefined for what has not the form of a code. */
function codeOf(error: Error): string | undefined {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : undefined;
}

/**
 * Of PostgreSQL: connections, states of transactions, constraints, rights, what does not exist, resources, intervention, the system. Not
 * among them: what can't be read as a number, a date or a query (22, 42601), and what our own functions raise.
 */
const OF_POSTGRES = /^(?:08|23|25|28|3D|40|53|54|55|57|58)\w{3}$|^42(?:501|P01|703|883)$/;

function isOfPrograms(error: Error, code: string | undefined): boolean {
  // What another server has answered is put into the words too.
  if ("response" in error) return false;
  if (error instanceof AppError) return error.kind === "unavailable";
  if ("severity" in error) return code !== undefined && OF_POSTGRES.test(code);
  if ("syscall" in error) return true;
  return error.name === "Error" && code === undefined;
}

/** The lines of the stack that are places: what stands before them are the words. */
function placesOf({ stack = "", message }: Error): string {
  const from = message === "" ? -1 : stack.indexOf(message);
  const places = from < 0 ? stack : stack.slice(from + message.length);
  return places
    .split("\n")
    .filter((line) => /^ {4}at \S/.test(line))
    .join("\n");
}
