/** The log: one JSON object a line for programs, or a line of text for who sits at the terminal. */
import { type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "./config.ts";
import { type DescribedError, describeError } from "./error-log.ts";

/** Opens the log as the settings say. `write` takes finished lines. */
export function openLog(config: Pick<Config, "LOG_LEVEL" | "LOG_FORMAT">, write: (line: string) => void): Logger {
  const stream: DestinationStream = { write: config.LOG_FORMAT === "text" ? (line) => write(textOf(line)) : write };
  return pino(
    {
      level: config.LOG_LEVEL,
      base: null,
      formatters: { level: (label: string) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: SERIALIZERS,
      // Where an error stands under pino's own key, its message becomes the line's when the line has none: so ours is another.
      errorKey: "thrown",
    },
    stream,
  );
}

/** Of errors what names nobody; of Fastify's requests and answers, which it adds to lines of its own, no address. */
const SERIALIZERS = {
  err: describeError,
  thrown: describeError,
  req: ({ method }: { method?: unknown }) => ({ method }),
  res: ({ statusCode }: { statusCode?: unknown }) => ({ statusCode }),
};

/** What a command-line tool tells besides its own words: warnings, as text, where they do not mix with its output. */
export const toolLog = (): Logger =>
  openLog({ LOG_LEVEL: "warn", LOG_FORMAT: "text" }, (line) => void process.stderr.write(line));

/** "10:00:00 warn  a connection was lost (connection refused) task=mail" */
function textOf(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown> & { err?: DescribedError };
  const cause = err ? ` (${err.message ?? err.code ?? err.type})` : "";
  const details = Object.entries(rest).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(msg)}${cause}${details.join("")}\n`;
}
