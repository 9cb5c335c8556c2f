import { expect, test } from "vitest";
import { quantities } from "../../devices/index.ts";
import type { JournaledUplink } from "../journal/journal.ts";
import type { Decoded, RejectionReason } from "./decoded.ts";
import { createDecoder } from "./decoder.ts";
import type { Dialect } from "./dialect.ts";

const minute = 60_000;
const receivedAtMs = Date.UTC(2026, 6, 1, 6);
const registered = new Map([
  ["node-1", { intervalMs: minute }],
  ["node-2", { intervalMs: null }],
]);
const device = (id: string) => registered.get(id);

function uplink(payload: unknown, changed: Partial<JournaledUplink> = {}): JournaledUplink {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  return {
    device: "node-1",
    topic: "canhdong/v1/node-1/telemetry",
    payload: new TextEncoder().encode(text),
    receivedAtMs,
    position: 0,
    ...changed,
  };
}

function decode(payload: unknown, changed: Partial<JournaledUplink> = {}): Decoded {
  return createDecoder({ device }).decode(uplink(payload, changed));
}

const values = ({ readings }: Decoded) => readings.map(({ quantity, value }) => [quantity, value]);
const refused = ({ rejections }: Decoded) => rejections.map(({ reason, quantity }) => [reason, quantity]);

test("one item becomes one reading for each value", () => {
  const decoded = decode({
    ts: receivedAtMs - 2000,
    seq: 41,
    values: { "soil.moisture": 31.2, "air.temperature": -2 },
  });
  const common = { device: "node-1", measuredAtMs: receivedAtMs - 2000, receivedAtMs, live: true };
  expect(decoded.readings).toEqual([
    { ...common, quantity: "soil.moisture", value: 31.2 },
    { ...common, quantity: "air.temperature", value: -2 },
  ]);
  expect(decoded.rejections).toEqual([]);
  expect(decoded.decoder).toBe("native/2");
});

test("the device that connected is the truth, whatever topic and body say", () => {
  const decoded = decode(
    { device: "node-7", values: { "soil.moisture": 31 } },
    { topic: "canhdong/v1/node-9/telemetry" },
  );
  expect(decoded.readings.map((reading) => reading.device)).toEqual(["node-1"]);
});

test.each([
  ["seconds", (receivedAtMs - 2000) / 1000],
  ["milliseconds", receivedAtMs - 2000],
  ["a numeric string", String(receivedAtMs - 2000)],
  ["RFC 3339", new Date(receivedAtMs - 2000).toISOString()],
  ["RFC 3339 in Ha Noi's offset", "2026-07-01T12:59:58+07:00"],
])("time is understood as %s", (_, ts) => {
  expect(decode({ ts, values: { "soil.moisture": 31 } }).readings[0]?.measuredAtMs).toBe(receivedAtMs - 2000);
});

test("without a time the arrival counts", () => {
  expect(decode({ values: { "soil.moisture": 31 } }).readings[0]?.measuredAtMs).toBe(receivedAtMs);
});

test("null means not measured: neither a reading nor a rejection", () => {
  const decoded = decode({ values: { "soil.moisture": null, "soil.temperature": 24 } });
  expect(values(decoded)).toEqual([["soil.temperature", 24]]);
  expect(decoded.rejections).toEqual([]);
});

test.each([
  ["24.59", 24.59],
  [" -3 ", -3],
  ["+1.5e1", 15],
  [".5", 0.5],
])("the numeric string %j is the number %d", (found, value) => {
  expect(values(decode({ values: { "soil.temperature": found } }))).toEqual([["soil.temperature", value]]);
});

test.each([
  "",
  " ",
  "NaN",
  "Infinity",
  "0x1F",
  "24,59",
  "57 uS/cm",
  "1e999",
  "1_0",
  "9".repeat(41),
  true,
  [3],
  { v: 3 },
])("%j is no number", (found) => {
  const decoded = decode({ values: { "soil.temperature": found } });
  expect(decoded.readings).toEqual([]);
  expect(refused(decoded)).toEqual([["not-a-number", "soil.temperature"]]);
});

test("a number too large for 64 bits is refused by itself", () => {
  const decoded = decode(
    '{"values":{"soil.temperature":1e400,"soil.moisture":12345678901234567890,"air.temperature":25}}',
  );
  expect(values(decoded)).toEqual([["air.temperature", 25]]);
  expect(refused(decoded)).toEqual([
    ["not-a-number", "soil.temperature"],
    ["implausible", "soil.moisture"],
  ]);
});

