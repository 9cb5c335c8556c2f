/**
 * How long boards wait for their answers: `boards.ts NODES DAYS`. Fills a real InfluxDB 1 through our own store and our own writer of states,
 * an uplink an hour from each node, then asks every panel of every board about a season, everything chosen. Prints JSON.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { buildBoards } from "../dashboards/grafana/build-boards.ts";
import {
  type Ask,
  askAt,
  choose,
  panelsOf,
  quantitiesAsked,
  queryOf,
} from "../dashboards/grafana/testing/ask-board.ts";
import { quantities, type Reading } from "../devices/index.ts";
import type { Alert, AlertStep } from "../ingest/alerts/index.ts";
import { createInfluxClient } from "../ingest/stores/influxdb/influx-client.ts";
import { hourLine } from "../ingest/stores/influxdb/line-protocol.ts";
import { openInfluxStore } from "../ingest/stores/influxdb/open-influx-store.ts";
import { influxSettings } from "../ingest/stores/influxdb/settings.ts";
import { startInfluxd } from "../ingest/stores/influxdb/testing/influxd.ts";
import { type DeviceNow, openInfluxState, type Scoreboard } from "../ingest/stores/influxdb-state/index.ts";
import { usageOf } from "./platform/process-usage.ts";

/** A panel: how long its answer took, and the processor time that the database spent on it. */
interface Asked {
  readonly board: string;
  readonly panel: string;
  readonly ms: number;
  readonly cpuMs: number;
}

export interface BoardFigures {
  readonly readings: number;
  readonly slowest: Asked;
  /** The one that costs the database most. */
  readonly dearest: Asked;
  readonly medianMs: number;
  readonly slowestVariablesMs: number;
  readonly panels: number;
  /** Panels without an answer. */
  readonly empty: readonly string[];
}

const [nodes, days] = process.argv.slice(2).map(Number) as [number, number];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const seasonDays = 120;
const communes = 10;
const endMs = Date.UTC(2026, 10, 20);
const timesEach = 3;

const boards = buildBoards().map(({ board }) => board);
const kinds = ["parcel", "pond", "shed"] as const;
const asked = new Map(
  kinds.map((kind) => [
    kind,
    quantitiesAsked(boards.filter(({ uid }) => wornBy(kind).includes(uid!))).map(
      (name) => quantities.get(name)!,
    ),
  ]),
);

/** A node at a parcel is a weather station, too. */
function wornBy(kind: (typeof kinds)[number]): string[] {
  return [kind, "health", ...(kind === "parcel" ? ["weather"] : [])].map((name) => `canhdong-${name}`);
}

const fleet = Array.from(
  { length: nodes },
  (_, at): DeviceNow & { readonly kind: (typeof kinds)[number] } => {
    const commune = { id: String(31_000 + (at % communes)), name: `Xã ${at % communes}` };
    const kind = kinds[at % kinds.length]!;
    return {
      id: `node-${at}`,
      name: `Cọc đo ${at}`,
      deviceModel: "native",
      place: { id: `place-${at}`, name: `Thửa ${at}`, kind },
      commune,
      province: { id: "92", name: "Thành phố Cần Thơ" },
      linkageModel: { id: `model-${at % 20}`, name: `Mô hình ${at % 20}` },
      available: at % 9 > 0,
      frames: () => ({ received: 24, lost: at % 3 }),
      kind,
    };
  },
);

const because = { vi: "Được tính: thiết bị hoạt động đều.", en: "Counts: its devices are active." };
const scoreboard: Scoreboard = {
  models: fleet.slice(0, 20).map(({ linkageModel, province }) => ({
    model: linkageModel!,
    province,
    byTelemetry: "yes",
    byAnyProof: "yes",
    devices: 10,
    countingDevices: 9,
    because,
  })),
  indicators: ["zone-models-iot", "zone-models-digital"].map((indicator) => ({
    plan: "plan",
    province: fleet[0]!.province!,
    indicator,
    name: because,
    numerator: 20,
    denominator: 40,
    noData: 0,
    target: 50,
    met: "yes",
  })),
};
const clock = { nowMs: 0 };

const server = await startInfluxd();
const folder = await mkdtemp(join(tmpdir(), "canhdong-boards-"));
try {
  const figures = await measure();
  process.stdout.write(JSON.stringify(figures));
} finally {
  await server.remove();
  await rm(folder, { recursive: true });
}

async function measure(): Promise<BoardFigures> {
  await server.administer('CREATE DATABASE "farm"');
  const readings = await seed();
  const ask = askAt(server.url, "farm");
  const season = { fromMs: endMs - seasonDays * dayMs, toMs: endMs };
  const asks = [];
  const variables = [];
  for (const board of boards) {
    const startedMs = performance.now();
    const { chosen } = await choose(board, ask, season);
    variables.push(performance.now() - startedMs);
    for (const panel of panelsOf(board)) {
      const query = queryOf(panel, chosen, season);
      asks.push({ board: board.uid!, panel: panel.title!, ...(await timed(ask, query)) });
    }
  }
  const sorted = asks.toSorted((one, other) => other.ms - one.ms);
  return {
    readings,
    slowest: sorted[0]!,
    dearest: asks.toSorted((one, other) => other.cpuMs - one.cpuMs)[0]!,
    medianMs: sorted[sorted.length >> 1]!.ms,
    slowestVariablesMs: Math.max(...variables),
    panels: asks.length,
    empty: asks.filter(({ rows }) => rows === 0).map(({ board, panel }) => `${board}: ${panel}`),
  };
}

