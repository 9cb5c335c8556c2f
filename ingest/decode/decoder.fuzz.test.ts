/**
 * Throws seeded rubbish at the decoder: telemetry made of a small grammar that knows every sort of good and bad part,
 * and the bytes of it cut, doubled, flipped and overwritten. `SEED=7 npx vitest run ingest/decode` plays another game;
 * a failure names the payload.
 */
import { expect, test } from "vitest";
import { Telemetry } from "../../devices/index.ts";
import type { Decoded } from "./decoded.ts";
import { createDecoder } from "./decoder.ts";
import { createDice, type Dice } from "./test-dice.ts";

const receivedAtMs = Date.UTC(2026, 6, 1, 6);
const decoder = createDecoder({ device: () => ({ intervalMs: 60_000 }) });

function decode(payload: Uint8Array): Decoded {
  const topic = "canhdong/v1/node-1/telemetry";
  return decoder.decodeAfresh({ device: "node-1", topic, payload, receivedAtMs, position: 0 });
}

const names = [
  "soil.moisture",
  "soil.temperature",
  "air.temperature",
  "air.relativeHumidity",
  "battery?",
  "__proto__",
  "",
  "\ud800",
];
const soundValues = [31.2, 0, -0, "24.5", null, 1e308, -40, 327.67];
const brokenValues = [true, [], { v: 1 }, [[]]];
const soundTimes = [receivedAtMs, receivedAtMs - 90_000, receivedAtMs / 1000, "2026-07-01T06:00:00Z"];
const unbelievableTimes = [0, 7200, "2036-02-07T06:28:16Z", -5, 1e19];
const brokenTimes = [null, true, {}, []];
const soundCounts = [0, 41, Number.MAX_SAFE_INTEGER];
const brokenCounts = [-1, 1.5, "41", null, 2 ** 53];

function itemOf(dice: Dice, times: readonly unknown[], mayLackTime: boolean, brokenShare: number): unknown {
  const broken = () => dice.chance(brokenShare);
  if (broken()) return dice.oneOf([null, 7, "x", [], {}, { values: null }, { values: [1] }]);
  const values: [string, unknown][] = Array.from({ length: dice.below(6) }, () => [
    dice.oneOf(names),
    dice.oneOf<unknown>(broken() ? brokenValues : soundValues),
  ]);
  return {
    ...(mayLackTime && dice.chance(0.3) ? {} : { ts: dice.oneOf(broken() ? brokenTimes : times) }),
    ...(dice.chance(0.5) ? { seq: dice.oneOf<unknown>(broken() ? brokenCounts : soundCounts) } : {}),
    ...(dice.chance(0.2) ? { fw: [{ a: 1 }] } : {}),
    values: Object.fromEntries(values),
  };
}

function bodyOf(dice: Dice, times: readonly unknown[], brokenShare: number): unknown {
  if (dice.chance(0.5)) return itemOf(dice, times, true, brokenShare);
  return Array.from({ length: dice.below(5) }, () => itemOf(dice, times, false, brokenShare));
}

const encoder = new TextEncoder();
const bytesOf = (body: unknown): Uint8Array => encoder.encode(JSON.stringify(body));

function isRecord(found: unknown): found is Record<string, unknown> {
  return typeof found === "object" && found !== null && !Array.isArray(found);
}

/** How many values were sent, counted without the decoder. */
function valuesIn(body: unknown): number {
  const items = Array.isArray(body) ? body : [body];
  return items
    .flatMap((item: unknown) => (isRecord(item) && isRecord(item.values) ? Object.values(item.values) : []))
    .filter((value) => value !== null).length;
}

function accountedIn({ readings, rejections }: Decoded): number {
  return readings.length + rejections.filter(({ quantity }) => quantity !== null).length;
}

test("each value sent becomes one reading or one rejection", () => {
  const dice = createDice(0);
  for (let i = 0; i < 20_000; i++) {
    const payload = bytesOf(bodyOf(dice, [...soundTimes, ...unbelievableTimes], 0.1));
    const text = new TextDecoder().decode(payload);
    expect([text, accountedIn(decode(payload))]).toEqual([text, valuesIn(JSON.parse(text))]);
  }
});

