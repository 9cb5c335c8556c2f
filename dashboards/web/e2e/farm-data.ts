import type { z } from "zod";
import type {
  AlertInfo,
  DeviceSummary,
  Health,
  Me,
  Overview,
  PlaceSummary,
  QuantityInfo,
  QuarantineList,
  Series,
} from "../../../app/http/shapes.ts";

/** A small farm for the page to show: two parcels, two ponds, a shed; one of them in need, one silent. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const people: Readonly<Record<string, { readonly me: Me; readonly password: string }>> = {
  admin: {
    me: { id: "admin", name: "Quản trị", role: "admin", language: "vi", mustChangePassword: true },
    password: "one-time-password",
  },
  sep: {
    me: { id: "sep", name: "Lê Văn Sơn", role: "admin", language: "vi", mustChangePassword: false },
    password: "mat-khau-cua-son",
  },
  canbo: {
    me: { id: "canbo", name: "Nguyễn Thị Lan", role: "officer", language: "vi", mustChangePassword: false },
    password: "mat-khau-cua-lan",
  },
  nongdan: {
    me: { id: "nongdan", name: "Trần Văn Bảy", role: "farmer", language: "vi", mustChangePassword: false },
    password: "mat-khau-cua-bay",
  },
};

const quantity = (
  name: string,
  symbol: string,
  resolution: number,
  vi: string,
  en: string,
): QuantityInfo => ({
  name,
  unit: symbol,
  symbol,
  resolution,
  label: { vi, en },
});

export const quantities: readonly QuantityInfo[] = [
  quantity("soil.moisture", "%", 0.1, "Độ ẩm đất", "Soil moisture"),
  quantity("soil.temperature", "°C", 0.1, "Nhiệt độ đất", "Soil temperature"),
  quantity("soil.ec", "mS/cm", 0.01, "Độ dẫn điện của đất (EC)", "Soil conductivity"),
  quantity("air.temperature", "°C", 0.1, "Nhiệt độ không khí", "Air temperature"),
  quantity("air.relativeHumidity", "%", 1, "Độ ẩm không khí", "Relative humidity"),
  quantity("air.nh3", "ppm", 0.1, "Khí amoniac (NH₃)", "Ammonia in the air"),
  quantity("air.co2", "ppm", 1, "Khí CO₂", "Carbon dioxide"),
  quantity("water.dissolvedOxygen", "mg/L", 0.01, "Oxy hòa tan (DO)", "Dissolved oxygen"),
  quantity("water.temperature", "°C", 0.1, "Nhiệt độ nước", "Water temperature"),
  quantity("water.ph", "", 0.01, "Độ pH của nước", "Water pH"),
  quantity("power.batteryPercent", "%", 1, "Mức pin", "Battery level"),
];

export interface FarmData {
  readonly overview: Overview;
  readonly open: AlertInfo[];
  readonly resolved: AlertInfo[];
}

export function farmData(nowMs: number): FarmData {
  const device = (
    id: string,
    label: string,
    place: string | null,
    ageMs: number,
    values: Readonly<Record<string, number>>,
  ): DeviceSummary => ({
    id,
    label,
    model: "canhdong/soil-1",
    place,
    connected: ageMs < hourMs,
    available: ageMs < hourMs,
    lastSeenMs: nowMs - ageMs,
    intervalMs: 10 * minuteMs,
    latest: Object.entries(values).map(([name, value]) => ({
      quantity: name,
      value,
      measuredAtMs: nowMs - ageMs,
    })),
  });
  const place = (
    id: string,
    kind: PlaceSummary["kind"],
    name: string,
    commune: string,
    areaHa: number,
    devices: DeviceSummary[],
  ): PlaceSummary => ({ id, kind, name, commune, linkageModel: null, areaHa, devices, firing: 0 });

  const soil = {
    "soil.moisture": 31.2,
    "soil.temperature": 24.6,
    "soil.ec": 0.84,
    "power.batteryPercent": 82,
  };
  const places = [
    place("dong-nam", "parcel", "Ruộng lúa Đồng Nẫm", "Xã Cẩm Bình", 1.2, [
      device("soil-01", "Nút đất đầu bờ", "dong-nam", 2 * minuteMs, soil),
      device("soil-02", "Nút đất cuối bờ", "dong-nam", 6 * minuteMs, { ...soil, "soil.moisture": 34.9 }),
    ]),
    place("khe-may", "parcel", "Vườn cam Khe Mây", "Xã Hương Đô", 0.8, [
      device("soil-03", "Nút đất vườn cam", "khe-may", 26 * hourMs, { ...soil, "soil.moisture": 22.4 }),
    ]),
    place("ao-tom", "pond", "Ao tôm số 2", "Xã Thạch Khê", 0.35, [
      device("pond-01", "Phao đo ao tôm", "ao-tom", 1 * minuteMs, {
        "water.dissolvedOxygen": 2.41,
        "water.temperature": 28.7,
        "water.ph": 7.82,
        "power.batteryPercent": 64,
      }),
    ]),
    place("ao-ca", "pond", "Ao cá nhà ông Tư", "Xã Quảng Thọ", 0.2, [
      device("pond-02", "Phao đo ao cá", "ao-ca", 8 * minuteMs, {
        "water.dissolvedOxygen": 5.6,
        "water.temperature": 27.9,
        "water.ph": 7.31,
      }),
    ]),
    place("chuong-lon", "shed", "Chuồng lợn nái", "Phường Bắc Hồng Lĩnh", 0.1, [
      device("shed-01", "Nút chuồng dãy A", "chuong-lon", 3 * minuteMs, {
        "air.temperature": 29.4,
        "air.relativeHumidity": 78,
        "air.nh3": 12.5,
        "air.co2": 2342,
      }),
      device("shed-02", "Nút chuồng dãy B", "chuong-lon", 4 * minuteMs, { "air.co2": 10_344 }),
    ]),
  ];
  const unplaced = [device("soil-09", "Nút đất dự phòng", null, 12 * minuteMs, {})];
  return { overview: { places, unplaced, nowMs }, open: openAlerts(nowMs), resolved: [resolvedAlert(nowMs)] };
}

const base: AlertInfo = {
  id: "do-thap",
  rule: "oxy-thap",
  severity: "critical",
  state: "firing",
  device: "pond-01",
  place: "ao-tom",
  placeName: "Ao tôm số 2",
  quantity: "water.dissolvedOxygen",
  value: 2.41,
  limit: 3.5,
  title: { vi: "Oxy trong ao xuống quá thấp", en: "Oxygen in the pond is too low" },
  advice: {
    vi: "Bật hết quạt nước và sục khí ngay. Ngừng cho ăn. Đo lại sau 30 phút.",
    en: "Switch on all aerators now. Stop feeding. Measure again in 30 minutes.",
  },
  firedAtMs: 0,
  acknowledgedAtMs: null,
  acknowledgedBy: null,
  silentDevices: [],
  actByMs: null,
  snoozedUntilMs: null,
  resolvedAtMs: null,
};

function openAlerts(nowMs: number): AlertInfo[] {
  return [
    {
      ...base,
      id: "mat-tin-hieu",
      rule: "mat-tin-hieu",
      severity: "warning",
      device: "soil-03",
      place: "khe-may",
      placeName: "Vườn cam Khe Mây",
      quantity: null,
      value: null,
      limit: null,
      title: { vi: "Thiết bị mất tín hiệu", en: "Device silent" },
      advice: {
        vi: "Kiểm tra pin và ăng-ten của nút đất ở vườn cam.",
        en: "Check battery and antenna of the soil node in the orchard.",
      },
      firedAtMs: nowMs - 25 * hourMs,
    },
    { ...base, firedAtMs: nowMs - 14 * minuteMs },
  ];
}

function resolvedAlert(nowMs: number): AlertInfo {
  const firedAtMs = nowMs - 50 * hourMs;
  return {
    ...base,
    id: "do-thap-hom-kia",
    state: "resolved",
    firedAtMs,
    acknowledgedAtMs: firedAtMs + 5 * minuteMs,
    acknowledgedBy: "Nguyễn Thị Lan",
    resolvedAtMs: firedAtMs + 95 * minuteMs,
  };
}

/** Of an alert that got worse and was taken on. */
export function historyOf(nowMs: number) {
  const step = { who: null, severity: "warning", detail: null };
  return [
    { ...step, atMs: nowMs - 60 * minuteMs, what: "fired" },
    { ...step, atMs: nowMs - 30 * minuteMs, what: "worsened", severity: "critical" },
    {
      ...step,
      atMs: nowMs - 20 * minuteMs,
      what: "acknowledged",
      severity: "critical",
      who: "Nguyễn Thị Lan",
    },
  ];
}

