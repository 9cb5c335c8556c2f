import { afterEach, beforeEach, expect, test } from "vitest";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
beforeEach(async () => {
  farm = await openFarmServer();
});
afterEach(() => farm.close());

const send = (method: string, path: string, body?: unknown) => farm.send("lan", method, path, body);
const json = async (method: string, path: string, body?: unknown) => (await send(method, path, body)).json();

test("a device is added with its place, and its secret is told once", async () => {
  const body = { id: "soil-2", label: "Nút mới", intervalMs: 600_000, place: "parcel-hoa" };
  const answer = await send("POST", "/devices", body);
  expect(answer.status).toBe(201);
  const { device, secret } = (await answer.json()) as { device: string; secret: string };
  expect(farm.registry.verifyDevice(device, secret, farm.time.nowMs)).toBe(true);
  expect(await json("GET", "/devices/soil-2")).toMatchObject({
    id: "soil-2",
    label: "Nút mới",
    place: "parcel-hoa",
    intervalMs: 600_000,
    placements: [{ place: "parcel-hoa", fromMs: farm.time.nowMs, toMs: null }],
  });
  for (const path of ["/devices", "/devices/soil-2", "/overview"]) {
    expect(await (await send("GET", path)).text()).not.toContain(secret);
  }
  expect(farm.registry.changes(0, 100).at(-1)).toMatchObject({ who: "lan", action: "moved", id: "soil-2" });
});

test("a device whose place is not there is not added at all", async () => {
  const answer = await send("POST", "/devices", { id: "soil-2", place: "nowhere" });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    error: "invalid",
    message: expect.stringContaining('place "nowhere"'),
  });
  expect(farm.registry.device("soil-2")).toBeUndefined();
});

test("an id that is taken, or is no id, is refused with what would be right", async () => {
  const taken = await send("POST", "/devices", { id: "soil-1" });
  expect([taken.status, await taken.json()]).toMatchObject([409, { error: "already-exists" }]);
  const wrong = await send("POST", "/devices", { id: "Ruộng 1" });
  expect([wrong.status, await wrong.json()]).toMatchObject([
    400,
    { message: expect.stringContaining("a-z 0-9") },
  ]);
});

test("only the fields that were sent are changed, and a misspelt one is refused", async () => {
  expect(await json("PATCH", "/devices/soil-1", { label: "Góc rẫy" })).toMatchObject({
    label: "Góc rẫy",
    intervalMs: 60_000,
  });
  const misspelt = await send("PATCH", "/devices/soil-1", { lable: "x" });
  expect([misspelt.status, await misspelt.json()]).toMatchObject([
    400,
    { message: expect.stringContaining("lable") },
  ]);
});

test("a LoRaWAN device is told apart by its DevEUI, however it was typed", async () => {
  expect(await json("PATCH", "/devices/soil-1", { devEui: "A8:40:41:FF:FF:12:34:56" })).toMatchObject({
    devEui: "a84041ffff123456",
  });
  const second = await send("POST", "/devices", { id: "soil-7", devEui: "a84041ffff123456" });
  expect([second.status, await second.json()]).toMatchObject([409, { error: "already-exists" }]);
});

test("a removed device is gone for everybody, and its secret with it", async () => {
  const { secret } = (await json("POST", "/devices/soil-1/rotate", {})) as { secret: string };
  expect((await send("DELETE", "/devices/soil-1")).status).toBe(204);
  expect((await send("GET", "/devices/soil-1")).status).toBe(404);
  expect(farm.registry.verifyDevice("soil-1", secret, farm.time.nowMs)).toBe(false);
});

test("after a rotation the old secret works as long as was asked for", async () => {
  const first = (await json("POST", "/devices/soil-1/rotate", {})) as { secret: string };
  const second = (await json("POST", "/devices/soil-1/rotate", { oldValidForMs: 1000 })) as {
    secret: string;
  };
  const isValid = ({ secret }: { secret: string }) =>
    farm.registry.verifyDevice("soil-1", secret, farm.time.nowMs);
  expect([isValid(first), isValid(second)]).toEqual([true, true]);
  farm.time.nowMs += 1001;
  expect([isValid(first), isValid(second)]).toEqual([false, true]);
});

