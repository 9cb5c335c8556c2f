import { parseArgs } from "node:util";

export interface BenchOptions {
  /** Little data: shows that everything works, and measures nothing. */
  readonly short: boolean;
  /** How long each load lasts; the row `memory` takes five times as long. */
  readonly seconds: number;
  /** In the store when it is asked. */
  readonly readings: number;
  readonly kills: number;
  /** Folder for processor profiles of the servers; null for none. */
  readonly cpuProfiles: string | null;
}

export interface Asked extends BenchOptions {
  /** All when empty. */
  readonly rows: readonly string[];
  /** File for the results; null for one named after the time. */
  readonly json: string | null;
}

export const usage = `Usage: npm run bench -- [ROW …] [options]

  --short          little data: shows that it works, and measures nothing
  --seconds N      how long each load lasts (60)
  --readings N     in the store when it is asked (100000000; a quarter of 2,000 devices are 1296000000)
  --kills N        how often the server is killed (100)
  --cpu-prof DIR   writes processor profiles of the servers there, and tells where the time went
  --json FILE      where the results go (bench/results/TIME.json)
  --list           names the rows

Everything is measured on the disk of TMPDIR.`;

/** @throws TypeError for words that it does not know, with what would be right */
export function readOptions(words: readonly string[], known: readonly string[]): Asked | "list" | "help" {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      short: { type: "boolean", default: false },
      seconds: { type: "string" },
      readings: { type: "string" },
      kills: { type: "string" },
      "cpu-prof": { type: "string" },
      json: { type: "string" },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  if (values.list) return "list";
  const unknown = positionals.filter((row) => !known.includes(row));
  if (unknown.length > 0)
    throw new TypeError(`no row is called ${unknown.join(", ")}; there are ${known.join(", ")}`);
  const { short } = values;
  return {
    rows: positionals,
    short,
    seconds: positive("seconds", values.seconds, short ? 3 : 60),
    readings: positive("readings", values.readings, short ? 1_000_000 : 100_000_000),
    kills: positive("kills", values.kills, short ? 2 : 100),
    cpuProfiles: values["cpu-prof"] ?? null,
    json: values.json ?? null,
  };
}

function positive(name: string, given: string | undefined, usual: number): number {
  const number = given === undefined ? usual : Number(given);
  if (!Number.isInteger(number) || number < 1)
    throw new TypeError(`--${name} must be a whole number above 0, not ${given}`);
  return number;
}
