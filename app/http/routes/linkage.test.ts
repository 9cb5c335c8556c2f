import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  afterQuarterMs,
  changeModel,
  fillRegister,
  orchard,
  plantNodes,
  quarter,
  riceModel,
  riceNodes,
  riceReadings,
} from "../../linkage/testing/rice-quarter.ts";
import type {
  LinkageChoices,
  LinkageMap,
  LinkageModelDetail,
  LinkageModels,
  LinkageScore,
  Snapshot,
  Snapshots,
} from "../linkage-shapes.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
beforeAll(async () => {
  farm = await openFarmServer();
  farm.time.nowMs = afterQuarterMs;
  fillRegister(join(farm.folder, "linkage.db"));
  plantNodes(farm.registry);
  await farm.store.rewrite(riceReadings());
});
afterAll(() => farm.close());

const get = async <T>(path: string, person = "trang"): Promise<T> => {
  const answer = await farm.ask(person, path);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
};
const asked = `plan=ha-tinh&period=${quarter.name}`;

test("the choices name plans, periods that have begun, and what the register holds", async () => {
  const { plan, period, periods, records } = await get<LinkageChoices>("/linkage");
  expect({ plan, period, records }).toEqual({
    plan: "ha-tinh",
    period: "2026-Q3",
    records: { models: 2, zones: 1, cooperatives: 1 },
  });
  expect(periods[0]).toMatchObject({ name: "2026", from: "2025-12-15", to: "2026-12-14", closed: false });
  expect(periods.find(({ name }) => name === "2026-Q3")).toMatchObject({
    closed: true,
    freezable: true,
    late: true,
  });
  expect(periods.map(({ name }) => name)).not.toContain("2027-Q1");
});

test("the score tells numerator, denominator, target and rule, and what the target lacks", async () => {
  const score = await get<LinkageScore>(`/linkage/score?${asked}`);
  expect(score.models).toEqual({ running: 2, zoneTied: 2, iot: 0, digital: 1, attested: 0 });
  expect(score.rule).toMatch(/^mặc định 2026\.1 \([0-9a-f]{8}\)$/);
  expect(score.indicators.find(({ indicator }) => indicator === "zone-models-iot")).toMatchObject({
    numerator: 0,
    denominator: 2,
    noData: 1,
    percent: 50,
    operator: "gte",
    met: "no-data",
    trend: [],
  });
  expect(score.shortfall).toMatchObject({ missing: 1, percent: 50 });
  // Only use is missing at the rice model, a device at the orchard: the nearer one comes first.
  expect(score.shortfall!.models.map(({ id, iot }) => [id, iot])).toEqual([
    [riceModel.id, "no"],
    [orchard.id, "no-data"],
  ]);
  expect(score.shortfall!.models[0]!.lacks.map(({ vi }) => vi)).toEqual([
    "chỉ 0 tuần có người sử dụng dữ liệu (cần 3)",
  ]);
});

test("a period that lasts is counted up to yesterday, one that has not begun is refused in words", async () => {
  const { period } = await get<LinkageScore>("/linkage/score?plan=ha-tinh&period=2026-Q4");
  expect(period).toMatchObject({ closed: false, countedTo: "2026-11-20" });
  const refused = await farm.ask("trang", "/linkage/score?period=2027-Q3");
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { error: "invalid", message: "2027-Q3 begins on 2027-06-15: no day of it is over yet." },
  ]);
  const unknown = await farm.ask("trang", "/linkage/score?plan=ha-noi");
  expect((await unknown.json()) as object).toMatchObject({
    error: "invalid",
    message: expect.stringContaining("ha-tinh"),
  });
});

