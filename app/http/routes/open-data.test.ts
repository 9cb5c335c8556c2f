import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createUnitBook, openRegister, shippedUnits } from "../../../linkage/index.ts";
import { datasets } from "../../linkage/open-data/index.ts";
import {
  afterQuarterMs,
  fillRegister,
  plantNodes,
  quarter,
  riceReadings,
} from "../../linkage/testing/rice-quarter.ts";
import type { Snapshot } from "../linkage-shapes.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

const requestsPerMinute = 500;
let farm: FarmServer;
beforeAll(async () => {
  farm = await openFarmServer({ openData: { enabled: true, requestsPerMinute } });
  farm.time.nowMs = afterQuarterMs;
  fillRegister(join(farm.folder, "linkage.db"));
  addSmartVillages(join(farm.folder, "linkage.db"));
  plantNodes(farm.registry);
  await farm.store.rewrite(riceReadings());
});
afterAll(() => farm.close());

/** One that a decision recognises, and one of which somebody only says so. */
function addSmartVillages(file: string): void {
  const register = openRegister(file, createUnitBook(shippedUnits()));
  const village = {
    level: "village",
    communeCode: "18685",
    communeAsOf: "2025-07-01",
    validFrom: "2025-01-01",
  };
  const decision = { no: "9/QĐ-UBND", date: "2025-02-01", issuer: "UBND huyện Cẩm Xuyên" };
  const edit = { who: "can-bo-1", nowMs: Date.UTC(2026, 0, 5) };
  register.put("smart-place", { id: "thon-1", name: "Thôn Tam Đồng", ...village, decision }, edit);
  register.put("smart-place", { id: "thon-2", name: "Thôn Đông Trung", ...village }, edit);
  register.close();
}

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${farm.url}/open/v1${path}`, { headers });

interface Table {
  readonly rows: readonly Record<string, unknown>[];
}
const table = async (name: string) => (await (await open(`/${name}.json`)).json()) as Table;

async function propose(): Promise<Snapshot> {
  const asked = { plan: "ha-tinh", period: quarter.name };
  return (await (await farm.send("minh", "POST", "/linkage/snapshots", asked)).json()) as Snapshot;
}

test("without a confirmation nothing is open; with it every table has rows of its columns", async () => {
  expect(await table("indicators")).toMatchObject({ dataset: "indicators", rows: [] });
  const { id } = await propose();
  expect(await table("models")).toMatchObject({ rows: [] });
  await farm.send("trang", "POST", `/linkage/snapshots/${id}/confirm`);
  for (const { name, columns, key } of datasets) {
    const { rows } = await table(name);
    expect(rows.length, name).toBeGreaterThan(0);
    for (const row of rows) expect(Object.keys(row), name).toEqual(Object.keys(columns));
    const keys = rows.map((row) => key.map((column) => row[column]).join("|"));
    expect(new Set(keys).size, name).toBe(rows.length);
  }
});

test("a CSV table says the same as its JSON, in a form that Excel opens", async () => {
  const answer = await open("/zones.csv");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="canhdong-zones.csv"');
  const text = await answer.text();
  const [row] = parse(text, { bom: true, columns: true }) as Record<string, string>[];
  expect(row).toMatchObject({
    zone: "vung-lua-cam-binh",
    commune_code: "18685",
    commune_as_of: "2025-07-01",
    commune_name: "Xã Cẩm Bình",
    planting_codes: "VN-42-446-18685-01-24",
    latitude: "18.31",
    longitude: "105.91",
  });
  const { rows } = await table("zones");
  expect(Object.values(row!)).toEqual(Object.values(rows[0]!).map((cell) => String(cell ?? "")));
});

test("communes are all of the province, by code and validity, with what lies in them", async () => {
  const { rows } = await table("communes");
  expect(rows).toHaveLength(69);
  expect(rows.find(({ code }) => code === "18685")).toMatchObject({
    name: "Xã Cẩm Bình",
    province_code: "42",
    valid_from: "2025-07-01",
    valid_to: null,
    models: 2,
    models_iot: 0,
    zones: 1,
  });
});

test("smart villages and communes are amounts with their target, and no share", async () => {
  const { rows } = await table("amounts");
  expect(
    rows.map(({ number, indicator, amount, without_decision, least, met }) => ({
      ...{ number, indicator, amount, without_decision, least, met },
    })),
  ).toEqual([
    { number: 13, indicator: "smart-villages", amount: 1, without_decision: 1, least: 20, met: "no" },
    { number: 14, indicator: "smart-communes", amount: 0, without_decision: 0, least: 4, met: "no-data" },
  ]);
});

test("nothing of a person goes out", async () => {
  for (const { name } of datasets) {
    const text = await (await open(`/${name}.json`)).text();
    // Who registered, proposed and confirmed; devices lead to families' land.
    for (const person of ["can-bo-1", "htx-01", "minh", "trang", "rice-1"])
      expect(text).not.toContain(`"${person}"`);
    expect(text).not.toMatch(/proposed|reported_by|coordinates/);
  }
});

test("who has a table already is told so, until another count is confirmed", async () => {
  const first = await open("/models.json");
  const etag = first.headers.get("etag")!;
  expect(first.headers.get("access-control-allow-origin")).toBe("*");
  expect(first.headers.get("cache-control")).toBe("public, max-age=300");
  const again = await open("/models.json", { "if-none-match": `W/"other", ${etag}` });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

test("the dictionary explains every column in both languages, for programs and for people", async () => {
  const { datasets: explained } = (await (await open("/dictionary.json")).json()) as {
    datasets: { name: string; columns: { name: string; about: { vi: string; en: string } }[] }[];
  };
  expect(explained.map(({ name }) => name)).toEqual(datasets.map(({ name }) => name));
  for (const { columns } of explained)
    for (const { name, about } of columns) {
      expect(about.vi.normalize("NFC"), name).toBe(about.vi);
      expect([about.vi.trim(), about.en.trim()], name).not.toContain("");
    }
  const page = await (await open("/dictionary")).text();
  for (const { columns } of explained)
    for (const { name } of columns) expect(page).toContain(`<code>${name}</code>`);
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
});

test("what is no table answers 404, and a table is not written to", async () => {
  expect((await open("/people.json")).status).toBe(404);
  expect((await open("/models.xml")).status).toBe(400);
  expect((await fetch(`${farm.url}/open/v1/models.json`, { method: "POST" })).status).toBe(404);
});

test("open data is off unless the configuration says otherwise, and one address cannot ask without end", async () => {
  const closed = await openFarmServer();
  try {
    expect((await fetch(`${closed.url}/open/v1/models.json`)).status).toBe(404);
  } finally {
    await closed.close();
  }
  const narrow = await openFarmServer({ openData: { enabled: true, requestsPerMinute: 2 } });
  try {
    const ask = () => fetch(`${narrow.url}/open/v1/dictionary.json`);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect([refused.status, ((await refused.json()) as { error: string }).error]).toEqual([
      429,
      "too-many-requests",
    ]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  } finally {
    await narrow.close();
  }
});
