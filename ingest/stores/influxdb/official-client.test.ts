import { InfluxDB, Point } from "@influxdata/influxdb-client";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Quantity, quantities, type Reading } from "../../../devices/index.ts";
import { seededRandom } from "../../journal/testing/seeded-random.ts";
import { statePoint } from "../influxdb-state/state-line.ts";
import { createInfluxClient, type InfluxClient } from "./influx-client.ts";
import { columnOf, LineWriter, receivedField, tagText, type Whereabouts } from "./line-protocol.ts";
import { influxSettings } from "./settings.ts";
import { hasInfluxd, startInfluxd } from "./testing/influxd.ts";
import { hasVictoriaMetrics, startVictoriaMetrics } from "./testing/victoria-metrics.ts";
import { writePoints } from "./write-points.ts";

/**
 * Our lines beside those of InfluxData's own client for JavaScript, which says what the protocol means: line by line, and in what real servers
 * make of both. Its `QueryApi` speaks Flux alone, which no server here understands: only its writing is compared.
 */

interface Sample {
  readonly reading: Reading;
  readonly whereabouts: Whereabouts;
}

const awkward = [
  'thửa "ruộng dưới"',
  "a,b",
  "a b  c ",
  "a=b",
  "back\\slash",
  "ends\\",
  "two\nlines\r\n",
  "tab\t",
  "Đắk Lắk",
  "ruộng 🌾",
  "100%",
  "%20",
  "'",
  "",
  " ",
  "#no comment",
  "x".repeat(3_000),
  "đ".repeat(1_000),
] as const;
const numbers = [
  0,
  -0,
  1,
  -1,
  42,
  1e21,
  -1e21,
  123_456_789_012_345_680_000,
  1e-7,
  5e-324,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  Number.MAX_SAFE_INTEGER,
  0.1 + 0.2,
  -273.15,
] as const;

