import { expect, test } from "vitest";
import type { Uplink } from "../../devices/index.ts";
import { createFarm, type Farm, uplinkLine } from "./create-farm.ts";
import type { Platform, Station } from "./platform.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const startMs = Date.UTC(2026, 4, 1);
const hue = { latitude: 16.58, longitude: 107.5 };

/** Keeps what arrives, in memory. */
function listPlatform() {
  const uplinks: Uplink[] = [];
  const enlisted: Station[] = [];
  const platform: Platform = {
    enlist: (stations) => void enlisted.push(...stations),
    async take(arrived) {
      uplinks.push(...arrived);
    },
  };
  return { platform, uplinks, enlisted };
}

function smallFarm(seed: number) {
  const { platform, uplinks, enlisted } = listPlatform();
  const acknowledged: string[] = [];
  const farm = createFarm({
    seed,
    startMs,
    platform,
    events: { acknowledged: (device, { payload }) => acknowledged.push(`${device} ${payload}`) },
  });
  const commune = farm.commune("Quảng Điền", hue).gateway("Nhà văn hóa thôn");
  commune
    .parcel("Thửa số 1")
    .watchedBy("node", { everyMs: 10 * minute })
    .watchedBy("lse01");
  commune.pond("Ao tôm số 2").watchedBy("node", { everyMs: 10 * minute });
  commune
    .shed("Chuồng gà")
    .watchedBy("node", { everyMs: 10 * minute })
    .watchedBy("gs301");
  return { farm, uplinks, enlisted, acknowledged };
}

const itemsOf = (uplinks: readonly Uplink[], device: string) =>
  uplinks
    .filter((uplink) => uplink.device === device && uplink.topic.endsWith("/telemetry"))
    .flatMap(({ payload }) => [JSON.parse(Buffer.from(payload).toString())].flat());

function expectBalanced(farm: Farm): void {
  const { measured, acknowledged, inFlight, buffered, dropped } = farm.account();
  expect(measured).toBe(acknowledged + inFlight + buffered + dropped);
}

test("the same seed sends the same bytes, however the run is cut; another seed does not", async () => {
  const lines = async (seed: number, stepMs: number) => {
    const { farm, uplinks } = smallFarm(seed);
    farm.suffers(
      { kind: "missed-puback", fromMs: startMs, toMs: startMs + 2 * day, share: 0.1 },
      { kind: "network-down", fromMs: startMs + 5 * hour, toMs: startMs + 9 * hour },
    );
    const endMs = startMs + 2 * day;
    for (let atMs = startMs; atMs < endMs; atMs += stepMs)
      await farm.runUntil(Math.min(endMs, atMs + stepMs));
    return uplinks.map(uplinkLine);
  };
  const first = await lines(1, 2 * day);
  expect(first.length).toBeGreaterThan(1_000);
  expect(await lines(1, 35 * minute + 1)).toEqual(first);
  expect(await lines(2, 2 * day)).not.toEqual(first);
});

test("what is put up in words is enlisted with place, model and EUI", async () => {
  const { farm, enlisted } = smallFarm(1);
  await farm.runUntil(startMs + hour);
  expect(enlisted.map(({ id, model, place }) => [id, model, place.name, place.commune])).toEqual([
    ["thua-so-1-1", "soil-node", "Thửa số 1", "Quảng Điền"],
    ["thua-so-1-2", "dragino-lse01", "Thửa số 1", "Quảng Điền"],
    ["ao-tom-so-2-1", "pond-node", "Ao tôm số 2", "Quảng Điền"],
    ["chuong-ga-1", "shed-node", "Chuồng gà", "Quảng Điền"],
    ["chuong-ga-2", "milesight-gs301", "Chuồng gà", "Quảng Điền"],
  ]);
  expect(enlisted.map(({ devEui }) => devEui === null)).toEqual([true, false, true, true, false]);
  expect(() => farm.commune("Phú Vang", hue)).toThrow("time has begun");
});

