/** The log: one JSON object a line for programs, or a line of text for who sits at the terminal. */
import { type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "./config.ts";

/** Opens the log as the settings say. `write` takes finished lines. */
export function openLog(config: Pick<Config, "LOG_LEVEL" | "LOG_FORMAT">, write: (line: string) => void): Logger {
  const stream: DestinationStream = { write: config.LOG_FORMAT === "text" ? (line) => write(textOf(line)) : write };
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino({ level: config.LOG_LEVEL, base: null, formatters, timestamp: pino.stdTimeFunctions.isoTime }, stream);
}

/** What a command-line tool tells besides its own words: warnings, as text, where they do not mix with its output. */
export const toolLog = (): Logger =>
  openLog({ LOG_LEVEL: "warn", LOG_FORMAT: "text" }, (line) => void process.stderr.write(line));

/** "10:00:00 warn  a connection was lost (connection refused) task=mail" */
function textOf(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const cause = typeof err === "object" && err !== null && "message" in err ? ` (${String(err.message)})` : "";
  const details = Object.entries(rest).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(msg)}${cause}${details.join("")}\n`;
}
