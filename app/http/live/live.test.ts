import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Alert } from "../http-parts.ts";
import { type EventStream, openEventStream } from "../testing/event-stream.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
const streams: EventStream[] = [];
beforeEach(async () => {
  farm = await openFarmServer();
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close();
  await farm.close();
});

/** Opens a stream and reads its greeting. */
async function watch(person: string, lastEventId?: string): Promise<EventStream> {
  const stream = await openEventStream(`${farm.url}/api/v1/live`, {
    cookie: farm.cookieOf(person),
    ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
  });
  streams.push(stream);
  if (lastEventId === undefined) await stream.untilId();
  return stream;
}

/** Half a second passes. */
function flush(): void {
  farm.time.nowMs += 500;
  farm.http.tick(farm.time.nowMs);
}

const moisture = (value: number, device = "soil-1") => ({ device, quantity: "soil.moisture", value });

test("readings are told by device, the newest of each quantity", async () => {
  const stream = await watch("hoa");
  farm.tell(moisture(31), moisture(32), { device: "soil-1", quantity: "soil.temperature", value: 24 });
  farm.tell(moisture(33));
  const atMs = farm.time.nowMs;
  flush();
  expect(await stream.untilId()).toEqual([
    {
      event: "readings",
      data: {
        type: "readings",
        device: "soil-1",
        lastSeenMs: atMs,
        latest: [
          { quantity: "soil.moisture", value: 33, measuredAtMs: atMs },
          { quantity: "soil.temperature", value: 24, measuredAtMs: atMs },
        ],
      },
    },
  ]);
});

test("a device is told at most twice a second, however often it speaks and the clock ticks", async () => {
  const stream = await watch("hoa");
  flush();
  for (let i = 1; i <= 50; i++) {
    farm.tell(moisture(i));
    farm.time.nowMs += 10;
    farm.http.tick(farm.time.nowMs);
  }
  const told = await stream.untilId();
  expect(told).toMatchObject([{ data: { latest: [{ value: 50 }] } }]);
});

test("history is not told", async () => {
  const stream = await watch("hoa");
  farm.tell({ ...moisture(1), live: false });
  farm.connect("soil-1", true);
  flush();
  expect(await stream.untilId()).toMatchObject([{ event: "device" }]);
});

test("an older reading that comes later does not replace the newer", async () => {
  const stream = await watch("hoa");
  farm.tell({ ...moisture(31), atMs: farm.time.nowMs }, { ...moisture(30), atMs: farm.time.nowMs - 1000 });
  flush();
  expect(await stream.untilId()).toMatchObject([{ data: { latest: [{ value: 31 }] } }]);
});

test("an alert is told at once, and its end too", async () => {
  const stream = await watch("hoa");
  await farm.measure(moisture(20));
  expect(await stream.next()).toMatchObject({
    event: "alert",
    data: { type: "alert", alert: { state: "firing", device: "soil-1", place: "parcel-hoa", value: 20 } },
  });
  farm.time.nowMs += 1000;
  await farm.measure(moisture(30));
  expect(await stream.next()).toMatchObject({ event: "alert", data: { alert: { state: "resolved" } } });
});

test("a connection that comes and goes is told as it is at the end", async () => {
  const stream = await watch("hoa");
  for (const isConnected of [true, false, true]) farm.connect("soil-1", isConnected);
  flush();
  expect(await stream.untilId()).toEqual([
    { event: "device", data: { type: "device", device: "soil-1", connected: true, available: false } },
  ]);
});

test("a device that falls silent is told without anybody having said a word", async () => {
  await farm.measure(moisture(40));
  flush();
  const stream = await watch("hoa");
  farm.time.nowMs += 4 * 60_000;
  farm.http.tick(farm.time.nowMs);
  expect(await stream.untilId()).toMatchObject([
    { event: "device", data: { device: "soil-1", available: false } },
  ]);
});

test("a farmer is told nothing of another's", async () => {
  const [hoa, binh, trang] = [await watch("hoa"), await watch("binh"), await watch("trang")];
  await farm.measure(moisture(20), { device: "pond-1", quantity: "water.dissolvedOxygen", value: 2 });
  farm.connect("pond-1", true);
  flush();
  const devicesTold = async (stream: EventStream) =>
    JSON.stringify(await stream.untilId())
      .match(/"device":"[\w-]+"/g)!
      .toSorted();
  expect(new Set(await devicesTold(hoa))).toEqual(new Set(['"device":"soil-1"']));
  expect(new Set(await devicesTold(binh))).toEqual(new Set(['"device":"pond-1"']));
  expect(new Set(await devicesTold(trang))).toEqual(new Set(['"device":"soil-1"', '"device":"pond-1"']));
});

test("of a device that has come from another's land, only what it has measured since is told", async () => {
  farm.tell(moisture(31), { device: "soil-1", quantity: "soil.temperature", value: 24 });
  farm.time.nowMs += 1000;
  farm.registry.moveDevice("soil-1", "pond-binh", farm.time.nowMs);
  const stream = await watch("binh");
  farm.tell(moisture(32));
  flush();
  expect(await stream.untilId()).toMatchObject([
    { data: { latest: [{ quantity: "soil.moisture", value: 32 }] } },
  ]);
});