test("a model unfolds into its conditions, devices, days and hours", async () => {
  const { models } = await get<LinkageModels>(`/linkage/models?${asked}`);
  expect(models.map(({ id, devices, devicesCounting }) => [id, devices, devicesCounting])).toEqual([
    [orchard.id, 0, 0],
    [riceModel.id, 2, 2],
  ]);
  const detail = await get<LinkageModelDetail>(`/linkage/models/${riceModel.id}?${asked}`);
  expect(detail.because.vi).toBe("Chưa tính: chỉ 0 tuần có người sử dụng dữ liệu (cần 3).");
  expect(detail.zones).toEqual([
    {
      id: "vung-lua-cam-binh",
      name: "Vùng lúa chất lượng cao Cẩm Bình",
      areaHa: 35.5,
      commune: "Xã Cẩm Bình",
    },
  ]);
  const [node] = detail.team;
  expect(node).toMatchObject({ device: "rice-1", label: "Nút rice-1", readable: true, position: "inside" });
  expect(node!.days).toHaveLength(92);
  expect(node!.days[0]).toEqual({ date: quarter.from, hours: 0xff_ff_ff, active: true });
  expect((await farm.ask("trang", `/linkage/models/nowhere?${asked}`)).status).toBe(404);
});

test("farmers do not see the count; an officer of another commune sees the verdict but not the hours", async () => {
  expect((await farm.ask("hoa", "/linkage/score")).status).toBe(403);
  expect((await farm.ask(null, "/linkage/score")).status).toBe(401);
  farm.registry.addPerson({ id: "duc", name: "Đức", role: "officer", communes: ["31117"] }, afterQuarterMs);
  const detail = await get<LinkageModelDetail>(`/linkage/models/${riceModel.id}?${asked}`, "duc");
  expect(detail.team.map(({ readable, days }) => [readable, days])).toEqual([
    [false, []],
    [false, []],
  ]);
  const map = await get<LinkageMap>(`/linkage/map?${asked}`, "duc");
  expect(map.devices).toEqual([]);
});

test("the map holds zones with their outline, devices with their position, communes with their models", async () => {
  const map = await get<LinkageMap>(`/linkage/map?${asked}`);
  expect(map.zones).toMatchObject([{ name: "Vùng lúa chất lượng cao Cẩm Bình", iot: "no" }]);
  expect(map.zones[0]!.polygons[0]![0]).toHaveLength(5);
  expect(map.devices.map(({ device, counts }) => [device, counts])).toEqual(
    riceNodes.map((id) => [id, true]),
  );
  expect(map.devicesWithoutPosition).toBe(3);
  expect(map.communes).toEqual([
    { code: "18685", name: "Xã Cẩm Bình", zones: 1, models: 2, counted: 0, noData: 1, devices: 2 },
  ]);
  expect([map.outlines, map.outlinesSource]).toEqual([[], null]);
});

test("a snapshot takes two people; a correction makes a revision that says its difference", async () => {
  const propose = (person: string, reason?: string) =>
    farm.send(person, "POST", "/linkage/snapshots", { plan: "ha-tinh", period: quarter.name, reason });
  const confirm = (person: string, id: number) =>
    farm.send(person, "POST", `/linkage/snapshots/${id}/confirm`);
  const proposed = (await (await propose("minh")).json()) as Snapshot;
  expect(proposed).toMatchObject({ revision: 1, proposedBy: "minh", confirmedBy: null, newest: true });

  // An officer of some communes proposes; the department confirms.
  expect((await confirm("minh", proposed.id)).status).toBe(403);
  // Long after the cut-off a correction says why.
  const unexplained = await propose("trang");
  expect([unexplained.status, await unexplained.json()]).toEqual([
    409,
    { error: "reason-needed", message: expect.stringContaining("must say its reason") },
  ]);
  expect((await (await confirm("trang", proposed.id)).json()) as object).toMatchObject({
    confirmedBy: "trang",
  });

  changeModel(join(farm.folder, "linkage.db"), { households: 90, cooperatives: [] }, farm.time.nowMs);
  const reason = "HTX rút khỏi mô hình";
  const revised = (await (await propose("trang", reason)).json()) as Snapshot;
  expect(revised).toMatchObject({ revision: 2, proposedBy: "trang" });
  const own = await confirm("trang", revised.id);
  expect([own.status, await own.json()]).toEqual([
    409,
    { error: "same-person", message: expect.stringContaining("another person must confirm it") },
  ]);
  expect(await get(`/linkage/snapshots/${revised.id}/difference`)).toMatchObject({
    before: proposed.id,
    records: [`model ${riceModel.id}`],
  });
  expect(await get(`/linkage/snapshots/${revised.id}/verification`)).toMatchObject({ ok: true });
  expect((await confirm("lan", revised.id)).status).toBe(200);

  const list = await get<Snapshots>("/linkage/snapshots");
  expect(list.mayConfirm).toBe(true);
  expect(list.snapshots.map(({ id, newest }) => [id, newest])).toEqual([
    [revised.id, true],
    [proposed.id, false],
  ]);
  expect((await get<Snapshots>("/linkage/snapshots", "minh")).mayConfirm).toBe(false);
  const { indicators } = await get<LinkageScore>(`/linkage/score?${asked}`);
  expect(indicators[0]!.trend).toMatchObject([
    { snapshot: revised.id, period: quarter.name, confirmed: true },
  ]);
});

