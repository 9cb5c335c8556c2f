import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { Decoded } from "../decode/decoded.ts";
import type { LinkReport } from "../decode/link-report.ts";
import { type Links, openLinks } from "./open-links.ts";

const minute = 60_000;
const hour = 60 * minute;
const noon = Date.UTC(2026, 10, 22, 5);

let file: string;
let links: Links;
let position: number;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-links-"));
  file = join(folder, "links.db");
  position = 0;
  open();
  onTestFinished(() => {
    links.close();
    rmSync(folder, { recursive: true });
  });
});

function open(): void {
  links = openLinks(file);
}

type Heard = Partial<LinkReport> & { readonly rssi?: number | null };

/** One uplink that arrived at `atMs`, with what each gateway says of it. */
function uplink(atMs: number, ...heard: Heard[]): Decoded {
  const unsaid = {
    snr: null,
    spreadingFactor: null,
    frequencyHz: null,
    batteryPercent: null,
    frameCounter: null,
  };
  return {
    uplink: {
      position: position++,
      device: "intake:net",
      topic: "application/1/device/a/event/up",
      payload: Buffer.from("{}"),
      receivedAtMs: atMs,
    },
    readings: [],
    rejections: [],
    decoder: "test/1",
    links: heard.map((one) => ({ device: "soil-1", gateway: "gw-1", rssi: -100, atMs, ...unsaid, ...one })),
  };
}

const keep = (...batch: Decoded[]) => links.keep(batch, position);

test("the newest frame tells how a device is heard, by the gateway that heard it best", async () => {
  await keep(
    uplink(noon, { frameCounter: 41, rssi: -90, snr: 9 }),
    uplink(
      noon + 10 * minute,
      {
        frameCounter: 42,
        gateway: "gw-1",
        rssi: -118,
        snr: -7.5,
        spreadingFactor: 12,
        frequencyHz: 921_400_000,
      },
      { frameCounter: 42, gateway: "gw-2", rssi: -97, snr: 4, spreadingFactor: 12, frequencyHz: 921_400_000 },
    ),
  );
  expect(links.device("soil-1", noon + 11 * minute)).toEqual({
    device: "soil-1",
    lastHeardAtMs: noon + 10 * minute,
    gateway: "gw-2",
    rssi: -97,
    snr: 4,
    spreadingFactor: 12,
    frequencyHz: 921_400_000,
    frameCounter: 42,
    batteryPercent: null,
    batteryAtMs: null,
    lastDay: { received: 2, lost: 0, duplicates: 0, resets: 0 },
    gateways: [
      { gateway: "gw-2", lastHeardAtMs: noon + 10 * minute, rssi: -97, snr: 4 },
      { gateway: "gw-1", lastHeardAtMs: noon + 10 * minute, rssi: -118, snr: -7.5 },
    ],
  });
  expect(links.gatewayOf("soil-1")).toBe("gw-2");
  expect([links.device("soil-2", noon), links.gatewayOf("soil-2")]).toEqual([undefined, null]);
});

test("a frame that comes late is counted and never passes for the newest", async () => {
  await keep(uplink(noon, { frameCounter: 5 }), uplink(noon + 20 * minute, { frameCounter: 7, rssi: -80 }));
  expect(links.device("soil-1", noon + hour)?.lastDay).toMatchObject({ received: 2, lost: 1 });
  const late = uplink(noon + 30 * minute, { frameCounter: 6, rssi: -120, atMs: noon + 10 * minute });
  await keep(late);
  expect(links.device("soil-1", noon + hour)).toMatchObject({
    lastHeardAtMs: noon + 20 * minute,
    rssi: -80,
    frameCounter: 7,
    lastDay: { received: 3, lost: 0 },
  });
});

test("lost frames are those of the last day, over a restart and a device that joins anew", async () => {
  await keep(uplink(noon - 30 * hour, { frameCounter: 1 }), uplink(noon - 29 * hour, { frameCounter: 50 }));
  await keep(uplink(noon - 2 * hour, { frameCounter: 51 }), uplink(noon - hour, { frameCounter: 54 }));
  links.close();
  open();
  expect(links.cursor()).toBe(position);
  await keep(uplink(noon - 10 * minute, { frameCounter: 0 }), uplink(noon - minute, { frameCounter: 2 }));
  expect(links.device("soil-1", noon)?.lastDay).toEqual({ received: 4, lost: 3, duplicates: 0, resets: 1 });
});

test("a frame that the network sends again is counted once, for the device and for its gateway", async () => {
  await keep(uplink(noon, { frameCounter: 9 }), uplink(noon + minute, { frameCounter: 9 }));
  expect(links.device("soil-1", noon + hour)?.lastDay).toMatchObject({ received: 1, duplicates: 1 });
  expect(links.gateway("gw-1", noon + hour)?.lastDay).toEqual({ uplinks: 1, devices: 1 });
});

