import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { dayMs, hourMs, spanMs, startOfDateMs } from "../../../calendar/index.ts";
import { openRegistry, quantities, type Reading, type Registry } from "../../../devices/index.ts";
import {
  type EmbeddedStore,
  openEmbeddedStore,
} from "../../../ingest/stores/embedded/open-embedded-store.ts";
import {
  type HeardHour,
  heardHours,
  type Node,
  type Province,
  type ProvinceSize,
  simulatedProvince,
  year,
} from "../../../linkage/evidence/simulated-province.ts";
import type { HumanAct } from "../../../linkage/index.ts";

/*
 * For tests and the benchmark: a simulated province in a data folder, as a server would have it after the year. What its nodes sent
 * went through the store's own writing and sealing, day after day; some of it late, twice, corrected or taken back.
 */

export interface StoredSize extends ProvinceSize {
  readonly quantities: number;
  /** Readings of each quantity. */
  readonly perHour: number;
  /** Messages of one node in one hour, who wants to look busy. */
  readonly flood: number;
  /** A server seals every day; every month is quicker. */
  readonly sealedEvery: "day" | "month";
}

const names = ["soil.moisture", "soil.temperature", "air.temperature"] as const;
const secretKey = new Uint8Array(32).fill(1);
const readingsAtOnce = 50_000;

/** What the backlogs hold, and when it arrives: after a storm, and when the year is over and its days are sealed. */
const backlogs = [
  { fromMs: startOfDateMs("2025-09-10"), toMs: startOfDateMs("2025-09-20") },
  { fromMs: startOfDateMs("2025-11-10"), toMs: startOfDateMs("2025-11-12") },
] as const;
const floodMs = startOfDateMs("2025-02-01") + 3 * hourMs;

export const afterYearMs = startOfDateMs("2026-01-10");

export const registerIn = (folder: string) => join(folder, "linkage.db");

export const registryIn = (folder: string): Registry => openRegistry(join(folder, "registry.db"), secretKey);

export function storeIn(folder: string): Promise<EmbeddedStore> {
  return openEmbeddedStore({
    folder: join(folder, "store"),
    quantities,
    retentionDaysOf: () => null,
    log: { info() {}, warn: (details, message) => console.error(message, details) },
    now: Date.now,
  });
}