/** A thousand readings, each at a time of its own. */
function samples(seed: number): Sample[] {
  const random = seededRandom(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const quantity = [...quantities.values()] as Quantity[];
  const text = () => oneOf(awkward);
  return Array.from({ length: 1_000 }, (_, index) => {
    const measuredAtMs = 1_763_712_000_000 + index * 977;
    return {
      reading: {
        // No device is without a name.
        device: text() || "node-1",
        quantity: oneOf(quantity).name,
        measuredAtMs,
        receivedAtMs: measuredAtMs + Math.floor(random() * 1e6),
        value: random() < 0.5 ? oneOf(numbers) : (random() - 0.5) * 10 ** Math.floor(random() * 12),
        live: random() < 0.5,
      },
      whereabouts: { parcel: text(), model: random() < 0.2 ? null : text(), commune: text() },
    };
  });
}

/** The same by the official client. What the protocol cannot say (a backslash at an end, control characters) is encoded before, by us. */
function pointOf({ reading, whereabouts }: Sample): Point {
  const { measurement, field } = columnOf(reading.quantity);
  const point = new Point(measurement).floatField(field, reading.value);
  point
    .floatField("received", receivedField(reading.receivedAtMs, reading.live))
    .timestamp(`${reading.measuredAtMs}000000`);
  for (const [key, value] of Object.entries({ ...whereabouts, ...pick(reading) }))
    if (value !== null) point.tag(key, tagText(value));
  return point;
}

function pick({ device, quantity }: Reading) {
  return { device, quantity };
}

/** In nanoseconds and fields in order, as the official client writes; none of it has a meaning. */
function inItsManner(line: string): string {
  const [, head, fields, atMs] = /^(.*) (\S+) (\d+)$/s.exec(line)!;
  const inOrder = fields!.split(",").sort();
  return `${head} ${inOrder.join(",")} ${atMs}000000`;
}

test.each([1, 2, 3])("a thousand readings (seed %i) are the official client's lines", (seed) => {
  const lines = new LineWriter();
  for (const sample of samples(seed)) {
    const line = lines.lineOf(sample.reading, sample.whereabouts);
    expect(inItsManner(line)).toBe(pointOf(sample).toLineProtocol());
  }
});

test("states for boards are the official client's lines", () => {
  for (const value of awkward.filter((text) => text !== "")) {
    // A control character in a text becomes a space: people read it.
    const title = value.replace(/[\r\n\t]+/g, " ");
    const ours = statePoint({
      measurement: "devices",
      tags: { device: value, place: "a b" },
      fields: { available: 1, since: 1_763_712_000_000, title: value },
      atMs: 5,
    });
    const its = new Point("devices").tag("device", tagText(value)).tag("place", "a b");
    its.floatField("available", 1).floatField("since", 1_763_712_000_000).stringField("title", title);
    expect(ours.line).toBe(its.timestamp("5").toLineProtocol());
  }
});

describe.skipIf(!hasInfluxd)("on a real InfluxDB 1", { timeout: 120_000 }, () => {
  test("what the official client has written and what we have written is the same, to the last bit", async () => {
    const server = await startInfluxd();
    onTestFinished(() => server.remove());
    const [theirs, ours] = ["theirs", "ours"].map((database) => clientOn(server.url, database));
    for (const database of ["theirs", "ours"]) await server.administer(`CREATE DATABASE "${database}"`);
    const readings = samples(4);
    await writeOfficially(server.url, readings, "/write?db=theirs&precision=ns");
    await writeOurs(ours!, readings);
    const stored = await everythingOf(ours!);
    expect(stored.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(readings.length);
    expect(stored).toEqual(await everythingOf(theirs!));
  });

  test("what the official client has written is found by our questions under the names it has here", async () => {
    const server = await startInfluxd();
    onTestFinished(() => server.remove());
    await server.administer('CREATE DATABASE "theirs"');
    const [one] = samples(5);
    await writeOfficially(server.url, [one!], "/write?db=theirs&precision=ns");
    const { measurement, field } = columnOf(one!.reading.quantity);
    const found = await clientOn(server.url, "theirs").ask(`SELECT "${field}" FROM "${measurement}"`);
    expect(found.flatMap(({ rows }) => rows)).toEqual([[one!.reading.measuredAtMs, one!.reading.value]]);
  });
});

describe.skipIf(!hasVictoriaMetrics)("at a real /api/v2/write", { timeout: 120_000 }, () => {
  test("the official client's points and ours become the same", async () => {
    // A store of numbers in decimal digits: these come back as they were.
    const readings = samples(6).map(({ reading, whereabouts }, index) => ({
      reading: { ...reading, value: (index - 500) / 8 },
      whereabouts: { ...whereabouts, parcel: whereabouts.parcel?.slice(0, 100) ?? null },
    }));
    const short = readings.filter(({ reading }) => reading.device.length < 100);
    const [its, own] = await Promise.all(
      [
        (url: string) => writeOfficially(url, short),
        (url: string) => writeOurs(clientOn(url, "canhdong", "v2"), short),
      ].map(async (write) => {
        const server = await startVictoriaMetrics("right");
        onTestFinished(() => server.remove());
        await write(server.url);
        return (await server.points()).map((point) => JSON.stringify(point)).sort();
      }),
    );
    expect(own!.length).toBeGreaterThanOrEqual(2 * short.length);
    expect(own).toEqual(its);
  });
});

/** @param path in the place of its own `/api/v2/write`, which came with InfluxDB 1.8 */
async function writeOfficially(url: string, readings: readonly Sample[], path?: string): Promise<void> {
  const options = { batchSize: readings.length + 1, flushInterval: 0, maxRetries: 0 };
  const api = new InfluxDB({ url, token: "right" }).getWriteApi("so-nong-nghiep", "canhdong", "ns", options);
  if (path !== undefined) api.path = path;
  api.writePoints(readings.map(pointOf));
  await api.flush();
  await api.close();
}

async function writeOurs(client: InfluxClient, readings: readonly Sample[]): Promise<void> {
  const lines = new LineWriter();
  const points = readings.map(({ reading, whereabouts }) => ({ line: lines.lineOf(reading, whereabouts) }));
  expect(await writePoints(client, points)).toEqual([]);
}

function clientOn(url: string, database: string, api: "v1" | "v2" = "v1"): InfluxClient {
  const known = api === "v2" ? { organisation: "so-nong-nghiep", token: { plain: "right" } } : {};
  const settings = influxSettings.parse({ url, api, database, ...known });
  return createInfluxClient(settings, { now: () => 0 });
}

/** Every field of every series. */
async function everythingOf(client: InfluxClient) {
  const found = await client.ask("SELECT * FROM /.*/ GROUP BY *");
  return found.map(({ measurement, tags, columns, rows }) => ({ measurement, tags, columns, rows }));
}