test("a gateway tells when it last heard anything, and how much and how many within the last day", async () => {
  await keep(
    uplink(noon - 40 * hour, { device: "pond-1", gateway: "gw-old", frameCounter: 1 }),
    uplink(noon - 40 * hour, { device: "pond-1", gateway: "gw-2", frameCounter: 2 }),
    uplink(noon - 2 * hour, { device: "pond-2", gateway: "gw-2", frameCounter: 1 }),
    uplink(
      noon - hour,
      { device: "soil-1", gateway: "gw-1", frameCounter: 1 },
      { device: "soil-1", gateway: "gw-2", frameCounter: 1 },
      // Its second antenna.
      { device: "soil-1", gateway: "gw-2", frameCounter: 1, rssi: -104 },
    ),
  );
  expect(links.gateways(noon)).toEqual([
    { gateway: "gw-1", lastHeardAtMs: noon - hour, lastDay: { uplinks: 1, devices: 1 } },
    { gateway: "gw-2", lastHeardAtMs: noon - hour, lastDay: { uplinks: 2, devices: 2 } },
    { gateway: "gw-old", lastHeardAtMs: noon - 40 * hour, lastDay: { uplinks: 0, devices: 0 } },
  ]);
  expect(links.gateway("gw-unknown", noon)).toBeUndefined();
});

test("what a device says of its battery is kept by itself", async () => {
  await keep(uplink(noon, { gateway: null, rssi: null, batteryPercent: 62 }));
  expect(links.device("soil-1", noon)).toMatchObject({
    lastHeardAtMs: null,
    gateway: null,
    batteryPercent: 62,
    batteryAtMs: noon,
    lastDay: { received: 0 },
  });
  await keep(uplink(noon + minute, { frameCounter: 3 }));
  expect(links.device("soil-1", noon)).toMatchObject({
    batteryPercent: 62,
    frameCounter: 3,
    lastHeardAtMs: noon + minute,
  });
});

test("the clock of a gateway that is ahead of ours, or of another year, is not believed", async () => {
  await keep(
    uplink(noon, { frameCounter: 1, atMs: noon + 3 * hour }),
    uplink(noon + minute, { frameCounter: 2, atMs: 0 }),
  );
  expect(links.device("soil-1", noon + hour)).toMatchObject({
    lastHeardAtMs: noon + minute,
    lastDay: { received: 2 },
  });
});

test("what is counted and the cursor change together, whenever somebody looks or the power fails", async () => {
  const batch = Array.from({ length: 300 }, (_, counter) =>
    uplink(noon + counter, { frameCounter: counter }),
  );
  const other = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => other.close());
  const seen = new Set<number>();
  const look = () => {
    const { cursor } = other.prepare("SELECT cursor FROM state").get() as { cursor: number };
    const { received } = other
      .prepare("SELECT coalesce(sum(received), 0) AS received FROM device_hours")
      .get() as {
      received: number;
    };
    expect(received).toBe(cursor);
    seen.add(cursor);
  };
  let isKept = false;
  const kept = links.keep(batch, position).then(() => {
    isKept = true;
  });
  while (!isKept) {
    look();
    await new Promise(setImmediate);
  }
  await kept;
  look();
  expect(seen.size).toBeGreaterThan(2);
  expect(seen).toContain(300);
});

test("uplinks that tell nothing of links move the cursor without writing each time, and closing saves it", async () => {
  await keep(...Array.from({ length: 20 }, () => uplink(noon)));
  expect(links.cursor()).toBe(20);
  links.close();
  open();
  expect(links.cursor()).toBe(20);
});

test("what no day has part in any more is forgotten, the newest values are not", async () => {
  await keep(uplink(noon - 3 * 24 * hour, { frameCounter: 1 }), uplink(noon - hour, { frameCounter: 4 }));
  links.trim(noon);
  expect(links.device("soil-1", noon)).toMatchObject({ frameCounter: 4, lastDay: { received: 1, lost: 2 } });
  links.trim(noon + 100 * 24 * hour);
  expect(links.gateways(noon + 100 * 24 * hour)).toEqual([]);
  expect(links.device("soil-1", noon + 100 * 24 * hour)).toMatchObject({
    lastHeardAtMs: noon - hour,
    lastDay: { received: 0, lost: 0 },
  });
});

/** One uplink that `publisher` handed over under a topic, of these devices. */
const handedOver = (publisher: string, topic: string, ...devices: string[]): Decoded => {
  const plain = uplink(noon);
  return { ...plain, uplink: { ...plain.uplink, device: publisher, topic }, devices };
};

test("the way back to a device is that by which it was last heard, also after a restart", async () => {
  const place = "application/17c82e96/device/24e124460c123456";
  await keep(handedOver("service:chirpstack", `${place}/event/up`, "van-1"));
  await keep(handedOver("service:chirpstack", `${place}/event/status`, "van-1"));
  const route = { publisher: "service:chirpstack", topic: `${place}/command/down` };
  expect(links.routeOf("van-1")).toEqual(route);
  links.close();
  open();
  expect(links.routeOf("van-1")).toEqual(route);
  await keep(handedOver("intake:ttn", "v3/htx@ttn/devices/van-1/up", "van-1"));
  expect(links.routeOf("van-1")).toEqual({
    publisher: "intake:ttn",
    topic: "v3/htx@ttn/devices/van-1/down/push",
  });
});

test("a device that is connected itself has no other way, from its first word on", async () => {
  await keep(handedOver("intake:ttn", "v3/htx@ttn/devices/van-1/up", "van-1"));
  const plain = uplink(noon);
  await keep({
    ...plain,
    uplink: { ...plain.uplink, device: "van-1", topic: "canhdong/v1/van-1/telemetry" },
  });
  expect(links.routeOf("van-1")).toBeNull();
  links.close();
  open();
  expect(links.routeOf("van-1")).toBeNull();
});

test("a gateway's pack of many devices tells no way to any of them", async () => {
  await keep(handedOver("intake:tb", "v1/gateway/telemetry", "con-1", "con-2"));
  expect([links.routeOf("con-1"), links.routeOf("never-heard")]).toEqual([null, null]);
});
