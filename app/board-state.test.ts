import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { openRegistry } from "../devices/index.ts";
import { createField, dry, noon, rulesOf } from "../ingest/alerts/test-field.ts";
import { openLinks } from "../ingest/links/open-links.ts";
import { createInfluxClient } from "../ingest/stores/influxdb/influx-client.ts";
import { influxSettings } from "../ingest/stores/influxdb/settings.ts";
import { hasInfluxd, startInfluxd } from "../ingest/stores/influxdb/testing/influxd.ts";
import { openBoardState } from "./board-state.ts";
import type { LinkageOffice } from "./http/linkage-office.ts";

/** What the office answers of one model and one target; the rest of a score is of no concern here. */
const office = {
  score: async () => ({
    plan: { id: "ha-tinh" },
    indicators: [
      {
        indicator: "zone-models-iot",
        picked: true,
        name: { vi: "Mô hình có số liệu thiết bị", en: "Models proved by telemetry" },
        numerator: 1,
        denominator: 2,
        noData: 1,
        percent: 50,
        met: "yes",
      },
      { indicator: "zone-models-iot", picked: false },
    ],
  }),
  models: async () => ({
    models: [
      {
        id: "m1",
        name: 'Lúa "ST25"',
        iot: "yes",
        digital: "yes",
        devices: 2,
        devicesCounting: 1,
        because: { vi: "Được tính.", en: "Counts." },
      },
    ],
  }),
} as unknown as Pick<LinkageOffice, "score" | "models">;

async function opened(readings: object) {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-board-state-"));
  const registry = openRegistry(join(folder, "registry.db"), Buffer.alloc(32, 7));
  const links = openLinks(join(folder, "links.db"));
  const field = createField({ rules: rulesOf([dry]) });
  const state = await openBoardState({ readings } as Parameters<typeof openBoardState>[0], {
    registry,
    watch: field.watch,
    links,
    office,
    isAvailable: (id) => id === "n1",
    service: () => ({ waitingUplinks: 0, quarantined: 0 }),
    log: pino({ level: "silent" }),
    now: () => noon,
  });
  onTestFinished(async () => {
    await state?.close();
    links.close();
    registry.close();
    rmSync(folder, { recursive: true });
  });
  return { registry, state };
}

test("readings in the embedded store have no boards to be written for", async () => {
  expect((await opened({ store: "embedded" })).state).toBeNull();
});

describe.skipIf(!hasInfluxd)("with readings in a real InfluxDB", { timeout: 120_000 }, () => {
  test("what the registry, the alerts and the office know stands beside them", async () => {
    const server = await startInfluxd();
    onTestFinished(() => server.remove());
    await server.administer("CREATE DATABASE farm");
    const influxdb = influxSettings.parse({ url: server.url, api: "v1", database: "farm" });
    const { registry, state } = await opened({ store: "influxdb", influxdb });
    const place = { id: "p1", kind: "parcel", name: "Đồng Cạn", linkageModel: "m1" } as const;
    registry.addPlace({ ...place, communeCode: "31135", communeName: "Phường Ô Môn" }, noon);
    registry.addDevice({ id: "n1", label: "Cọc 1" }, noon);
    registry.addDevice({ id: "n2" }, noon);
    registry.moveDevice("n1", "p1", noon);
    await state!.pass(noon);

    const client = createInfluxClient(influxdb, { now: () => noon });
    const valuesOf = async (measurement: string, tag: string) => {
      const found = await client.ask(`SHOW TAG VALUES FROM "${measurement}" WITH KEY = "${tag}"`);
      return found.flatMap(({ rows }) => rows.map(([, value]) => value));
    };
    expect(await valuesOf("devices", "device_choice")).toEqual(["Cọc 1 [n1]", "n2 [n2]"]);
    expect(await valuesOf("devices", "commune_choice")).toEqual(["Chưa gán [none]", "Phường Ô Môn [31135]"]);
    expect(await valuesOf("devices", "province_choice")).toEqual([
      "Chưa gán [none]",
      "Thành phố Cần Thơ [92]",
    ]);
    expect(await valuesOf("devices", "linkage_choice")).toEqual(["Chưa gán [none]", 'Lúa "ST25" [m1]']);
    expect(await valuesOf("linkage_models", "linkage_choice")).toEqual(['Lúa "ST25" [m1]']);
    const indicators = await client.ask('SELECT "numerator", "target", "met" FROM "indicators"');
    expect(indicators.flatMap(({ rows }) => rows)).toEqual([[noon, 1, 50, 1]]);
    const available = await client.ask('SELECT "available" FROM "devices" GROUP BY "device"');
    expect(available.map(({ tags, rows }) => [tags.device, rows[0]![1]])).toEqual([
      ["n1", 1],
      ["n2", 0],
    ]);
  });
});
