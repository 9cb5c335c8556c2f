import { afterAll, beforeAll, expect, test } from "vitest";
import type { Decoded } from "../../ingest/decode/decoded.ts";
import { type FarmServer, openFarmServer } from "./testing/farm-server.ts";

const hour = 3_600_000;

let farm: FarmServer;
beforeAll(async () => {
  farm = await openFarmServer();
  await farm.measure(
    { device: "soil-1", quantity: "soil.moisture", value: 20 },
    { device: "pond-1", quantity: "water.dissolvedOxygen", value: 2 },
    { device: "spare-1", quantity: "soil.moisture", value: 40 },
  );
  await farm.quarantine.keep(["soil-1", "pond-1", "ghost-1"].map(unreadable), 3);
});
afterAll(() => farm.close());

function unreadable(device: string, position: number): Decoded {
  const payload = Buffer.from(`raw bytes of ${device}`);
  const topic = `canhdong/v1/${device}/telemetry`;
  return {
    uplink: { device, topic, payload, receivedAtMs: farm.time.nowMs, position },
    readings: [],
    rejections: [{ reason: "not-json", detail: "no JSON", quantity: null, measuredAtMs: null }],
    decoder: "native/1",
  };
}

const span = () => `fromMs=${farm.time.nowMs - hour}&toMs=${farm.time.nowMs + hour}`;
const text = async (person: string, path: string) => (await farm.ask(person, path)).text();

