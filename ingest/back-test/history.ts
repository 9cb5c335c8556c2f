import type { Reading } from "../../devices/index.ts";
import type { ReadingStore, Span, StoredReading } from "../stores/reading-store.ts";

/** Fewer than the store sorts in one go without holding others up. */
const readingsAtOnce = 50_000;
const dayMs = 86_400_000;
const shortestMs = 60_000;

type Past = Pick<Reading, "quantity" | "measuredAtMs" | "value">;

/**
 * One device's readings of some quantities, in order of measured time, in pieces small enough to be held. Where they lie denser
 * than expected, the pieces become shorter.
 */
export async function* historyOf(
  store: Pick<ReadingStore, "readings">,
  query: Span & { readonly device: string; readonly quantities: readonly string[] },
): AsyncGenerator<readonly Past[]> {
  const { device, quantities, toMs } = query;
  let pieceMs = 7 * dayMs;
  for (let fromMs = query.fromMs; fromMs < toMs; ) {
    const pieceToMs = Math.min(toMs, fromMs + pieceMs);
    const span = { fromMs, toMs: pieceToMs };
    const found = await store.readings({ ...span, devices: [device], quantities, limit: readingsAtOnce });
    if (found.length === readingsAtOnce && pieceMs > shortestMs) {
      pieceMs = Math.max(shortestMs, pieceMs / 4);
      continue;
    }
    if (found.length > 0) yield byTime(found);
    fromMs = pieceToMs;
    if (found.length < readingsAtOnce / 8) pieceMs *= 2;
  }
}

function byTime(readings: readonly StoredReading[]): StoredReading[] {
  return readings.toSorted((one, other) => one.measuredAtMs - other.measuredAtMs);
}