test("a value nobody could have measured is refused with what would be plausible", () => {
  const decoded = decode({ values: { "soil.moisture": 140, "air.temperature": 25 } });
  expect(values(decoded)).toEqual([["air.temperature", 25]]);
  expect(decoded.rejections).toEqual([
    {
      reason: "implausible",
      quantity: "soil.moisture",
      measuredAtMs: receivedAtMs,
      detail: 'values["soil.moisture"]: 140; plausible is 0 to 100 %',
    },
  ]);
});

test("the ends of each quantity's range are plausible, what lies beyond is not, and no sentinel passes", () => {
  for (const { name, plausible, sentinels } of quantities.values()) {
    const reasonsOf = (value: number) =>
      decode({ values: { [name]: value } }).rejections.map(({ reason }) => reason);
    for (const sentinel of sentinels)
      expect.soft([name, sentinel, reasonsOf(sentinel)]).toEqual([name, sentinel, ["sentinel"]]);
    for (const end of [plausible.min, plausible.max].filter((value) => !sentinels.includes(value))) {
      expect.soft([name, end, reasonsOf(end)]).toEqual([name, end, []]);
    }
    const beyond = plausible.max + 0.123456;
    expect.soft([name, reasonsOf(beyond)]).toEqual([name, ["implausible"]]);
  }
});

test("an absent probe is told apart from a hot one", () => {
  expect(refused(decode({ values: { "soil.temperature": 327.67 } }))).toEqual([
    ["sentinel", "soil.temperature"],
  ]);
});

test("a quantity outside the catalogue is kept by its name, never guessed", () => {
  const decoded = decode({ values: { moisture: 31, __proto__x: 1, constructor: 2, toString: 3 } });
  expect(decoded.readings).toEqual([]);
  expect(refused(decoded).map(([reason]) => reason)).toEqual(Array(4).fill("unknown-quantity"));
});

test("__proto__ is a name like any other", () => {
  const decoded = decode('{"values":{"__proto__":3,"soil.moisture":30},"__proto__":{"ts":1}}');
  expect(values(decoded)).toEqual([["soil.moisture", 30]]);
  expect(refused(decoded)).toEqual([["unknown-quantity", "__proto__"]]);
  expect(({} as { ts?: number }).ts).toBeUndefined();
});

test("a stored batch is told in the order of its times", () => {
  const at = (ageMs: number, moisture: number) => ({
    ts: receivedAtMs - ageMs,
    values: { "soil.moisture": moisture },
  });
  const decoded = decode([at(1000, 33), at(120_000, 31), at(60_000, 32)]);
  expect(values(decoded)).toEqual([
    ["soil.moisture", 31],
    ["soil.moisture", 32],
    ["soil.moisture", 33],
  ]);
});

test("one bad item of a batch leaves the others whole", () => {
  const decoded = decode([
    { ts: receivedAtMs - minute, values: { "soil.moisture": 30 } },
    "rubbish",
    { ts: "yesterday", values: { "soil.moisture": 31, "soil.temperature": null, "air.temperature": 25 } },
    { ts: receivedAtMs, values: { "soil.moisture": 32 } },
  ]);
  expect(values(decoded)).toEqual([
    ["soil.moisture", 30],
    ["soil.moisture", 32],
  ]);
  expect(refused(decoded)).toEqual([
    ["wrong-shape", null],
    ["wrong-shape", "soil.moisture"],
    ["wrong-shape", "air.temperature"],
  ]);
  expect(decoded.rejections[1]?.detail).toMatch(
    /^\[2\]\.values\["soil\.moisture"\]: "yesterday" is no time; right is/,
  );
});

test("two items without a time would hide each other, so neither is believed", () => {
  const item = (moisture: number) => ({ values: { "soil.moisture": moisture } });
  expect(values(decode([item(30)]))).toEqual([["soil.moisture", 30]]);
  expect(refused(decode([item(30), item(31)]))).toEqual([
    ["clock-implausible", "soil.moisture"],
    ["clock-implausible", "soil.moisture"],
  ]);
});

test.each([
  ["1970, a node without a clock", 7200],
  ["the last moment of 2014", Date.UTC(2015, 0, 1) - 1],
  ["2036, a counter that ran over", "2036-02-07T06:28:16Z"],
  ["a day and a moment ahead", receivedAtMs + 24 * 60 * minute + 1],
])("the clock of %s is not believed", (_, ts) => {
  const decoded = decode({ ts, values: { "soil.moisture": 31, "soil.temperature": 25, "soil.ec": null } });
  expect(decoded.readings).toEqual([]);
  expect(refused(decoded)).toEqual([
    ["clock-implausible", "soil.moisture"],
    ["clock-implausible", "soil.temperature"],
  ]);
  expect(decoded.rejections[0]?.measuredAtMs).not.toBeNull();
});