test("a page that comes back is told what it missed, and nothing it knows", async () => {
  const before = await watch("trang");
  farm.tell(moisture(31));
  flush();
  await before.untilId();
  const id = before.lastEventId();
  before.close();

  await farm.measure({ device: "pond-1", quantity: "water.dissolvedOxygen", value: 2 });
  flush();
  flush();
  const after = await watch("trang", id);
  flush();
  expect(await after.untilId()).toMatchObject([
    { event: "alert", data: { alert: { device: "pond-1" } } },
    { event: "readings", data: { device: "pond-1", latest: [{ value: 2 }] } },
  ]);
  expect(after.lastEventId()).not.toBe(id);
});

test("a page that comes back from before the last start is told to fetch everything", async () => {
  for (const id of ["another-1", "nonsense", "another-1-2"]) {
    const strange = await watch("trang", id);
    expect(await strange.next()).toEqual({ event: "resync", data: { type: "resync" } });
  }
});

test("a quiet stream still says that it is there", async () => {
  const stream = await watch("hoa");
  farm.time.nowMs += 15_000;
  farm.http.tick(farm.time.nowMs);
  expect(await stream.untilId()).toEqual([]);
});

test("a stream ends when the session does", async () => {
  const stream = await watch("hoa");
  await farm.registry.setPassword("hoa", "một mật khẩu mới", farm.time.nowMs);
  flush();
  await expect(stream.next()).rejects.toThrow("the stream has ended");
});

test("a stream keeps the security headers, is never cached, and passes a proxy unheld", async () => {
  const { headers } = await watch("hoa");
  expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-accel-buffering")).toBe("no");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("one person has ten streams, not eleven; one that was closed makes room", async () => {
  for (let i = 0; i < 10; i++) await watch("hoa");
  const refused = await farm.ask("hoa", "/live");
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ error: "too-many-streams" });
  expect((await watch("binh")).status).toBe(200);
  streams.shift()!.close();
  await expect.poll(async () => (await watchStatus("hoa")).status).toBe(200);
});

async function watchStatus(person: string): Promise<EventStream> {
  const stream = await openEventStream(`${farm.url}/api/v1/live`, { cookie: farm.cookieOf(person) });
  streams.push(stream);
  return stream;
}

const cutSoFar = async () =>
  Number(
    /^canhdong_http_live_streams_cut_total (\d+)$/m.exec(
      await (await farm.ask("lan", "/metrics")).text(),
    )![1],
  );

/** A page that asks and then reads nothing. */
function openDeafStream(): Promise<{ ended: Promise<unknown> }> {
  const { hostname, port } = new URL(farm.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /api/v1/live HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${farm.cookieOf("lan")}\r\n\r\n`);
  return new Promise((resolve) => {
    socket.once("readable", () =>
      resolve({ ended: new Promise((end) => socket.once("error", end).once("close", end)) }),
    );
  });
}

test("a page that reads nothing is told less, then cut, and its neighbours do not notice", async () => {
  for (let i = 0; i < 100; i++) farm.registry.addDevice({ id: `many-${i}` }, farm.time.nowMs);
  await openDeafStream();
  const neighbour = await watch("trang");
  let told = 0;
  let flushes = 0;
  while ((await cutSoFar()) === 0) {
    expect(flushes++).toBeLessThan(5000);
    for (let i = 0; i < 100; i++) farm.tell(moisture(flushes % 100, `many-${i}`));
    flush();
    told += (await neighbour.untilId()).length;
    await setImmediate();
  }
  expect(told).toBe(flushes * 100);
});

test("a page that reads nothing is cut as soon as what it must be told has grown too much", async () => {
  const listeners = new Set<(alert: Alert) => void>();
  const silent = { ...farm.watch, alerts: () => [], alert: () => undefined, lastSeen: () => null };
  const onAlert = (listener: (alert: Alert) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  await farm.close();
  farm = await openFarmServer({ watch: { ...silent, onAlert } });
  await openDeafStream();
  const alert = longAlert();
  let told = 0;
  while ((await cutSoFar()) === 0) {
    expect(told++).toBeLessThan(5000);
    for (const listener of listeners) listener(alert);
  }
  // The system's own buffers take some megabytes first.
  expect(told * JSON.stringify(alert).length).toBeLessThan(64 * 1024 * 1024);
});

function longAlert(): Alert {
  const words = { vi: "Tưới nước. ".repeat(1000), en: "Irrigate. ".repeat(1000) };
  const times = {
    firedAtMs: farm.time.nowMs,
    acknowledgedAtMs: null,
    acknowledgedBy: null,
    silentDevices: [],
    actByMs: null,
    snoozedUntilMs: null,
    resolvedAtMs: null,
  };
  const where = { device: "soil-1", place: "parcel-hoa", placeName: "Rẫy" };
  const what = { quantity: "soil.moisture", value: 20, limit: 25, title: words, advice: words };
  return { id: "1", rule: "dry", severity: "warning", state: "firing", ...where, ...what, ...times };
}
