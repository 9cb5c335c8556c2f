import { afterEach, beforeEach, expect, test } from "vitest";
import type { LinkReport } from "../../../ingest/decode/link-report.ts";
import type { DeviceLinkInfo, GatewayInfo } from "../link-shapes.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
let position = 0;
beforeEach(async () => {
  farm = await openFarmServer();
});
afterEach(() => farm.close());

/** A gateway passes on a frame of a device, now. */
async function pass(device: string, gateway: string, frameCounter: number, rssi = -90): Promise<void> {
  const atMs = farm.time.nowMs;
  const radio = { snr: 4, spreadingFactor: 9, frequencyHz: 921_400_000, batteryPercent: null };
  const report: LinkReport = { device, gateway, frameCounter, rssi, atMs, ...radio };
  const uplink = {
    position: position++,
    device: "intake:net",
    topic: "up",
    payload: new Uint8Array(),
    receivedAtMs: atMs,
  };
  await farm.links.keep(
    [{ uplink, readings: [], rejections: [], decoder: "test/1", links: [report] }],
    position,
  );
}

const gateways = async (person: string) =>
  ((await (await farm.ask(person, "/gateways")).json()) as { gateways: GatewayInfo[] }).gateways;
const link = async (person: string, device: string) =>
  (await (await farm.ask(person, `/devices/${device}/link`)).json()) as DeviceLinkInfo;

test("gateways are listed with what they hear, those that nobody has added as well", async () => {
  farm.registry.addGateway({ id: "gw-hall", label: "Nhà văn hóa", latitude: 12.7, longitude: 108 }, 1);
  farm.registry.addGateway({ id: "gw-mute", label: "Trạm bơm" }, 1);
  await pass("soil-1", "gw-hall", 1);
  farm.time.nowMs += 60_000;
  await pass("soil-1", "gw-hall", 2);
  await pass("pond-1", "gw-neighbour", 7);
  const silent = { uplinks: 0, devices: 0 };
  const nowhere = { latitude: null, longitude: null };
  expect(await gateways("minh")).toEqual([
    {
      id: "gw-hall",
      label: "Nhà văn hóa",
      registered: true,
      latitude: 12.7,
      longitude: 108,
      lastHeardAtMs: farm.time.nowMs,
      lastDay: { uplinks: 2, devices: 1 },
    },
    { id: "gw-mute", label: "Trạm bơm", registered: true, ...nowhere, lastHeardAtMs: null, lastDay: silent },
    {
      id: "gw-neighbour",
      label: "gw-neighbour",
      registered: false,
      ...nowhere,
      lastHeardAtMs: farm.time.nowMs,
      lastDay: { uplinks: 1, devices: 1 },
    },
  ]);
});

test("how a device is heard is told to whoever may see the device, and to nobody else", async () => {
  await pass("soil-1", "gw-hall", 10);
  await pass("soil-1", "gw-hall", 13, -117);
  expect(await link("hoa", "soil-1")).toMatchObject({
    gateway: "gw-hall",
    rssi: -117,
    spreadingFactor: 9,
    lastDay: { received: 2, lost: 2, duplicates: 0, resets: 0 },
    gateways: [{ gateway: "gw-hall", rssi: -117 }],
  });
  expect((await farm.ask("binh", "/devices/soil-1/link")).status).toBe(404);
  expect((await farm.ask("hoa", "/gateways")).status).toBe(403);
  expect((await farm.ask(null, "/gateways")).status).toBe(401);
});

test("a device that no gateway has told of has a link without anything in it", async () => {
  expect(await link("lan", "spare-1")).toMatchObject({ lastHeardAtMs: null, gateway: null, gateways: [] });
});

test("what gateways heard of a device on another's land is not told to who has it now", async () => {
  await pass("spare-1", "gw-hall", 1);
  farm.time.nowMs += 3_600_000;
  farm.registry.moveDevice("spare-1", "parcel-hoa", farm.time.nowMs);
  expect(await link("hoa", "spare-1")).toMatchObject({ lastHeardAtMs: null, gateway: null });
  await pass("spare-1", "gw-hall", 2);
  expect(await link("hoa", "spare-1")).toMatchObject({ lastHeardAtMs: farm.time.nowMs, gateway: "gw-hall" });
});
