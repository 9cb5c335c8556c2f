/**
 * How long decoding takes on one core, by kind of uplink. Each figure is the best of many short rounds over
 * different payloads, none of them decoded before; the machine's other work slows a round, never quickens it.
 *
 *     node bench/decode.ts [--json]
 */
import { parseArgs } from "node:util";
import { createDecoder } from "../ingest/decode/decoder.ts";
import type { JournaledUplink } from "../ingest/journal/journal.ts";
import { deviceCount, euiOf, idOf, type Kind, kinds, receivedAtMs } from "./decode/kinds.ts";

const { values: options } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const rounds = 200;
const uplinksPerRound = 500;

const devices = new Map(
  Array.from({ length: deviceCount }, (_, i) => [idOf(i), { intervalMs: 60_000, model: "dragino-lse01" }]),
);
const euis = new Map(Array.from({ length: deviceCount }, (_, i) => [euiOf(i), { id: idOf(i) }]));

function uplinksOf(kind: Kind, round: number): JournaledUplink[] {
  return Array.from({ length: uplinksPerRound }, (_, i) => ({
    // Through bytes, as from the journal: a string of its own, whose hash nobody has computed yet.
    device: Buffer.from(kind.publisher(i % deviceCount)).toString(),
    topic: Buffer.from(kind.topic(i % deviceCount)).toString(),
    payload: new TextEncoder().encode(kind.payload(i)),
    receivedAtMs,
    position: round * uplinksPerRound + i,
  }));
}

/** @throws when what was decoded is not what the kind says: a fast refusal would be no figure */
function bestMicrosecondsOf(kind: Kind): number {
  const decoder = createDecoder({ device: (id) => devices.get(id), deviceByEui: (eui) => euis.get(eui) });
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const uplinks = uplinksOf(kind, round);
    let readings = 0;
    const start = performance.now();
    for (const uplink of uplinks) readings += decoder.decode(uplink).readings.length;
    best = Math.min(best, ((performance.now() - start) * 1000) / uplinksPerRound);
    if (readings !== kind.values * uplinksPerRound)
      throw new Error(`${kind.name}: ${readings} readings of ${uplinksPerRound} uplinks`);
  }
  return best;
}

const perSecond: Record<string, number> = {};
for (const kind of kinds) {
  const us = bestMicrosecondsOf(kind);
  perSecond[kind.name] = Math.round(1e6 / us);
  const rate = perSecond[kind.name]!.toLocaleString("en").padStart(9);
  if (!options.json) console.log(`${kind.name.padEnd(36)} ${us.toFixed(2).padStart(8)} µs  ${rate}/s`);
}
if (options.json) console.log(JSON.stringify(perSecond));
