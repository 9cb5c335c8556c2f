import type { InfluxClient } from "../influx-client.ts";
import { everything, within } from "../influxql.ts";
import { tagValue } from "../line-protocol.ts";
import type { RefusedReading } from "../refused-readings.ts";
import { dayMs } from "./days-with-readings.ts";
import type { CountByQuantity } from "./ledger.ts";

/** One quantity of one day on both sides. */
export interface AccountLine {
  readonly dayStartMs: number;
  readonly quantity: string;
  readonly copied: number;
  readonly stored: number;
  /** Of those copied, what InfluxDB would not take. */
  readonly refused: number;
  /** The server's words for it; empty when nothing was refused. */
  readonly words: string;
}

/**
 * Counts both sides, by day and quantity: what was copied, and what InfluxDB now has of these days.
 *
 * @param refused everything that the book has of this database
 * @throws InfluxError
 */
export async function accountOf(
  client: Pick<InfluxClient, "ask">,
  days: ReadonlyMap<number, CountByQuantity>,
  refused: readonly RefusedReading[],
): Promise<AccountLine[]> {
  const refusals = Map.groupBy(refused, ({ measuredAtMs, quantity }) =>
    refusalKey(dayStartOf(measuredAtMs), quantity),
  );
  const lines: AccountLine[] = [];
  for (const [dayStartMs, copied] of days) {
    const stored = await storedOn(client, dayStartMs);
    for (const quantity of [...new Set([...copied.keys(), ...stored.keys()])].sort()) {
      const left = refusals.get(refusalKey(dayStartMs, quantity)) ?? [];
      lines.push({
        dayStartMs,
        quantity,
        copied: copied.get(quantity) ?? 0,
        stored: stored.get(quantity) ?? 0,
        refused: new Set(left.map(({ device, measuredAtMs }) => `${measuredAtMs} ${device}`)).size,
        words: left[0]?.words ?? "",
      });
    }
  }
  return lines;
}

/** What is missing there without InfluxDB having said a word; negative when there is more than was copied. */
export function missingOf({ copied, stored, refused }: AccountLine): number {
  const missing = copied - stored;
  // What was refused once and taken later is no surplus.
  return missing > 0 ? missing - refused : missing;
}

async function storedOn(client: Pick<InfluxClient, "ask">, startMs: number): Promise<Map<string, number>> {
  const found = await client.ask(
    `SELECT count("received") FROM ${everything} WHERE ${within({ fromMs: startMs, toMs: startMs + dayMs })} GROUP BY "quantity"`,
  );
  const counts = new Map<string, number>();
  for (const { tags, rows } of found) {
    const quantity = tagValue(tags.quantity ?? "");
    for (const [, count] of rows) counts.set(quantity, (counts.get(quantity) ?? 0) + (count as number));
  }
  return counts;
}

function dayStartOf(measuredAtMs: number): number {
  return Math.floor(measuredAtMs / dayMs) * dayMs;
}

function refusalKey(dayStartMs: number, quantity: string): string {
  return `${dayStartMs} ${quantity}`;
}