test("the hand-written reader and the documented schema agree on what is well-formed", () => {
  const dice = createDice(1);
  const tally = { sound: 0, broken: 0 };
  for (let i = 0; i < 20_000; i++) {
    const payload = bytesOf(bodyOf(dice, soundTimes, 0.05));
    const text = new TextDecoder().decode(payload);
    const isSound = Telemetry.safeParse(JSON.parse(text)).success;
    const complaints = decode(payload).rejections.filter(
      ({ reason }) => reason === "wrong-shape" || reason === "not-a-number",
    );
    // A name outside the catalogue is complained about before anybody looks at its value.
    const brokenUnknown = /"(?:battery\?|__proto__|\\ud800|)":(?:true|\[|\{)/.test(text);
    if (!brokenUnknown) expect([text, complaints.length === 0]).toEqual([text, isSound]);
    tally[isSound ? "sound" : "broken"]++;
  }
  expect(Math.min(tally.sound, tally.broken)).toBeGreaterThan(2000);
});

const mutations: readonly ((bytes: number[], dice: Dice) => void)[] = [
  (bytes, dice) => bytes.splice(dice.below(bytes.length + 1)),
  (bytes, dice) => bytes.splice(dice.below(bytes.length + 1), dice.below(8)),
  (bytes, dice) => bytes.splice(dice.below(bytes.length + 1), 0, dice.below(256)),
  (bytes, dice) => bytes.splice(dice.below(bytes.length + 1), 0, ...encoder.encode(dice.oneOf(shards))),
  (bytes, dice) => {
    const from = dice.below(bytes.length + 1);
    bytes.splice(dice.below(bytes.length + 1), 0, ...bytes.slice(from, from + dice.below(40)));
  },
  (bytes, dice) => {
    if (bytes.length > 0) bytes[dice.below(bytes.length)]! ^= 1 << dice.below(8);
  },
];
const shards = [
  "NaN",
  "-Infinity",
  "1e400",
  '"',
  "\\",
  "{",
  "[",
  "]",
  "}",
  ",",
  ":",
  "\0",
  "\ufeff",
  "[[[[[[[[[[[[[[[[[[",
  '"values":{',
  "null",
];

test("no bytes make it throw, and nothing disappears", () => {
  const dice = createDice(2);
  const met = new Set<string>();
  for (let i = 0; i < 40_000; i++) {
    const bytes = [...bytesOf(bodyOf(dice, soundTimes, 0.05))];
    for (let n = dice.below(4); n >= 0; n--) dice.oneOf(mutations)(bytes, dice);
    checkMutant(Uint8Array.from(bytes), met);
  }
  const possible = [
    "not-utf8",
    "not-json",
    "too-deep",
    "wrong-shape",
    "empty",
    "unknown-quantity",
    "implausible",
  ];
  expect([...met]).toEqual(expect.arrayContaining(possible));
});

function checkMutant(payload: Uint8Array, met: Set<string>): void {
  const decoded = decode(payload);
  const text = new TextDecoder().decode(payload);
  for (const { reason, detail } of decoded.rejections) {
    met.add(reason);
    expect(reason, text).not.toBe("decoder-failed");
    expect(detail.length, text).toBeLessThanOrEqual(300);
  }
  const body = parsed(text);
  if (body === undefined) expect(decoded.rejections, text).toHaveLength(1);
  else if (decoded.rejections.some(({ reason }) => reason === "too-deep" || reason === "not-utf8")) {
    expect(decoded.rejections, text).toHaveLength(1);
  } else if (decoded.rejections.some(({ detail }) => detail.includes("stands twice"))) {
    expect(accountedIn(decoded), text).toBeGreaterThanOrEqual(valuesIn(body));
  } else expect(accountedIn(decoded), text).toBe(valuesIn(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