test("two days without network come as a backlog, whole and with their own times", async () => {
  const { farm, uplinks } = smallFarm(3);
  farm.suffers({
    kind: "network-down",
    commune: "Quảng Điền",
    fromMs: startMs + 6 * hour,
    toMs: startMs + 54 * hour,
  });
  await farm.runUntil(startMs + 60 * hour);
  expectBalanced(farm);
  expect(farm.account()).toMatchObject({ dropped: 0, buffered: 0 });
  const items = itemsOf(uplinks, "ao-tom-so-2-1");
  expect(items.map(({ seq }) => seq)).toEqual(items.map((_, i) => i));
  expect(items.length).toBe(360);
  const away = uplinks.filter(
    ({ receivedAtMs }) => receivedAtMs > startMs + 6 * hour + minute && receivedAtMs < startMs + 54 * hour,
  );
  expect(away).toEqual([]);
});

test("a missed acknowledgement brings the message again, and it is acknowledged once", async () => {
  const { farm, uplinks, acknowledged } = smallFarm(4);
  farm.suffers({ kind: "missed-puback", fromMs: startMs, toMs: startMs + day, share: 0.2 });
  await farm.runUntil(startMs + day + hour);
  expectBalanced(farm);
  const { resent, inFlight, buffered } = farm.account();
  expect(resent).toBeGreaterThan(30);
  expect([inFlight, buffered]).toEqual([0, 0]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  const sent = uplinks.filter(({ topic }) => topic.startsWith("canhdong/"));
  const distinct = new Set(sent.map(({ device, payload }) => `${device} ${Buffer.from(payload)}`));
  expect(sent.length).toBeGreaterThan(distinct.size + 30);
  expect(distinct).toEqual(new Set(acknowledged));
});

test("a half-open connection swallows messages for a minute at a time, and loses none", async () => {
  const { farm, uplinks } = smallFarm(5);
  farm.suffers({ kind: "half-open", fromMs: startMs + hour, toMs: startMs + 3 * hour });
  await farm.runUntil(startMs + 5 * hour);
  const during = uplinks.filter(
    ({ device, receivedAtMs }) =>
      !device.startsWith("intake") &&
      receivedAtMs > startMs + hour + 1_000 &&
      receivedAtMs < startMs + 3 * hour,
  );
  expect(during).toEqual([]);
  const items = itemsOf(uplinks, "thua-so-1-1");
  expect(new Set(items.map(({ seq }) => seq)).size).toBe(30);
  expect(farm.account()).toMatchObject({ inFlight: 0, buffered: 0 });
});

test("a shed without power measures nothing, starts anew and warms up; the parcel beside it goes on", async () => {
  const { farm, uplinks } = smallFarm(6);
  farm.suffers({
    kind: "power-cut",
    commune: "Quảng Điền",
    fromMs: startMs + 2 * hour,
    toMs: startMs + 4 * hour,
  });
  await farm.runUntil(startMs + 6 * hour);
  const shed = itemsOf(uplinks, "chuong-ga-1");
  expect(shed.filter(({ ts }) => ts > startMs + 2 * hour && ts < startMs + 4 * hour)).toEqual([]);
  const [first] = shed.filter(({ ts }) => ts >= startMs + 4 * hour);
  expect(first.seq).toBe(0);
  expect(first.values["air.nh3"]).toBeUndefined();
  expect(itemsOf(uplinks, "thua-so-1-1").length).toBe(36);
});

test("a clock that was reset says 1970 until the network has told the time", async () => {
  const { farm, uplinks } = smallFarm(7);
  farm.suffers(
    { kind: "network-down", device: "thua-so-1-1", fromMs: startMs + hour, toMs: startMs + 3 * hour },
    { kind: "clock-reset", device: "thua-so-1-1", atMs: startMs + 2 * hour },
  );
  await farm.runUntil(startMs + 5 * hour);
  const items = itemsOf(uplinks, "thua-so-1-1");
  const lost = items.filter(({ ts }) => ts < 2 * hour);
  expect(lost.length).toBe(6);
  expect(items.at(-1).ts).toBeGreaterThan(startMs + 4 * hour);
});

test("a node that restarts over the air counts from 0 again, and loses nothing that was on its way", async () => {
  const { farm, uplinks } = smallFarm(7);
  const device = "ao-tom-so-2-1";
  const atMs = startMs + 3 * hour;
  // Nothing is acknowledged when it starts anew: all of it is on its way, or waits.
  farm.suffers(
    { kind: "half-open", device, fromMs: startMs + 2 * hour, toMs: atMs + hour },
    { kind: "restart", device, atMs },
  );
  await farm.runUntil(startMs + 8 * hour);
  expectBalanced(farm);
  expect(farm.account()).toMatchObject({ dropped: 0, inFlight: 0, buffered: 0 });
  const items = itemsOf(uplinks, device);
  const byTime = new Map(items.map((item) => [item.ts, item.seq] as const));
  const seqs = [...byTime].toSorted(([one], [other]) => one - other).map(([, seq]) => seq);
  expect(seqs).toEqual([...Array(18).keys(), ...Array(30).keys()]);
});

test("a stolen node tells the truth of another place", async () => {
  const { farm, uplinks } = smallFarm(8);
  farm.commune("Phong Điền", { latitude: 16.7, longitude: 107.3 }).pond("Ao kẻ trộm", {});
  farm.suffers({ kind: "theft", device: "ao-tom-so-2-1", atMs: startMs + day, toPlace: "Ao kẻ trộm" });
  farm.observe("Ao kẻ trộm", "water.salinity", 10 * minute);
  farm.observe("Ao tôm số 2", "water.salinity", 10 * minute);
  await farm.runUntil(startMs + 2 * day);
  const last = itemsOf(uplinks, "ao-tom-so-2-1").at(-1).values["water.salinity"];
  const there = farm.truth("Ao kẻ trộm", "water.salinity").at(-1)!.value;
  const here = farm.truth("Ao tôm số 2", "water.salinity").at(-1)!.value;
  expect(Math.abs(there - here)).toBeGreaterThan(1);
  expect(Math.abs(last - there)).toBeLessThan(0.5);
});

test("a LoRaWAN frame that no gateway hears is lost, and the others come once or twice, the same", async () => {
  const { farm, uplinks } = smallFarm(9);
  farm.suffers({
    kind: "gateway-down",
    gateway: "Nhà văn hóa thôn",
    fromMs: startMs + day,
    toMs: startMs + 2 * day,
  });
  await farm.runUntil(startMs + 4 * day);
  const { frames, framesHeard } = farm.account();
  expect(frames).toBeGreaterThanOrEqual(4 * 72 * 2 - 2);
  expect(frames - framesHeard).toBeGreaterThanOrEqual(2 * 71);
  const events = uplinks
    .filter(({ topic }) => topic.startsWith("application/"))
    .map(({ payload }) => JSON.parse(Buffer.from(payload).toString()));
  const down = events.filter(({ time }) => {
    const atMs = Date.parse(time);
    return atMs > startMs + day + minute && atMs < startMs + 2 * day;
  });
  expect(down).toEqual([]);
  const distinct = new Set(events.map(({ deduplicationId }) => deduplicationId));
  expect(distinct.size).toBe(framesHeard);
  expect(events.length).toBeGreaterThan(distinct.size);
});

test("a trouble that names nobody who is there is refused, with those who are", async () => {
  const { farm } = smallFarm(10);
  farm.suffers({ kind: "gateway-down", gateway: "Trạm 9", fromMs: startMs, toMs: startMs + hour });
  await expect(farm.runUntil(startMs + hour)).rejects.toThrow(
    "there is no gateway called Trạm 9; there are Nhà văn hóa thôn",
  );
  const { farm: other } = smallFarm(10);
  expect(() => other.commune("A Lưới", hue).parcel("Rẫy").watchedBy("toaster")).toThrow(/right is node/);
});

test("a firmware gone wild floods for its hour; one with LoRaWAN is held back by the duty cycle", async () => {
  const { farm, uplinks, enlisted } = smallFarm(11);
  const hourOf = { fromMs: startMs + 2 * hour, toMs: startMs + 3 * hour };
  farm.suffers(
    { kind: "flood", device: "ao-tom-so-2-1", everyMs: 5_000, ...hourOf },
    { kind: "flood", device: "thua-so-1-2", everyMs: 1_000, ...hourOf },
  );
  await farm.runUntil(startMs + 4 * hour);
  const isWithin = ({ receivedAtMs }: Uplink) => receivedAtMs >= hourOf.fromMs && receivedAtMs < hourOf.toMs;
  const pond = uplinks.filter((uplink) => uplink.device === "ao-tom-so-2-1" && isWithin(uplink));
  expect(pond.length).toBeGreaterThan(700);
  expect(pond.length).toBeLessThanOrEqual(721);
  const { devEui } = enlisted.find(({ id }) => id === "thua-so-1-2")!;
  const lora = uplinks.filter((uplink) => uplink.topic.includes(devEui!) && isWithin(uplink));
  // 11 bytes take 62 ms at SF7 and more at others: one in a hundred of the time is 6.2 s and more.
  expect(lora.length).toBeGreaterThan(10);
  expect(lora.length).toBeLessThan(3_600 / 6.1);
});

test("a storm breaks all connections in one moment, and they come back spread over time", async () => {
  const { farm } = smallFarm(12);
  farm.suffers({ kind: "reconnect-storm", commune: "Quảng Điền", atMs: startMs + 2 * hour });
  await farm.runUntil(startMs + 2 * hour - minute);
  const before = farm.account().connects;
  await farm.runUntil(startMs + 3 * hour);
  expect(farm.account().connects - before).toBe(3);
  expect(farm.account()).toMatchObject({ inFlight: 0, buffered: 0 });
});

test("on a slow network each uplink takes its time, and none is lost", async () => {
  const { farm, uplinks } = smallFarm(13);
  farm.suffers({ kind: "slow-network", fromMs: startMs, toMs: startMs + 3 * hour, latencyMs: 8_000 });
  await farm.runUntil(startMs + 4 * hour);
  const slow = uplinks
    .filter(({ device, receivedAtMs }) => device === "thua-so-1-1" && receivedAtMs < startMs + 3 * hour)
    .map(({ payload, receivedAtMs }) => receivedAtMs - JSON.parse(Buffer.from(payload).toString()).ts);
  expect(slow.length).toBeGreaterThanOrEqual(17);
  for (const tookMs of slow) expect(tookMs).toBeGreaterThan(7_500);
  expect(new Set(itemsOf(uplinks, "thua-so-1-1").map(({ seq }) => seq)).size).toBe(24);
});

test("a flash that is too small for an outage gives up the oldest measurements, and says how many", async () => {
  const { platform, uplinks } = listPlatform();
  const farm = createFarm({ seed: 14, startMs, platform });
  farm
    .commune("Quảng Điền", hue)
    .parcel("Thửa số 1")
    .watchedBy("node", { id: "n-1", everyMs: 10 * minute, flashItems: 20 });
  farm.suffers({ kind: "network-down", device: "n-1", fromMs: startMs + hour, toMs: startMs + 11 * hour });
  await farm.runUntil(startMs + 12 * hour);
  expectBalanced(farm);
  const seqs = itemsOf(uplinks, "n-1").map(({ seq }) => seq);
  expect(farm.account().dropped).toBe((72 - seqs.length) * 6);
  expect(seqs.length).toBeLessThan(35);
  expect(seqs.at(-1)).toBe(71);
});

test("what somebody does at a place is felt there", async () => {
  const moistureAfter = async (isIrrigated: boolean) => {
    const { farm } = smallFarm(15);
    farm.observe("Thửa số 1", "soil.moisture", 10 * minute);
    if (isIrrigated) farm.at(startMs + hour, "Thửa số 1", (site) => site.put("irrigationMm", 40));
    await farm.runUntil(startMs + 12 * hour);
    return farm.truth("Thửa số 1", "soil.moisture").at(-1)!.value;
  };
  expect(await moistureAfter(true)).toBeGreaterThan((await moistureAfter(false)) + 1);
});