/** Fills a folder. @param say told how far it is */
export async function storeProvince(
  folder: string,
  size: StoredSize,
  say: (text: string) => void = () => {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const province = simulatedProvince(size, registerIn(folder));
  province.register.close();
  const registry = registryIn(folder);
  plant(registry, province);
  registry.close();
  const store = await storeIn(folder);
  try {
    await fill(store, province, size, say);
  } finally {
    await store.close();
  }
}

function plant(registry: Registry, { models, nodes }: Province): void {
  const atMs = startOfDateMs("2024-01-01");
  for (const { id } of models)
    registry.addPlace({ id: `thua-${id}`, kind: "parcel", name: `Thửa ${id}`, linkageModel: id }, atMs);
  for (const { device, kind, inside, stretches } of nodes) {
    const position = { latitude: inside ? 18.305 : 18.5, longitude: 105.905 };
    const intervalMs = kind === "slow" ? 6 * hourMs : null;
    registry.addDevice({ id: device, label: device, intervalMs, ...position }, atMs);
    if (kind === "changed-model" && stretches.length > 1) {
      registry.addPlace({ id: `thua-${device}`, kind: "parcel", name: `Thửa ${device}` }, atMs);
      registry.moveDevice(device, `thua-${device}`, atMs);
    } else for (const { model, fromMs } of stretches) registry.moveDevice(device, `thua-${model}`, fromMs);
  }
}

/** What was done with the data of models at which some node stood, by one of these nodes: alerts that somebody took care of. */
export function actsOf({ acts, nodes }: Pick<Province, "acts" | "nodes">): {
  readonly acts: readonly HumanAct[];
  readonly byDevice: ReadonlyMap<string, readonly number[]>;
} {
  const done = acts.flatMap((act) => {
    const stood = nodes.find(({ stretches }) =>
      stretches.some(
        ({ model, fromMs, toMs }) => model === act.model && fromMs <= act.atMs && act.atMs < toMs,
      ),
    );
    return stood === undefined ? [] : [{ act, device: stood.device }];
  });
  const byDevice = Map.groupBy(done, ({ device }) => device);
  return {
    acts: done.map(({ act }) => act),
    byDevice: new Map([...byDevice].map(([device, of]) => [device, of.map(({ act }) => act.atMs)])),
  };
}

async function fill(
  store: EmbeddedStore,
  { nodes }: Province,
  size: StoredSize,
  say: (text: string) => void,
): Promise<void> {
  const { fromMs, toMs } = spanMs(year);
  const flooder = nodes.find(({ kind }) => kind === "flooding");
  const senders = nodes.map((node) => createSender(node, size, node === flooder ? size.flood : 0));
  const writer = createWriter(store);
  for (let endMs = Math.ceil(fromMs / dayMs) * dayMs; endMs < toMs + dayMs; endMs += dayMs) {
    for (const sender of senders) await writer.write(sender.until(endMs));
    await writer.flush();
    const isNewMonth = new Date(endMs).getUTCDate() === 1;
    if (size.sealedEvery === "day" || isNewMonth) await store.maintain(endMs + 2 * hourMs);
    if (isNewMonth) say(`filled until ${new Date(endMs).toISOString().slice(0, 10)}`);
  }
  await correct(store, nodes, size);
  await store.maintain(toMs + 3 * dayMs);
  for (const sender of senders) await writer.write(sender.stillHeld());
  await writer.flush();
}

function createWriter(store: EmbeddedStore) {
  let batch: Reading[] = [];
  let position = 0;
  async function flush(): Promise<void> {
    const written = batch;
    batch = [];
    position += 1;
    await store.write(written, position);
  }
  return {
    flush,
    async write(readings: readonly Reading[]): Promise<void> {
      for (const reading of readings) {
        batch.push(reading);
        if (batch.length >= readingsAtOnce) await flush();
      }
    },
  };
}

/** Of one sound node what it sent in the summer is taken back, of another it is read anew, as one value. */
async function correct(store: EmbeddedStore, nodes: readonly Node[], size: StoredSize): Promise<void> {
  const summer = { fromMs: startOfDateMs("2025-03-01"), toMs: startOfDateMs("2025-08-20") };
  const sound = nodes.filter(({ kind }) => kind === "sound");
  const sent = (node: Node) =>
    [...heardHours(node)]
      .filter(({ startMs }) => startMs >= summer.fromMs && startMs < summer.toMs)
      .flatMap((hour) => [...readingsOf(node, hour, size, hour.messages)]);
  await store.remove(sent(sound[0]!));
  await store.rewrite(sent(sound[1]!).map((reading) => ({ ...reading, value: 30, live: false })));
}

/** One node over the year. */
interface Sender {
  /** What arrives before this time, and after what arrived before. */
  until(endMs: number): Reading[];
  /** What arrives when the year is over. */
  stillHeld(): Reading[];
}

function createSender(node: Node, size: StoredSize, flood: number): Sender {
  const hours = heardHours(node);
  let next = hours.next();
  const held: [Reading[], Reading[]] = [[], []];

  function backlogOf({ startMs }: HeardHour): number {
    if (node.kind !== "backlog") return -1;
    return backlogs.findIndex(({ fromMs, toMs }) => fromMs <= startMs && startMs < toMs);
  }

  return {
    until(endMs) {
      const arrived: Reading[] = [];
      for (; !next.done && next.value.startMs < endMs; next = hours.next()) {
        const hour = next.value;
        const messages = hour.startMs === floodMs && flood > 0 ? flood : hour.messages;
        const backlog = backlogOf(hour);
        const into = held[backlog] ?? arrived;
        for (const reading of readingsOf(node, hour, size, messages)) into.push(reading);
      }
      if (endMs < backlogs[0].toMs) return arrived;
      const late = held[0].splice(0).map((reading) => ({ ...reading, live: false }));
      // A part of it twice.
      return [...arrived, ...late, ...late.slice(0, 50)];
    },
    stillHeld: () => held[1].splice(0),
  };
}

function* readingsOf(
  { device }: Node,
  { startMs, offsetMs, value: drawn, still }: HeardHour,
  { quantities: measured, perHour }: StoredSize,
  messages: number,
): Generator<Reading> {
  const count = messages === 1 ? perHour : messages;
  const stepMs = hourMs / count;
  for (const quantity of names.slice(0, measured)) {
    // Soil is warm for hours without a change that the probe resolves.
    const tenths =
      quantity === names[0] ? 200 + Math.floor(drawn % 100) : 250 + (Math.floor(startMs / (8 * hourMs)) % 10);
    for (let nth = 0; nth < count; nth++) {
      const measuredAtMs = Math.floor(startMs + nth * stepMs + (offsetMs % stepMs));
      const moved = quantity === names[0] ? (nth * 7) % 3 : 0;
      const value = still ? 30 : (tenths + moved) / 10;
      yield { device, quantity, value, measuredAtMs, receivedAtMs: measuredAtMs, live: true };
    }
  }
}
