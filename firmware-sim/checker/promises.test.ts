import { describe, expect, test } from "vitest";
import {
  eventsTold,
  framesKept,
  gatewayLossesTold,
  keptOnce,
  silencesTold,
  type ToldAlert,
  toldOnce,
} from "./promises.ts";
import { Witness } from "./witness.ts";

/* A checker that finds nothing is worth nothing: here each promise is broken on purpose. */

const minute = 60_000;

function alert(firedAtMs: number, resolvedAtMs: number | null = null, sinceMs = firedAtMs): ToldAlert {
  return { id: `a${firedAtMs}`, rule: "r", device: "n", sinceMs, firedAtMs, resolvedAtMs };
}

/** A witness of values 1, 2, 3 … a minute apart, each arrived and acknowledged. */
async function witnessOf(count: number) {
  const witness = new Witness();
  const t0 = Date.UTC(2026, 0, 1);
  const topic = "canhdong/v1/n/telemetry";
  const payloads = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ ts: t0 + i * minute, seq: i, values: { "soil.moisture": i + 1 } }),
  );
  const platform = witness.before({ enlist() {}, async take() {} });
  const uplinks = payloads.map((payload, i) => ({
    device: "n",
    topic,
    payload: Buffer.from(payload),
    receivedAtMs: t0 + i * minute,
  }));
  await platform.take(uplinks, t0 + count * minute);
  for (const payload of payloads) witness.events.acknowledged!("n", { topic, payload }, t0);
  return witness;
}

test("what is kept as acknowledged is in order; lost, doubled, foreign and changed values are told", async () => {
  const witness = await witnessOf(3);
  const [one, two, three] = [...witness.receipted.values()];
  expect(keptOnce(witness, [one!, two!, three!])).toEqual([]);
  expect(keptOnce(witness, [one!, two!])).toEqual([expect.stringMatching(/^acknowledged, but not stored/)]);
  expect(keptOnce(witness, [one!, two!, three!, three!])).toEqual([expect.stringMatching(/^stored twice/)]);
  expect(keptOnce(witness, [one!, two!, { ...three!, value: 9 }])).toEqual([
    expect.stringMatching(/^acknowledged 3, but stored 9/),
  ]);
  expect(keptOnce(witness, [one!, two!, three!, { ...three!, measuredAtMs: 7 }])).toEqual([
    expect.stringMatching(/^stored, but never sent/),
  ]);
});

test("what no reader should believe is not expected in the store", async () => {
  const witness = new Witness();
  const message = {
    topic: "canhdong/v1/n/telemetry",
    payload: '{"ts":5000,"values":{"soil.temperature":25}}',
  };
  witness.events.acknowledged!("n", message, 0);
  witness.events.acknowledged!(
    "n",
    { ...message, payload: '{"ts":1767225600000,"values":{"soil.temperature":-127}}' },
    0,
  );
  expect([witness.receipted.size, witness.unbelievable.size]).toEqual([0, 2]);
});

function witnessOfFrames(...receivedAtMs: (number | null)[]): Witness {
  const witness = new Witness();
  for (const atMs of receivedAtMs) {
    const observation = { values: { "soil.moisture": 30 }, absent: [] };
    const frame = { port: 2, bytes: new Uint8Array() };
    witness.events.radiated!("n", { atMs: 0, frame, frameCounter: 0, observation, key: 0 }, atMs);
  }
  return witness;
}

const moistureAt = (...times: number[]) =>
  times.map((measuredAtMs) => ({ device: "n", quantity: "soil.moisture", measuredAtMs }));

test("a frame that was heard and is not stored is found, and so is one that became two", () => {
  const witness = witnessOfFrames(1, 2, null);
  expect(framesKept(witness, moistureAt(1, 2), minute)).toEqual([]);
  expect(framesKept(witness, moistureAt(1), minute)).toEqual([
    "n soil.moisture: 2 frames were heard, 1 values are stored",
  ]);
  expect(framesKept(witness, moistureAt(1, 2, 3), minute)).toHaveLength(1);
});

test("a frame that is still on its way when the season ends is not missed", () => {
  const witness = witnessOfFrames(1, minute, minute + 1);
  expect(framesKept(witness, moistureAt(1, minute), minute)).toEqual([]);
});

