import pino, { type Logger as Log } from "pino";

export type { Logger as Log } from "pino";

/** Fields whose values never reach a log, wherever they stand. */
const secrets = ["password", "secret", "token", "authorization", "cookie", "phone", "email"];

const levels: Record<number, string> = { 20: "debug", 30: "info", 40: "WARN", 50: "ERROR", 60: "FATAL" };

/**
 * The log: one JSON object a line for machines, or one readable line for people.
 *
 * @param write where lines go
 */
export function createLog({
  level,
  format,
  write,
}: {
  readonly level: string;
  readonly format: "json" | "text";
  readonly write: (line: string) => void;
}): Log {
  const redact = { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: "[hidden]" };
  const base = { level, redact, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(base, { write: format === "json" ? write : (line: string) => write(readable(line)) });
}

function readable(line: string): string {
  const { level, time, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const trouble = err ? ` ${(err as { message?: string }).message ?? JSON.stringify(err)}` : "";
  return `${String(time).slice(11, 19)} ${(levels[level as number] ?? "info").padEnd(5)} ${msg ?? ""}${trouble}${rest.length > 0 ? `  ${rest.join(" ")}` : ""}\n`;
}
