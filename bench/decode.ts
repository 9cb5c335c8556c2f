/**
 * How long decoding takes on one core, by kind of uplink. Each figure is the best of several rounds over a few thousand
 * different payloads, none of them decoded before; the machine's other work slows a round, never quickens it.
 *
 *     node bench/decode.ts
 */
import { createDecoder } from "../ingest/decode/decoder.ts";
import type { JournaledUplink } from "../ingest/journal/journal.ts";

const roundsOf = 60;
const uplinksPerRound = 4000;
const receivedAtMs = Date.UTC(2026, 6, 1);

const fiveValues = (i: number) => ({
  ts: receivedAtMs - 5000,
  seq: i,
  values: {
    "soil.moisture": 30 + (i % 100) / 10,
    "soil.temperature": 27.1,
    "air.temperature": 30.2 + (i % 7) / 10,
    "air.relativeHumidity": 81,
    "power.battery": 3.61,
  },
});

const kinds: Record<string, (i: number) => string> = {
  "one item, 5 values": (i) => JSON.stringify(fiveValues(i)),
  "one item, 5 numeric strings": (i) =>
    JSON.stringify({
      ts: receivedAtMs,
      values: Object.fromEntries(Object.entries(fiveValues(i).values).map(([k, v]) => [k, String(v)])),
    }),
  "RFC 3339 time, 5 values": (i) =>
    JSON.stringify({ ...fiveValues(i), ts: new Date(receivedAtMs).toISOString() }),
  "array of 20 items, 5 values each": (i) =>
    JSON.stringify(
      Array.from({ length: 20 }, (_, k) => ({ ...fiveValues(i + k), ts: receivedAtMs - (20 - k) * 60_000 })),
    ),
  "no JSON": (i) => `{"values":{"soil.moisture":NaN,"n":${i}}}`,
  "5 unknown quantities": (i) => JSON.stringify({ values: { a: i, b: 2, c: 3, d: 4, e: 5 } }),
};

const topicCount = 10_000;

function uplinksOf(payload: (i: number) => string, round: number): JournaledUplink[] {
  return Array.from({ length: uplinksPerRound }, (_, i) => ({
    device: Buffer.from(`node-${i % topicCount}`).toString(),
    // Through bytes, as from the journal: a string of its own, whose hash nobody has computed yet.
    topic: Buffer.from(`canhdong/v1/node-${i % topicCount}/telemetry`).toString(),
    payload: new TextEncoder().encode(payload(i)),
    receivedAtMs,
    position: round * uplinksPerRound + i,
  }));
}

function bestOf(payload: (i: number) => string): number {
  const devices = new Map(
    Array.from({ length: topicCount }, (_, i) => [`node-${i}`, { intervalMs: 60_000 }]),
  );
  const decoder = createDecoder({ device: (id) => devices.get(id) });
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < roundsOf; round++) {
    const uplinks = uplinksOf(payload, round);
    const start = performance.now();
    for (const uplink of uplinks) decoder.decode(uplink);
    best = Math.min(best, ((performance.now() - start) * 1000) / uplinksPerRound);
  }
  return best;
}

for (const [kind, payload] of Object.entries(kinds)) {
  const us = bestOf(payload);
  console.log(
    `${kind.padEnd(36)} ${us.toFixed(2).padStart(8)} µs  ${Math.round(1e6 / us)
      .toLocaleString("en")
      .padStart(9)}/s`,
  );
}