test.each([Date.UTC(2015, 0, 1), receivedAtMs + 24 * 60 * minute])("the clock %d is believed", (ts) => {
  expect(decode({ ts, values: { "soil.moisture": 31 } }).readings).toHaveLength(1);
});

test("news is what two intervals and a minute allow; older is history", () => {
  const live = (ageMs: number, id: string) =>
    decode({ ts: receivedAtMs - ageMs, values: { "soil.moisture": 31 } }, { device: id }).readings[0]?.live;
  expect([live(3 * minute, "node-1"), live(3 * minute + 1, "node-1")]).toEqual([true, false]);
  expect([live(31 * minute, "node-2"), live(31 * minute + 1, "node-2")]).toEqual([true, false]);
});

test("in one uplink after an outage the old items are history and the newest is news", () => {
  const ages = [180, 120, 60, 0].map((minutes) => minutes * minute);
  const decoded = decode(ages.map((age) => ({ ts: receivedAtMs - age, values: { "soil.moisture": 31 } })));
  expect(decoded.readings.map(({ live }) => live)).toEqual([false, false, false, true]);
});

const refusedWhole: [string, RejectionReason, unknown, Partial<JournaledUplink>, RegExp][] = [
  [
    "a foreign topic",
    "unknown-topic",
    {},
    { topic: "farm/x" },
    /right is, for one, canhdong\/v1\/\{device\}\/telemetry/,
  ],
  ["our own command", "unknown-topic", {}, { topic: "canhdong/v1/node-1/command" }, /no topic that is read/],
  ["an unregistered device", "unknown-device", {}, { device: "node-9" }, /"node-9"/],
  ["a huge payload", "too-large", " ".repeat(256 * 1024 + 1), {}, /262145 bytes; at most 262144/],
  ["no bytes", "empty", "", {}, /no bytes/],
  ["blanks", "empty", " \n ", {}, /blank/],
  ["an empty array", "empty", [], {}, /no items/],
  ["no values", "empty", { values: {} }, {}, /no members/],
  ["bytes of Latin-1", "not-utf8", "", { payload: Uint8Array.of(0x22, 0xe9, 0x22) }, /0x22e922/],
  ["a cut sequence", "not-utf8", "", { payload: Uint8Array.of(0x22, 0xe2, 0x82) }, /UTF-8/],
  [
    "NaN",
    "not-json",
    '{"values":{"soil.moisture":NaN}}',
    {},
    /^NaN is not JSON: leave the value out, or send null/,
  ],
  ["-inf", "not-json", '{"values":{"soil.moisture": -inf}}', {}, /^-inf is not JSON/],
  ["a C string's end", "not-json", '{"values":{}}\0', {}, /NUL/],
  ["trailing rubbish", "not-json", '{"values":{}} x', {}, /position 14/],
  ["half a frame", "not-json", '{"values":{"soil.moi', {}, /position|end/i],
  ["a bomb of brackets", "too-deep", "[".repeat(100_000), {}, /100000 levels of brackets; at most 16/],
  ["a list", "wrong-shape", { values: [1] }, {}, /values is an array; right is/],
  ["a bare number", "wrong-shape", "42", {}, /the body: 42; right is/],
  ["null", "wrong-shape", "null", {}, /the body: null/],
  ["a foreign dialect", "wrong-shape", { temperature: 25 }, {}, /values is nothing/],
];

test.each(refusedWhole)("%s is refused as %s", (_, reason, payload, changed, detail) => {
  const decoded = decode(payload, changed);
  expect(decoded.readings).toEqual([]);
  expect(refused(decoded)).toEqual([[reason, null]]);
  expect(decoded.rejections[0]?.detail).toMatch(detail);
});

test("brackets inside strings are no depth, and a byte order mark does no harm", () => {
  const decoded = decode(`\ufeff{"note":"${'[{\\"'.repeat(50)}","values":{"soil.moisture":31}}`);
  expect(values(decoded)).toEqual([["soil.moisture", 31]]);
});

test("deep nesting below the limit of an unread member is let pass", () => {
  expect(values(decode({ values: { "soil.moisture": 31 }, extra: [[[[{ a: [] }]]]] }))).toEqual([
    ["soil.moisture", 31],
  ]);
});

test("a name that stands twice gives one reading and one rejection", () => {
  const decoded = decode('[{"ts":1782885600,"values":{"soil.moisture":30,"soil.\\u006doisture":31}}]');
  expect(values(decoded)).toEqual([["soil.moisture", 31]]);
  expect(refused(decoded)).toEqual([["wrong-shape", "soil.moisture"]]);
  expect(decoded.rejections[0]?.detail).toMatch(/^\[0\]\.values\["soil\.moisture"\] stands twice/);
});

