import { afterAll, beforeAll, expect, test } from "vitest";
import { addDevice, connectNode, type FieldNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/** Rubbish of every kind is acknowledged (or the node would send it for ever), kept with its reason, and harms nobody. */

const installation = createTestInstallation();
let server: TestServer;
let broken: FieldNode;
let neighbour: FieldNode;

beforeAll(async () => {
  server = await installation.start();
  broken = await connectNode(server, "broken", await addDevice(server, { id: "broken", intervalMs: 60_000 }));
  neighbour = await connectNode(server, "good", await addDevice(server, { id: "good", intervalMs: 60_000 }));
});
afterAll(() => installation.remove());

const startedMs = Date.now();
const year = (year: number) => Date.UTC(year, 1, 7, 6, 28);
const reading = (ts: unknown) => JSON.stringify({ ts, values: { "soil.moisture": 31 } });

/** Each kind of rubbish, and the reason under which it is kept. */
const rubbish: readonly (readonly [kind: string, payload: (n: number) => string | Buffer, reason: string])[] =
  [
    ["unparseable", (n) => `{"values": {"soil.moisture": 3${n}`, "not-json"],
    ["empty", () => "", "empty"],
    ["of another shape", (n) => JSON.stringify({ soil: n }), "wrong-shape"],
    ["not UTF-8", (n) => Buffer.from([0x7b, 0xff, 0xfe, n & 0xff, 0x7d]), "not-utf8"],
    ["NaN", () => `{"values":{"soil.moisture":NaN}}`, "not-json"],
    ["deep", () => "[".repeat(20_000), "too-deep"],
    ["huge", (n) => reading(n).padEnd(300 * 1024, " "), "too-large"],
    ["from 1970", (n) => reading(1_000 + n), "clock-implausible"],
    ["from 2036", (n) => reading(year(2036) + n), "clock-implausible"],
    [
      "a sentinel",
      (n) => JSON.stringify({ ts: startedMs - n, values: { "soil.temperature": 327.67 } }),
      "sentinel",
    ],
    [
      "impossible",
      (n) => JSON.stringify({ ts: startedMs - n, values: { "air.relativeHumidity": 400 } }),
      "implausible",
    ],
    [
      "words",
      (n) => JSON.stringify({ ts: startedMs - n, values: { "soil.moisture": "wet" } }),
      "not-a-number",
    ],
    [
      "unheard of",
      (n) => JSON.stringify({ ts: startedMs - n, values: { "soil.mood": 7 } }),
      "unknown-quantity",
    ],
  ];
const ofEachKind = 80;

test("a thousand pieces of rubbish are acknowledged and kept with their reasons, beside good readings that all arrive", async () => {
  const goodAtMs = Date.now() - 40_000;
  const good = rubbish.flatMap(([, payload], kind) =>
    Array.from({ length: ofEachKind }, async (_, n) => {
      await broken.send(payload(n));
      await neighbour.send({
        ts: goodAtMs + kind * ofEachKind + n,
        values: { "soil.moisture": 20 + n / 10 },
      });
    }),
  );
  await Promise.all(good);
  await settled(server);

  const expected: Record<string, number> = {};
  for (const [, , reason] of rubbish) expected[reason] = (expected[reason] ?? 0) + ofEachKind;
  const kept = await server.api<{ total: number; byReason: Record<string, number> }>(
    "/quarantine?device=broken",
  );
  expect(kept.byReason).toEqual(expected);

  const span = `fromMs=${goodAtMs}&toMs=${goodAtMs + 60_000}`;
  const { readings } = await server.api<{ readings: unknown[] }>(`/devices/good/readings?${span}&limit=5000`);
  expect(readings).toHaveLength(rubbish.length * ofEachKind);
});

const reasons = [...new Set(rubbish.map(([, , reason]) => reason))];

test.each(reasons)(
  "what is kept as %s is listed, and its raw bytes are there byte for byte",
  async (reason) => {
    const { entries } = await server.api<{ entries: { position: number }[] }>(
      `/quarantine?device=broken&reason=${reason}&limit=1000`,
    );
    const sent = rubbish
      .filter(([, , its]) => its === reason)
      .flatMap(([, payload]) => Array.from({ length: ofEachKind }, (_, n) => bytes(payload(n))));
    expect(entries).toHaveLength(sent.length);
    // Not of each: the server answers twenty requests a second and no more.
    const kept = await Promise.all(entries.slice(0, 20).map(({ position }) => rawBytes(position)));
    expect(sent).toEqual(expect.arrayContaining(kept));
  },
);

const bytes = (payload: string | Buffer) => Buffer.from(payload).toString("latin1");

async function rawBytes(position: number): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/quarantine/${position}/payload`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  return bytes(Buffer.from(await answer.arrayBuffer()));
}