/** The medians of some runs, whole answers read. */
async function timed(ask: Ask, query: string) {
  const [took, spent]: [number[], number[]] = [[], []];
  let rows = 0;
  for (let time = 0; time < timesEach; time++) {
    const startedMs = performance.now();
    const before = usageOf(server.pid()).cpuSeconds;
    const found = await ask(query);
    took.push(performance.now() - startedMs);
    spent.push(Math.round((usageOf(server.pid()).cpuSeconds - before) * 1000));
    rows = found.reduce((sum, series) => sum + series.rows.length, 0);
  }
  return { ms: median(took), cpuMs: median(spent), rows };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1]!;
}

/** @returns how many readings were written */
async function seed(): Promise<number> {
  const settings = influxSettings.parse({ url: server.url, api: "v1", database: "farm", timeoutMs: 600_000 });
  const byId = new Map(fleet.map((device) => [device.id, device]));
  const log = { warn: fail };
  const store = await openInfluxStore({
    settings,
    bookFile: join(folder, "influx.db"),
    quantities,
    retentionDaysOf: () => null,
    whereabouts: (id) => {
      const { place, commune, deviceModel } = byId.get(id)!;
      return { parcel: place!.id, model: deviceModel, commune: commune!.id };
    },
    log,
    now: () => endMs,
  });
  const state = openInfluxState({
    settings,
    devices: () => fleet,
    alerts: {
      alerts: ({ state }) => (state === "open" ? alertsAt(clock.nowMs).filter(isOpen) : []),
      alert: (id) => alertsAt(clock.nowMs).find((alert) => alert.id === id),
      history: (id) => stepsOf(alertsAt(clock.nowMs).find((alert) => alert.id === id)!),
      onAlert: () => () => {},
    },
    service: () => ({ waitingUplinks: 0, quarantined: 0 }),
    scoreboard: async () => scoreboard,
    log,
    now: () => endMs,
  });
  let written = 0;
  let batch: Reading[] = [];
  let sums: string[] = [];
  const client = createInfluxClient(settings, { now: () => endMs });
  for (let atMs = endMs - days * dayMs; atMs < endMs; atMs += hourMs) {
    clock.nowMs = atMs;
    for (const device of fleet) {
      const uplink = uplinkOf(device, atMs);
      batch.push(...uplink);
      sums.push(hourLine(device.id, atMs, { readings: uplink.length, minutes: 1 }));
    }
    await state.pass(atMs);
    if (batch.length < 20_000 && atMs + hourMs < endMs) continue;
    written += batch.length;
    await store.write(batch, written);
    // As a platform that runs has summed them up two hours later; each asks the database, so a year of them takes its time.
    await client.write(sums);
    [batch, sums] = [[], []];
  }
  await state.close();
  await store.close();
  return written;
}

/** Every ten days each node has an alert that lasts six hours: the newest of each, as it stands then. */
function alertsAt(nowMs: number): Alert[] {
  return fleet.flatMap(({ id, name, place, linkageModel }, at) => {
    const sinceMs = nowMs - ((nowMs - at * hourMs) % (10 * dayMs));
    const isOver = nowMs - sinceMs >= 6 * hourMs;
    return {
      id: `${id} ${sinceMs}`,
      rule: `rule-${at % 4}`,
      severity: at % 2 === 0 ? "warning" : "critical",
      state: isOver ? "resolved" : "firing",
      device: id,
      deviceName: name,
      place: place!.id,
      placeName: place!.name,
      linkageModel: linkageModel!.id,
      silentDevices: [],
      quantity: null,
      value: null,
      limit: null,
      title: { vi: "Mất tín hiệu", en: "No signal" },
      advice: { vi: "Kiểm tra nguồn điện.", en: "Check its power." },
      sinceMs,
      firedAtMs: sinceMs,
      actByMs: null,
      acknowledgedAtMs: null,
      acknowledgedBy: null,
      snoozedUntilMs: null,
      resolvedAtMs: isOver ? sinceMs + 6 * hourMs : null,
      resolvedBecause: isOver ? "heard-again" : null,
    };
  });
}

function isOpen({ state }: Alert): boolean {
  return state !== "resolved";
}

function stepsOf({ severity, firedAtMs, resolvedAtMs }: Alert): AlertStep[] {
  const step = (what: "fired" | "resolved", atMs: number): AlertStep => {
    return { atMs, what, who: null, severity, detail: null };
  };
  return [step("fired", firedAtMs), ...(resolvedAtMs === null ? [] : [step("resolved", resolvedAtMs)])];
}

function uplinkOf({ id, kind }: (typeof fleet)[number], atMs: number): Reading[] {
  const wave = 0.5 + Math.sin((atMs / dayMs) * 2 * Math.PI) / 6;
  return asked.get(kind)!.map(({ name, plausible: { min, max } }) => ({
    device: id,
    quantity: name,
    measuredAtMs: atMs,
    receivedAtMs: atMs,
    value: Math.round((min + (max - min) * wave) * 1000) / 1000,
    live: true,
  }));
}

function fail(details: object, message: string): never {
  throw new Error(`${message}: ${inspect(details)}`);
}