test("a silence that is not told, told twice, or told without being one is found", () => {
  const arrivals = [0, 10, 20, 200, 210].map((m) => m * minute);
  const bounds = { limitMs: 45 * minute, slackMs: 20 * minute, untilMs: 220 * minute };
  const told = alert(65 * minute, 200 * minute, 20 * minute);
  expect(silencesTold(arrivals, [told], bounds)).toEqual([]);
  expect(silencesTold(arrivals, [], bounds)).toHaveLength(1);
  expect(silencesTold(arrivals, [told, { ...told, id: "again" }], bounds)).toHaveLength(1);
  const invented = alert(60 * minute, null, 10 * minute);
  expect(silencesTold(arrivals, [told, invented], bounds)).toEqual([expect.stringMatching(/called silent/)]);
});

describe("the loss of a gateway", () => {
  const heardAt = (...minutes: number[]) => ({ heard: minutes.map((m) => m * minute), alerts: [] });
  const every30 = (phase: number, until: number) =>
    heardAt(...[0, 30, 60, 90, 120].map((m) => m + phase), until);
  const nodes = [every30(0, 480), every30(5, 485), every30(9, 489)];
  const bounds = {
    ...{ limitMs: 90 * minute, slackMs: 60 * minute, untilMs: 500 * minute },
    ...{ everyMs: 30 * minute, fewestDevices: 3 },
  };
  const told = alert(219 * minute, 480 * minute, 129 * minute);
  const found = (given: typeof nodes, alerts: readonly ToldAlert[]) =>
    gatewayLossesTold(given, alerts, bounds);

  test("that is not told once, is told without cause, or is told by its nodes besides is found", () => {
    expect(found(nodes, [told])).toEqual([]);
    expect(found(nodes, [])).toEqual([expect.stringMatching(/told 0 times/)]);
    expect(found(nodes, [told, { ...told, id: "again" }])).toEqual([expect.stringMatching(/told 2 times/)]);
    expect(found(nodes, [told, alert(60 * minute)])).toEqual([expect.stringMatching(/was called lost/)]);
    const besides = nodes.with(1, {
      ...nodes[1]!,
      alerts: [alert(215 * minute, 485 * minute, 125 * minute)] as never,
    });
    expect(found(besides, [told])).toEqual([expect.stringMatching(/as its gateway was/)]);
  });

  test("may be told by its nodes when one of them got through after another had missed its turn", () => {
    const throughAnother = heardAt(2, 32, 62, 92, 122, 152, 482);
    expect(found([every30(0, 480), every30(5, 485), throughAnother], [])).toEqual([]);
  });

  test("is told by its nodes where they are fewer than say something of it", () => {
    expect(found(nodes.slice(1), [])).toEqual([]);
  });
});

const rule = { below: 4, clear: 5, forMs: 30 * minute, margin: 0.5 };
const bounds = { boundMs: 40 * minute, stepMs: 10 * minute, isSound: () => true };
/** Six hours of plenty, five of want, six of plenty. */
const truth = Array.from({ length: 102 }, (_, i) => ({
  atMs: i * 10 * minute,
  value: i >= 36 && i < 66 ? 2 : 7,
}));
const began = 360 * minute;

test("an event that is alerted in time and once is in order", () => {
  const told = alert(began + 40 * minute, began + 310 * minute);
  expect(eventsTold(truth, [told], rule, bounds)).toEqual({ events: 1, broken: [] });
});

test.each([
  ["is not alerted", []],
  ["is alerted too late", [alert(began + 90 * minute, began + 310 * minute)]],
  [
    "is alerted twice",
    [alert(began + 40 * minute, began + 100 * minute), alert(began + 120 * minute, began + 310 * minute)],
  ],
])("an event that %s is found", (_, alerts) => {
  expect(eventsTold(truth, alerts, rule, bounds).broken).not.toEqual([]);
});

test("an alert while all is well is without cause, unless the node was not sound", () => {
  const told = alert(began + 40 * minute, began + 310 * minute);
  const alerts = [told, alert(60 * minute, 70 * minute)];
  expect(eventsTold(truth, alerts, rule, bounds).broken).toEqual([expect.stringMatching(/without cause/)]);
  const isSound = (fromMs: number) => fromMs > 120 * minute;
  expect(eventsTold(truth, alerts, rule, { ...bounds, isSound }).broken).toEqual([]);
});

test("a message that is told twice is found", () => {
  expect(
    toldOnce([
      { id: "1", event: "fired" },
      { id: "2", event: "fired" },
    ]),
  ).toEqual([]);
  expect(
    toldOnce([
      { id: "1", event: "fired" },
      { id: "1", event: "fired" },
    ]),
  ).toEqual(["told twice: 1 (fired)"]);
});
