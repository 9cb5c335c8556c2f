import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRegistry, quantities, type Reading, type Registry } from "../../../devices/index.ts";
import { type Audience, openNotes, openWatch, type Watch } from "../../../ingest/alerts/index.ts";
import { type Links, openLinks } from "../../../ingest/links/open-links.ts";
import { openQuarantine, type Quarantine } from "../../../ingest/quarantine/open-quarantine.ts";
import {
  type Channels,
  createAudience,
  createMessageLinks,
  optOut,
  tellingPolicy,
} from "../../../ingest/recipients/index.ts";
import { rulesFile } from "../../../ingest/rules/index.ts";
import {
  type EmbeddedStore,
  openEmbeddedStore,
} from "../../../ingest/stores/embedded/open-embedded-store.ts";
import { createServiceMessages } from "../../service-messages.ts";
import type { PersonalMessages, ServiceMessages } from "../http-parts.ts";

/**
 * What a small commune has: real registry, store, alerts and quarantine in a temporary folder. Hoa farms a parcel in one commune, Binh
 * a pond in another; Minh is the officer of Hoa's commune, Trang of all, Lan the administrator.
 */
export interface Farm {
  readonly folder: string;
  readonly registry: Registry;
  readonly store: EmbeddedStore;
  readonly watch: Watch;
  /** By SMS, to whoever has a telephone and has agreed. */
  readonly personal: PersonalMessages;
  /** As in the platform: into the outbox of the watch. */
  readonly serviceMessages: ServiceMessages;
  readonly quarantine: Quarantine;
  readonly links: Links;
  /** Everybody's clock. */
  readonly time: { nowMs: number };
  /** Live readings arrive: they are stored and judged. */
  take(readings: readonly Reading[]): Promise<void>;
  close(): Promise<void>;
}

export const startMs = Date.UTC(2026, 10, 21, 5);

const dry = {
  kind: "threshold",
  name: "soil-dry",
  severity: "warning",
  quantity: "soil.moisture",
  below: 25,
  title: { vi: "Đất khô tại {place}", en: "Dry soil at {place}" },
  advice: { vi: "Tưới nước.", en: "Irrigate." },
};
const oxygenLow = { ...dry, name: "oxygen-low", quantity: "water.dissolvedOxygen", below: 3 };
const silent = { info() {}, warn() {}, error() {} };

export async function openFarm(): Promise<Farm> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-http-"));
  const time = { nowMs: startMs };
  const now = () => time.nowMs;
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  settle(registry);
  const store = await openEmbeddedStore({
    folder: join(folder, "store"),
    quantities,
    retentionDaysOf: () => null,
    log: silent,
    now,
  });
  const quarantine = openQuarantine(join(folder, "quarantine.sqlite"), { log: silent });
  const links = openLinks(join(folder, "links.sqlite"));
  let position = 0;
  const personal = personalBy(registry);
  const audience = createAudience({ ...personal, registry, policy: tellingPolicy.parse({}) });
  const watch = openFarmWatch(join(folder, "alerts.sqlite"), registry, now, () => position, audience);
  const notes = openNotes(join(folder, "alerts.sqlite"), () => watch.outbox.announce());
  const serviceMessages = createServiceMessages({
    registry,
    audience,
    notes,
    standing: (id) => standingOf(registry, id, now()),
  });

  return {
    folder,
    registry,
    store,
    watch,
    personal,
    serviceMessages,
    quarantine,
    links,
    time,
    async take(readings) {
      const batch = [...Map.groupBy(readings, ({ device }) => device)].map(([device, own]) => ({
        uplink: {
          device,
          topic: "",
          payload: new Uint8Array(),
          receivedAtMs: time.nowMs,
          position: position++,
        },
        readings: own,
        rejections: [],
        decoder: "test/1",
      }));
      await store.write(readings, position);
      watch.handle(batch, position);
    },
    async close() {
      notes.close();
      watch.close();
      quarantine.close();
      links.close();
      await store.close();
      registry.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function personalBy(registry: Registry): PersonalMessages {
  const channels: Channels = { sms: { medium: "sms", address: "phone" } };
  return {
    channels,
    pushKey: null,
    links: createMessageLinks(new Uint8Array(32).fill(2), "https://canhdong.example.vn"),
    linkLifeMs: 72 * 3_600_000,
    optOut: (person, _notifier, atMs) =>
      optOut(registry, channels, person, { address: "phone", how: "link", atMs }),
    receive: async () => null,
  };
}

function standingOf(registry: Registry, id: string, nowMs: number) {
  const device = registry.device(id);
  const place = registry.placementAt(id, nowMs)?.place ?? null;
  return device && { place, linkageModel: null, model: device.model };
}

function openFarmWatch(
  file: string,
  registry: Registry,
  now: () => number,
  journalEnd: () => number,
  audience: Audience,
): Watch {
  return openWatch({
    file,
    audience,
    rules: rulesFile.parse({ rules: [dry, oxygenLow] }),
    where: (id) => standingOf(registry, id, now()),
    intervalOf: (id) => registry.device(id)?.intervalMs ?? null,
    names: {
      device: (id) => registry.device(id)?.label ?? id,
      place: (id) => registry.place(id)?.name ?? id,
    },
    journalEnd,
    now,
    log: silent,
  });
}

function settle(registry: Registry): void {
  const atMs = startMs - 86_400_000;
  const hoas = { id: "parcel-hoa", kind: "parcel", name: "Rẫy cà phê nhà Hoa" } as const;
  const binhs = { id: "pond-binh", kind: "pond", name: "Ao nhà Bình" } as const;
  registry.addPlace({ ...hoas, communeCode: "18685", communeName: "Ea Tu" }, atMs);
  registry.addPlace({ ...binhs, communeCode: "31117", communeName: "Mỹ Phước" }, atMs);
  for (const id of ["soil-1", "pond-1", "spare-1"]) {
    registry.addDevice({ id, label: `Nút ${id}`, intervalMs: 60_000 }, atMs);
  }
  registry.moveDevice("soil-1", "parcel-hoa", atMs);
  registry.moveDevice("pond-1", "pond-binh", atMs);
  registry.addPerson({ id: "lan", name: "Lan", role: "admin" }, atMs);
  registry.addPerson({ id: "minh", name: "Minh", role: "officer", communes: ["18685"] }, atMs);
  registry.addPerson({ id: "trang", name: "Trang", role: "officer" }, atMs);
  registry.addPerson({ id: "hoa", name: "Hoa", role: "farmer", places: ["parcel-hoa"] }, atMs);
  registry.addPerson({ id: "binh", name: "Bình", role: "farmer", places: ["pond-binh"] }, atMs);
}