export const gapHours = { fromHour: 9, toHour: 12 } as const;

/** A day as the quantity lives it; without readings between nine and twelve hours after the span begins. */
export function seriesOf(
  device: string,
  name: string,
  fromMs: number,
  toMs: number,
  buckets: number,
): Series {
  const bucketMs = (toMs - fromMs) / buckets;
  const middle = middleOf[name] ?? 20;
  const starts = Array.from({ length: buckets }, (_, at) => fromMs + at * bucketMs);
  return {
    device,
    quantity: name,
    fromMs,
    toMs,
    bucketMs,
    buckets: starts
      .filter((startMs) => startMs <= Date.now() && !isGap(startMs - fromMs))
      .map((startMs) => {
        const swing =
          Math.sin((startMs / (24 * hourMs)) * 2 * Math.PI) + 0.15 * Math.sin(startMs / (0.7 * hourMs));
        const mean = middle * (1 + 0.12 * swing);
        return { startMs, count: 3, mean, min: mean - middle * 0.02, max: mean + middle * 0.025 };
      }),
  };
}

function isGap(sinceMs: number): boolean {
  return sinceMs >= gapHours.fromHour * hourMs && sinceMs < gapHours.toHour * hourMs;
}

const middleOf: Readonly<Record<string, number>> = {
  "soil.moisture": 31,
  "water.dissolvedOxygen": 4.1,
  "water.ph": 7.6,
  "soil.ec": 0.8,
  "air.relativeHumidity": 78,
  "power.batteryPercent": 80,
};

