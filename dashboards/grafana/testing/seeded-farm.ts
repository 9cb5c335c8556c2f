import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quantities, type Reading } from "../../../devices/index.ts";
import { openWatch, type Watch } from "../../../ingest/alerts/index.ts";
import { loadRules } from "../../../ingest/rules/index.ts";
import {
  type DeviceNow,
  type InfluxStateParts,
  openInfluxState,
  type Scoreboard,
} from "../../../ingest/stores/influxdb-state/index.ts";

/** Names as people and poets give them: quotes, slashes, brackets, a backslash, diacritics. */
const provinces = [
  { id: "92", name: "Thành phố Cần Thơ" },
  { id: "66", name: "Tỉnh Đắk Lắk" },
];
const communes = [
  { id: "31135", name: "Xã O'Môn (Đông)", province: provinces[0]! },
  { id: "31150", name: "Phong Điền/2 [cũ]", province: provinces[0]! },
  { id: "24175", name: 'Xã "Ea Kao" \\ 50%', province: provinces[1]! },
];
const linkageModels = [
  { id: "tom-92", name: "Tôm – lúa = một vụ, hai lợi" },
  { id: "ca-phe", name: "Cà phê $bền $vững ^*+?" },
];
const kinds = ["parcel", "pond", "shed"] as const;

/** In each commune one device at a parcel, one at a pond, one at a shed. The last one stands nowhere. */
export const farmDevices: readonly DeviceNow[] = [
  ...communes.flatMap((commune, at) =>
    kinds.map(
      (kind): DeviceNow => ({
        id: `node-${commune.id}.${kind}`,
        name: `Đầu dò "${kind}"/${at + 1}`,
        deviceModel: "native",
        place: { id: `${kind}-${at}`, name: `Nơi ${at}, ô '${kind}'`, kind },
        commune,
        province: commune.province,
        linkageModel: linkageModels[at % 2]!,
        available: kind !== "shed",
        frames: () => ({ received: 24, lost: at }),
      }),
    ),
  ),
  {
    id: "node-unplaced",
    name: "Chưa lắp",
    deviceModel: "native",
    place: null,
    commune: null,
    province: null,
    linkageModel: null,
    available: false,
    frames: () => null,
  },
];

const scoreboard: Scoreboard = {
  models: linkageModels.map((model, at) => ({
    model,
    province: provinces[at]!,
    byTelemetry: "yes",
    byAnyProof: "yes",
    devices: 4,
    countingDevices: 3,
    because: { vi: 'Được tính: "đủ" số liệu.', en: "Counts." },
  })),
  indicators: provinces.map((province) => ({
    plan: province.id,
    province,
    indicator: "zone-models-iot",
    name: { vi: "Mô hình có số liệu thiết bị", en: "Models proved by telemetry" },
    numerator: 1,
    denominator: 2,
    noData: 0,
    target: 50,
    met: "yes",
  })),
};

export const endMs = Date.UTC(2026, 10, 20, 17);
const hourMs = 3_600_000;
const everyMs = hourMs / 2;

/** A store of ours on the database, opened by whoever may know it. */
export interface FarmStore {
  rewrite(readings: readonly Reading[]): Promise<void>;
  maintain(nowMs: number): Promise<unknown>;
  close(): Promise<void>;
}

/** Where a device stands, as tags of its readings. */
export function whereaboutsIn(devices: readonly DeviceNow[]) {
  const byId = new Map(devices.map((device) => [device.id, device]));
  return (id: string) => {
    const device = byId.get(id);
    return {
      parcel: device?.place?.id ?? null,
      model: device?.deviceModel ?? null,
      commune: device?.commune?.id ?? null,
    };
  };
}

/**
 * Fills a database through our own store and our own writer of states: every quantity that is asked for, of every device, over three days;
 * alerts by the starter pack, of which one is over.
 */
export async function seedFarm({
  settings,
  store,
  asked,
}: {
  readonly settings: InfluxStateParts["settings"];
  readonly store: FarmStore;
  readonly asked: readonly string[];
}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-boards-"));
  const fromMs = endMs - 3 * 24 * hourMs;
  const clock = { nowMs: fromMs };
  const now = () => clock.nowMs;
  const watch = watchOver(join(folder, "watch.db"), now);
  const state = openInfluxState({
    settings,
    devices: () => farmDevices,
    alerts: watch,
    service: () => ({ waitingUplinks: 0, quarantined: 1 }),
    scoreboard: async () => scoreboard,
    log: { warn: complain },
    now,
  });
  for (; clock.nowMs < endMs; clock.nowMs += everyMs) {
    const batch = farmDevices.flatMap(({ id }) =>
      asked.map((quantity) => readingOf(id, quantity, clock.nowMs)),
    );
    await store.rewrite(batch);
    judge(watch, batch, clock.nowMs);
    if ((clock.nowMs - fromMs) % hourMs === 0) await state.pass(clock.nowMs);
  }
  await state.pass(endMs);
  // Sums up hours, some at a time.
  for (let time = 0; time < 2; time++) await store.maintain(endMs);
  await state.close();
  watch.close();
  await store.close();
  await rm(folder, { recursive: true });
}

/** A seed that is not taken whole would make panels look well that are not. */
function complain(details: object, message: string): never {
  throw new Error(`${message}: ${JSON.stringify(details)}`);
}

function watchOver(file: string, now: () => number): Watch {
  const devices = new Map(farmDevices.map((device) => [device.id, device]));
  return openWatch({
    file,
    rules: loadRules([{ from: "starter" }], ["log"]),
    where: (id) => ({
      place: devices.get(id)?.place?.id ?? null,
      placeKind: devices.get(id)?.place?.kind ?? null,
      linkageModel: devices.get(id)?.linkageModel?.id ?? null,
      model: "native",
    }),
    intervalOf: () => hourMs,
    names: {
      device: (id) => devices.get(id)?.name ?? id,
      place: (id) => id,
      gateway: (id) => id,
    },
    journalEnd: () => position,
    now,
    log: { info() {}, warn() {}, error() {} },
  });
}

let position = 0;

function judge(watch: Watch, batch: readonly Reading[], nowMs: number): void {
  for (const [device, readings] of Map.groupBy(batch, (reading) => reading.device)) {
    const uplink = { device, receivedAtMs: nowMs, topic: "t", payload: new Uint8Array(), position };
    position++;
    watch.handle([{ uplink, readings, rejections: [], decoder: "native/1" }], position);
  }
  watch.tick(nowMs);
}

/** Between a third and two thirds of what is plausible, in a daily wave; oxygen runs out in the last hours, and once before. */
function readingOf(device: string, quantity: string, atMs: number): Reading {
  const { min, max } = quantities.get(quantity)!.plausible;
  const wave = Math.sin((atMs / (24 * hourMs)) * 2 * Math.PI);
  const hoursLeft = (endMs - atMs) / hourMs;
  const isSuffocating = hoursLeft < 3 || (hoursLeft > 20 && hoursLeft < 24);
  const value =
    quantity === "water.dissolvedOxygen" ? (isSuffocating ? 1 : 7) : min + (max - min) * (0.5 + wave / 6);
  return { device, quantity, measuredAtMs: atMs, receivedAtMs: atMs, value, live: true };
}
