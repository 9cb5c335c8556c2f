import type { Reading } from "../../devices/index.ts";

export interface FleetSpec {
  readonly devices: readonly string[];
  readonly quantities: readonly string[];
  readonly startMs: number;
  readonly intervalMs: number;
  /** Rounds of one uplink of every device. */
  readonly rounds: number;
  readonly batchReadings: number;
}

const lateShare = 0.014;
const repeatedShare = 0.005;
const lateByMs = 20 * 60_000;
const roundsUntilLate = 20;
/** What the probes resolve, in turn. */
const steps = [0.1, 0.1, 0.1, 0.1, 0.001, 0.01, 0.01, 1, 0.1];

/**
 * What a fleet sends, in the order of its arrival. Values are random walks in the steps a probe resolves; a device's readings
 * of one uplink share their time, which has a phase and a jitter of its own; 1.4 % of the uplinks come late and 0.5 % twice.
 * The same for every run.
 */
export function* fleetReadings(spec: FleetSpec): Generator<Reading[]> {
  const { devices, quantities, startMs, intervalMs, rounds, batchReadings } = spec;
  const random = createRandom(42);
  const phases = devices.map(() => Math.floor(random() * intervalMs));
  const walks = devices.map(() => quantities.map(() => Math.floor(random() * 300)));
  let batch: Reading[] = [];
  let held: Reading[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [at, device] of devices.entries()) {
      const measuredAtMs = startMs + round * intervalMs + phases[at]! + Math.floor(random() * 250);
      const late = random() < lateShare;
      const receivedAtMs = measuredAtMs + (late ? lateByMs : 40);
      const walk = walks[at]!;
      const uplink = quantities.map((quantity, which) => {
        walk[which] = walk[which]! + Math.floor(random() * 5) - 2;
        const value = Math.round(walk[which] * steps[which]! * 1000) / 1000;
        return { device, quantity, measuredAtMs, receivedAtMs, value, live: !late };
      });
      (late ? held : batch).push(...uplink);
      if (random() < repeatedShare) batch.push(...uplink);
      if (batch.length < batchReadings) continue;
      yield batch;
      batch = [];
    }
    if (round % roundsUntilLate < roundsUntilLate - 1) continue;
    yield held;
    held = [];
  }
  yield [...batch, ...held];
}

/** A linear congruential generator: cheap, and good enough to be different everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