export function quarantine(nowMs: number): z.infer<typeof QuarantineList> {
  return {
    total: 1284,
    byReason: { sentinel: 1190, "clock-implausible": 71, "not-json": 23 },
    entries: [
      {
        position: 88_213,
        reason: "sentinel",
        detail: "soil.temperature: −127 is what a probe says that is not connected; look at its cable",
        device: "soil-02",
        topic: "canhdong/v1/soil-02/telemetry",
        quantity: "soil.temperature",
        measuredAtMs: nowMs - 4 * minuteMs,
        receivedAtMs: nowMs - 4 * minuteMs,
        payload: '{"ts":1763712000000,"seq":41,"values":{"soil.temperature":-127,"soil.moisture":34.9}}',
        decoder: "native/1",
      },
      {
        position: 88_190,
        reason: "not-json",
        detail: "the payload breaks off at byte 18: a closing brace is missing",
        device: "shed-01",
        topic: "canhdong/v1/shed-01/telemetry",
        quantity: null,
        measuredAtMs: null,
        receivedAtMs: nowMs - 3 * hourMs,
        payload: '{"values":{"air.te',
        decoder: "native/1",
      },
    ],
  };
}

export function health(nowMs: number): Health {
  return {
    status: "degraded",
    startedAtMs: nowMs - 72 * hourMs,
    checks: [
      {
        ...{ name: "journal", status: "ok", message: "3 uplinks on their way to the disk" },
        label: { vi: "Nhật ký bản tin", en: "Journal" },
        says: { vi: "3 bản tin đang ghi xuống đĩa", en: "3 uplinks on their way to the disk" },
      },
      {
        ...{ name: "store", status: "degraded", message: "InfluxDB is away; 70 uplinks wait" },
        label: { vi: "Kho số liệu", en: "Store of readings" },
        says: { vi: "InfluxDB is away; 70 bản tin đang chờ", en: "InfluxDB is away; 70 uplinks wait" },
      },
    ],
  };
}