test("a device that was moved last week stands there since last week", async () => {
  const fromMs = farm.time.nowMs - 3_600_000;
  expect(await json("POST", "/devices/soil-1/move", { place: "pond-binh", fromMs })).toMatchObject({
    place: "pond-binh",
    placements: [
      { place: "parcel-hoa", toMs: fromMs },
      { place: "pond-binh", fromMs, toMs: null },
    ],
  });
});

test("commands and settings go to the device with an id and a revision", async () => {
  const command = await send("POST", "/devices/soil-1/commands", { name: "irrigate", args: { minutes: 20 } });
  expect(command.status).toBe(202);
  const { id } = (await command.json()) as { id: string };
  const config = await send("PUT", "/devices/soil-1/config", { settings: { interval_s: 600 } });
  expect([config.status, await config.json()]).toEqual([202, { revision: 1 }]);
  expect(farm.asked).toEqual([
    { device: "soil-1", command: { id, name: "irrigate", args: { minutes: 20 } } },
    { device: "soil-1", settings: { interval_s: 600 } },
  ]);
  expect((await send("POST", "/devices/none-1/commands", { name: "irrigate" })).status).toBe(404);
});

test("a place is added, changed, and removed when nothing stands there any more", async () => {
  const added = await send("POST", "/places", {
    id: "shed-1",
    kind: "shed",
    name: "Chuồng gà",
    areaHa: 0.05,
  });
  expect([added.status, await added.json()]).toMatchObject([201, { id: "shed-1", communeName: null }]);
  expect(await json("PATCH", "/places/shed-1", { name: "Chuồng vịt" })).toMatchObject({
    name: "Chuồng vịt",
    areaHa: 0.05,
  });
  await json("POST", "/devices/spare-1/move", { place: "shed-1" });
  const refused = await send("DELETE", "/places/shed-1");
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { error: "in-use", message: expect.stringContaining("spare-1") },
  ]);
  farm.time.nowMs += 1000;
  await json("POST", "/devices/spare-1/move", { place: null });
  expect((await send("DELETE", "/places/shed-1")).status).toBe(204);
  expect((await send("GET", "/places/shed-1")).status).toBe(404);
});

test("a span is decoded again, and its account is told", async () => {
  expect(await json("POST", "/redecode", { fromMs: 5, toMs: 9 })).toMatchObject({ uplinks: 3, mended: 1 });
  expect(farm.asked).toEqual([{ redecode: { fromMs: 5, toMs: 9 } }]);
  const back = await send("POST", "/redecode", { fromMs: 9, toMs: 5 });
  expect(await back.json()).toMatchObject({ details: [{ path: "body.toMs" }] });
});

test("one backup runs at a time, and a failed one does not stand in the way of the next", async () => {
  let finish = (_error: Error | null) => {};
  const running = () =>
    new Promise<{ folder: string; bytes: number }>((resolve, reject) => {
      finish = (error) => (error === null ? resolve({ folder: "/backup", bytes: 1 }) : reject(error));
    });
  const unused = {
    redecode: running as never,
    sendCommand: async () => {},
    setConfig: async () => ({ revision: 1 }),
  };
  const own = await openFarmServer({ actions: { ...unused, backup: running } });
  const first = own.send("lan", "POST", "/backup");
  await expect.poll(async () => (await own.send("lan", "POST", "/backup")).status).toBe(409);
  finish(new Error("disk full"));
  expect((await first).status).toBe(500);
  expect(own.logged.join()).toContain("disk full");
  const second = own.send("lan", "POST", "/backup");
  await expect.poll(async () => (await own.send("lan", "POST", "/backup")).status).toBe(409);
  finish(null);
  expect(await (await second).json()).toEqual({ folder: "/backup", bytes: 1 });
  await own.close();
});

test("who changed what is logged, and the secret that it made is not", async () => {
  const { secret } = (await json("POST", "/devices/soil-1/rotate", {})) as { secret: string };
  const log = farm.logged.join("\n");
  expect(log).toContain("by: 'lan'");
  expect(log).toContain("/devices/:id/rotate");
  expect(log).not.toContain(secret);
});
