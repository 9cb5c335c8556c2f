import type { InfluxClient } from "./influx-client.ts";
import { countReadings } from "./queries.ts";
import type { InfluxSettings } from "./settings.ts";

interface Usage {
  readonly bytes: number;
  readonly readings: number;
}

/** How much there is: counting takes the server seconds on a large database, so the answer may be an hour old. */
export interface StoreUsage {
  /** Counts, if it has not been done for an hour. */
  count(): Promise<void>;
  /** What was counted last; asks for it only when nothing has been counted yet. */
  last(): Promise<Usage>;
}

const everyMs = 3_600_000;
const afterFailureMs = 60_000;

export function createUsage(client: InfluxClient, settings: InfluxSettings, now: () => number): StoreUsage {
  let counted: Usage | null = null;
  let nextMs = Number.NEGATIVE_INFINITY;

  async function count(): Promise<void> {
    if (now() < nextMs) return;
    nextMs = now() + afterFailureMs;
    counted = { readings: await countReadings(client), bytes: await bytesOf(client, settings) };
    nextMs = now() + everyMs;
  }

  return {
    count,
    async last() {
      // Metrics are asked for also while the server is away; that it is away is told by the follower.
      if (counted === null) await count().catch(() => {});
      return counted ?? { bytes: 0, readings: 0 };
    },
  };
}

async function bytesOf(client: InfluxClient, { api, database }: InfluxSettings): Promise<number> {
  // Version 2 tells of its disk in its metrics only, by bucket number; nothing portable says more.
  if (api === "v2") return 0;
  let bytes = 0;
  for await (const { tags, columns, rows } of client.query("SHOW STATS FOR 'shard'")) {
    const column = columns.indexOf("diskBytes");
    if (tags.database === database && column >= 0) bytes += rows[0]![column] as number;
  }
  return bytes;
}