/** Every GET route, but the endless one, asked for what belongs to this device. */
async function everyRead(of: {
  device: string;
  place: string;
  alert: string;
  position: number;
}): Promise<string[]> {
  const document = (await (await fetch(`${farm.url}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { parameters?: { name: string }[] }>>;
  };
  return Object.entries(document.paths).flatMap(([path, { get }]) => {
    if (get === undefined || path.endsWith("/live")) return [];
    const [, noun = ""] = /^\/api\/v1\/(devices|places|people|linkage\/snapshots)\//.exec(path) ?? [];
    const own = { devices: of.device, places: of.place, people: "binh" };
    const ids: Record<string, string> = { ...own, "linkage/snapshots": "1" };
    const id = ids[noun] ?? of.alert;
    const filled = path.replace("/api/v1", "").replace("{id}", id).replace("{position}", String(of.position));
    const names = get.parameters?.map(({ name }) => name) ?? [];
    const query = names.includes("fromMs") ? `${span()}&quantity=water.dissolvedOxygen` : "";
    const withDevice = names.includes("device") ? [`${filled}?${query}&device=${of.device}`] : [];
    return [`${filled}?${query}`, ...withDevice];
  });
}

const binhs = async () => ({
  device: "pond-1",
  place: "pond-binh",
  alert: farm.watch.alerts({ state: "open", device: "pond-1", limit: 1 })[0]!.id,
  position: 1,
});

test("a farmer finds nothing of another's, whatever they ask", async () => {
  const paths = await everyRead(await binhs());
  expect(paths.length).toBeGreaterThan(20);
  for (const path of paths) {
    const answer = await farm.ask("hoa", path);
    const body = await answer.text();
    const isAboutOne = /\/(pond-|[0-9a-f]{32})/.test(path) || path.includes("device=pond-1");
    if (isAboutOne && !path.startsWith("/alerts?"))
      expect([path, [403, 404].includes(answer.status)]).toEqual([path, true]);
    else expect([path, [200, 403].includes(answer.status)]).toEqual([path, true]);
    const told = body
      .replaceAll("device pond-1, or you may not", "")
      .replaceAll("place pond-binh, or you may not", "");
    for (const trace of ["pond-", "Bình", "Mỹ Phước"])
      expect([path, told]).toEqual([path, expect.not.stringContaining(trace)]);
  }
});

test("what may not be seen answers in the same words as what is not there", async () => {
  const words = async (path: string, id: string) => (await text("hoa", path)).replaceAll(id, "X");
  expect(await words("/devices/pond-1", "pond-1")).toBe(await words("/devices/none-1", "none-1"));
  expect(await words("/places/pond-binh", "pond-binh")).toBe(await words("/places/none", "none"));
  const { alert } = await binhs();
  expect(await words(`/alerts/${alert}`, alert)).toBe(await words("/alerts/none", "none"));
});

const forStaff =
  /^\/(linkage|quarantine|gateways|rules|alerts\/\w+\/deliveries|people\?|people\/\w+\/consents)/;
/** The farm has no linkage models: whoever may look finds none. */
const nobodys = /^\/linkage\/(models|snapshots)\/\w/;
const forAdministrators = /^\/people\/\w+\/file/;

test("the same reads find everything for whom it belongs to, and for who sees all", async () => {
  for (const person of ["binh", "trang", "lan"]) {
    for (const path of await everyRead(await binhs())) {
      const { status } = await farm.ask(person, path);
      const isForOthers =
        (person === "binh" && forStaff.test(path)) || (person !== "lan" && forAdministrators.test(path));
      const there = nobodys.test(path) ? 404 : 200;
      expect([person, path, status]).toEqual([person, path, isForOthers ? 403 : there]);
    }
  }
});

test("an officer of a commune sees its places and what is in quarantine from there", async () => {
  const overview = await (await farm.ask("minh", "/overview")).json();
  expect(overview).toMatchObject({
    places: [{ id: "parcel-hoa", commune: "Ea Tu", firing: 1, devices: [{ id: "soil-1" }] }],
    unplaced: [],
  });
  const quarantine = await (await farm.ask("minh", "/quarantine")).json();
  expect(quarantine).toMatchObject({
    total: 1,
    byReason: { "not-json": 1 },
    entries: [{ device: "soil-1" }],
  });
  expect((await farm.ask("minh", "/quarantine/0/payload")).status).toBe(200);
  expect((await farm.ask("minh", "/quarantine/1/payload")).status).toBe(404);
  expect((await farm.ask("minh", "/quarantine?device=pond-1")).status).toBe(404);
});

test("who sees all sees also unplaced and unknown devices", async () => {
  const overview = await (await farm.ask("trang", "/overview")).json();
  expect(overview).toMatchObject({ unplaced: [{ id: "spare-1" }] });
  const quarantine = await (await farm.ask("trang", "/quarantine")).json();
  expect(quarantine).toMatchObject({ total: 3 });
});

test("a farmer acknowledges their own alerts only", async () => {
  const [hoas, theirs] = [
    farm.watch.alerts({ state: "open", device: "soil-1", limit: 1 })[0]!.id,
    (await binhs()).alert,
  ];
  expect((await farm.send("hoa", "POST", `/alerts/${theirs}/acknowledge`)).status).toBe(404);
  const answer = await farm.send("hoa", "POST", `/alerts/${hoas}/acknowledge`);
  expect(await answer.json()).toMatchObject({ id: hoas, state: "acknowledged", acknowledgedBy: "Hoa" });
  expect(farm.watch.alert(theirs)).toMatchObject({ state: "firing" });
});

test("only an administrator changes anything", async () => {
  const writes: [string, string, unknown?][] = [
    ["POST", "/devices", { id: "new-1" }],
    ["PATCH", "/devices/soil-1", { label: "mine" }],
    ["DELETE", "/devices/soil-1"],
    ["POST", "/devices/soil-1/rotate", {}],
    ["POST", "/devices/soil-1/move", { place: null }],
    ["POST", "/devices/soil-1/commands", { name: "irrigate" }],
    ["PUT", "/devices/soil-1/config", { settings: {} }],
    ["POST", "/places", { id: "new", kind: "shed", name: "new" }],
    ["PATCH", "/places/parcel-hoa", { name: "mine" }],
    ["DELETE", "/places/parcel-hoa"],
    ["POST", "/redecode", { fromMs: 0, toMs: 1 }],
    ["POST", "/backup"],
  ];
  const revision = farm.registry.revision();
  for (const person of ["hoa", "minh", "trang"]) {
    for (const [method, path, body] of writes) {
      expect([person, path, (await farm.send(person, method, path, body)).status]).toEqual([
        person,
        path,
        403,
      ]);
    }
  }
  expect(farm.registry.revision()).toBe(revision);
  expect(farm.asked).toEqual([]);
});

test("of a device that came from another's land, only what it has measured since is told", async () => {
  const own = await openFarmServer();
  const cameMs = own.time.nowMs - hour;
  await own.measure(
    { device: "soil-1", quantity: "soil.moisture", value: 31, atMs: cameMs - 1 },
    { device: "soil-1", quantity: "soil.temperature", value: 24, atMs: cameMs - 1 },
    { device: "soil-1", quantity: "soil.moisture", value: 32, atMs: cameMs },
  );
  own.registry.moveDevice("soil-1", "pond-binh", cameMs);
  const query = `quantity=soil.moisture&fromMs=${cameMs - hour}&toMs=${own.time.nowMs}`;
  const json = async (person: string, path: string) => (await own.ask(person, path)).json();

  expect(await json("binh", `/devices/soil-1/readings?${query}`)).toMatchObject({
    fromMs: cameMs,
    readings: [{ value: 32 }],
  });
  expect(await json("binh", `/devices/soil-1/series?${query}`)).toMatchObject({
    fromMs: cameMs,
    buckets: [{ count: 1, mean: 32 }],
  });
  expect(await json("binh", "/devices/soil-1/latest")).toMatchObject({ latest: [{ value: 32 }] });
  expect(await json("binh", `/hourly-means?${query}`)).toMatchObject({ hours: [{ count: 1, mean: 32 }] });
  expect(await json("binh", `/completeness?${query}&device=soil-1`)).toMatchObject({
    devices: [{ fromMs: cameMs, readings: 1, minutesExpected: 60 }],
  });
  expect(await json("binh", "/devices/soil-1")).toMatchObject({
    placements: [{ place: "pond-binh", fromMs: cameMs }],
  });
  expect(await json("binh", `/export?${query}`)).toMatchObject({
    error: "invalid",
    details: [{ path: "query.fromMs", message: expect.stringContaining(String(cameMs)) }],
  });
  expect((await own.ask("hoa", `/devices/soil-1/readings?${query}`)).status).toBe(404);
  expect(await json("trang", `/devices/soil-1/readings?${query}`)).toMatchObject({
    readings: [{ value: 31 }, { value: 32 }],
  });
  await own.close();
});

test("a move that is planned takes place when its time has come", async () => {
  const own = await openFarmServer();
  own.registry.moveDevice("soil-1", "pond-binh", own.time.nowMs + hour, own.time.nowMs);
  const sees = async (person: string) => (await own.ask(person, "/devices/soil-1")).status;
  expect([await sees("hoa"), await sees("binh")]).toEqual([200, 404]);
  own.time.nowMs += hour;
  expect([await sees("hoa"), await sees("binh")]).toEqual([404, 200]);
  await own.close();
});

test("what a device measured is theirs as far back as it stood on their land without a break", async () => {
  const own = await openFarmServer();
  const { registry, time } = own;
  const at = (hoursAgo: number) => time.nowMs - hoursAgo * hour;
  registry.addPlace({ id: "shed-hoa", kind: "shed", name: "Chuồng nhà Hoa" }, at(20));
  registry.updatePerson("hoa", { places: ["parcel-hoa", "shed-hoa"] }, at(20));
  const since = async () => {
    const answer = await own.ask("hoa", `/devices/soil-1/readings?fromMs=0&toMs=${time.nowMs}`);
    const { fromMs } = (await answer.json()) as { fromMs?: number };
    return fromMs === undefined ? answer.status : (time.nowMs - fromMs) / hour;
  };
  expect(await since()).toBe(24);
  registry.moveDevice("soil-1", "shed-hoa", at(5));
  expect(await since()).toBe(24);
  registry.moveDevice("soil-1", "pond-binh", at(8));
  expect(await since()).toBe(5);
  registry.moveDevice("soil-1", null, at(3));
  expect(await since()).toBe(404);
  registry.moveDevice("soil-1", "parcel-hoa", at(2));
  expect(await since()).toBe(2);
  await own.close();
});