test("values that stand twice are noticed, unread members that do are not", () => {
  const decoded = decode('{"values":{"soil.moisture":30},"rssi":1,"rssi":2,"values":{"soil.moisture":31}}');
  expect(values(decoded)).toEqual([["soil.moisture", 31]]);
  expect(refused(decoded)).toEqual([["wrong-shape", null]]);
});

test("details are printable, well-formed and short, whatever the device sent", () => {
  const evil = `\u0000\u001b[2J\n\u202e\ud800${"x".repeat(5000)}`;
  const bodies = [
    { values: { [evil]: 1 } },
    { ts: evil, values: { a: 1 } },
    { values: evil },
    { values: { "soil.moisture": evil } },
  ];
  for (const body of bodies) {
    for (const { detail, quantity } of decode(body).rejections) {
      expect(detail.length).toBeLessThanOrEqual(300);
      for (const text of [detail, quantity ?? ""]) {
        expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
        expect(text.isWellFormed()).toBe(true);
      }
    }
  }
});

test("of an uplink full of mistakes each is counted and the first two hundred are explained", () => {
  const { rejections } = decode({
    values: Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`q${i}`, i])),
  });
  expect(rejections).toHaveLength(5000);
  expect(rejections[199]?.detail).toMatch(/^values\.q199/);
  expect(rejections[200]).toMatchObject({
    reason: "unknown-quantity",
    quantity: "q200",
    detail: expect.stringMatching(/raw bytes tell/),
  });
});

test.each(["status", "command/ack", "config/reported"])(
  "%s carries no readings but has to be JSON",
  (channel) => {
    const topic = `canhdong/v1/node-1/${channel}`;
    const sound = decode({ online: false }, { topic });
    expect([sound.readings, sound.rejections]).toEqual([[], []]);
    expect(refused(decode("{online", { topic }))).toEqual([["not-json", null]]);
  },
);

test("an uplink object is decoded once, however many follow", () => {
  const decoder = createDecoder({ device });
  const one = uplink({ values: { "soil.moisture": 31 } });
  const first = decoder.decode(one);
  expect(decoder.decode(one)).toBe(first);
  expect(decoder.decode({ ...one })).not.toBe(first);
});

test("large uplinks are not held on to for long", () => {
  const decoder = createDecoder({ device });
  const first = uplink({ values: { "soil.moisture": 31 } });
  const decoded = decoder.decode(first);
  const large = { note: "x".repeat(250_000), values: { "soil.moisture": 31 } };
  for (let position = 1; position < 30; position++) decoder.decode(uplink(large, { position }));
  expect(decoder.decode(first)).toBe(decoded);
  for (let position = 30; position < 40; position++) decoder.decode(uplink(large, { position }));
  expect(decoder.decode(first)).not.toBe(decoded);
});

test("what everybody has had is forgotten, and nothing after it", () => {
  const decoder = createDecoder({ device });
  const uplinks = [0, 1, 2, 3].map((position) => uplink({ values: { "soil.moisture": 31 } }, { position }));
  const decoded = uplinks.map((one) => decoder.decode(one));
  decoder.forget(2);
  expect(uplinks.map((one, at) => decoder.decode(one) === decoded[at])).toEqual([false, false, true, true]);
});

test("decoding afresh sees a device that was registered since", () => {
  const known = new Map<string, { intervalMs: number | null }>();
  const decoder = createDecoder({ device: (id) => known.get(id) });
  const one = uplink({ values: { "soil.moisture": 31 } });
  expect(refused(decoder.decode(one))).toEqual([["unknown-device", null]]);
  known.set("node-1", { intervalMs: null });
  expect(values(decoder.decodeAfresh(one))).toEqual([["soil.moisture", 31]]);
});

test("limits can be set tighter", () => {
  const decoder = createDecoder({ device, limits: { mostBytes: 10 } });
  expect(refused(decoder.decode(uplink({ values: { "soil.moisture": 31 } })))).toEqual([["too-large", null]]);
});

test("a dialect that throws costs its own uplink only, and what it had read is not half-stored", () => {
  const failing: Dialect = {
    name: "brittle",
    version: 3,
    reads: (topic) => topic === "brittle",
    decode(_, harvest) {
      harvest.take(0, "soil.moisture", 31, receivedAtMs, () => "here");
      throw new TypeError("undefined is not a function");
    },
  };
  const decoded = createDecoder({ device, dialects: [failing] }).decode(uplink({}, { topic: "brittle" }));
  expect(decoded.readings).toEqual([]);
  expect(decoded.rejections).toEqual([
    {
      reason: "decoder-failed",
      detail: "brittle failed: undefined is not a function",
      quantity: null,
      measuredAtMs: null,
    },
  ]);
  expect(decoded.decoder).toBe("brittle/3");
});