test("a period that lasts, and the command line, make no snapshot", async () => {
  const early = await farm.send("trang", "POST", "/linkage/snapshots", {
    plan: "ha-tinh",
    period: "2026-Q4",
  });
  expect([early.status, await early.json()]).toEqual([
    409,
    {
      error: "before-cut-off",
      message: expect.stringContaining("the figures of 2026-Q4 close with the end of 2026-12-14"),
    },
  ]);
  const nobody = await fetch(`${farm.url}/api/v1/linkage/snapshots`, {
    method: "POST",
    headers: { authorization: "Bearer the-token-of-the-command-line", "content-type": "application/json" },
    body: JSON.stringify({ plan: "ha-tinh", period: quarter.name }),
  });
  expect([nobody.status, ((await nobody.json()) as { error: string }).error]).toEqual([403, "forbidden"]);
  expect((await farm.ask("trang", "/linkage/snapshots/99/verification")).status).toBe(404);
});

test("what froze by itself is told with its results, and is the snapshot of whoever proposes it", async () => {
  const frozen = await farm.linkage.freezeDue();
  expect(frozen.map(({ period }) => period)).toEqual(["2026-Q1", "2026-Q2"]);
  const { drafts } = await get<Snapshots>("/linkage/snapshots");
  const draft = drafts.find(({ period }) => period === "2026-Q2")!;
  expect(draft).toMatchObject({
    plan: "ha-tinh",
    from: "2026-03-15",
    to: "2026-06-14",
    frozenAtMs: afterQuarterMs,
  });
  expect(draft.results.map(({ number }) => number)).toContain(11);
  const asked = { plan: "ha-tinh", period: "2026-Q2" };
  const proposed = await farm.send("minh", "POST", "/linkage/snapshots", asked);
  expect([proposed.status, await proposed.json()]).toEqual([
    201,
    expect.objectContaining({ revision: 1, hash: draft.hash, proposedBy: "minh" }),
  ]);
  const left = await get<Snapshots>("/linkage/snapshots");
  expect(left.drafts.map(({ period }) => period)).toEqual(["2026-Q1"]);
});

test("a snapshot is downloaded as document, workbook, table and page", async () => {
  const { snapshots } = await get<Snapshots>("/linkage/snapshots");
  const { id } = snapshots.find(({ period }) => period === quarter.name)!;
  const head = async (format: string) => {
    const answer = await farm.ask("minh", `/linkage/snapshots/${id}/report?format=${format}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition")!)![1];
    return [name, answer.headers.get("content-type"), new TextDecoder().decode(bytes.subarray(0, 2))];
  };
  const name = `bao-cao-ha-tinh-${quarter.name}-${id}`;
  expect(await head("docx")).toEqual([`${name}.docx`, expect.stringContaining("wordprocessingml"), "PK"]);
  expect(await head("xlsx")).toEqual([`${name}.xlsx`, expect.stringContaining("spreadsheetml"), "PK"]);
  expect(await head("html")).toEqual([`${name}.html`, "text/html; charset=utf-8", "<!"]);
  const csv = await farm.ask("minh", `/linkage/snapshots/${id}/report?format=csv`);
  expect(await csv.text()).toContain("Mô hình gắn vùng nguyên liệu có số liệu thiết bị");
  expect((await farm.ask("minh", "/linkage/snapshots/99/report")).status).toBe(404);
  expect((await farm.ask("hoa", `/linkage/snapshots/${id}/report`)).status).toBe(403);
});
