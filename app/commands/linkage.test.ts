import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { recordKinds } from "../../linkage/index.ts";
import { commandLine } from "../testing/command-line.ts";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

const tables = {
  cooperative:
    "id,name,type,members,commune_code,commune_as_of,valid_from\n" +
    "htx-cam-binh,HTX Cẩm Bình,cooperative,124,18685,2025-07-01,2020-01-01\n",
  zone:
    "id,name,product,commune_code,commune_as_of,area_ha,geometry,decision_no,decision_date,decision_issuer,valid_from\n" +
    'vung-1,Vùng lúa,lua,18685,2025-07-01,15,"{""type"":""Polygon"",""coordinates"":[[[105.9,18.3],[105.92,18.3],[105.92,18.32],[105.9,18.32],[105.9,18.3]]]}",12/QĐ-UBND,2024-01-15,UBND xã,2024-01-15\n',
  "key-product":
    "id,product,product_name,unit_code,unit_as_of,valid_from\nlua,lua,Lúa,42,2025-07-01,2021-01-01\n",
  model:
    "id,name,form,sector,product,product_name,lead_type,lead_name,cooperatives,zones,contract_no,contract_from,contract_to,status,valid_from\n" +
    "lua-1,Liên kết lúa Cẩm Bình,4,crops,lua,Lúa,enterprise,Công ty Gạo,htx-cam-binh,vung-1,05/HĐ,2025-01-01,2027-12-31,active,2025-01-01\n",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-tables-"));
  for (const [kind, text] of Object.entries(tables)) writeFileSync(join(folder, `${kind}.csv`), text);
  return () => rmSync(folder, { recursive: true });
});
const fileOf = (kind: string) => join(folder, `${kind}.csv`);

type Run = (
  ...words: string[]
) => Promise<{ readonly code: number; readonly out: string; readonly err: string }>;

async function fill(run: Run): Promise<void> {
  for (const kind of Object.keys(tables)) {
    const done = await run("import", kind, fileOf(kind), "--who", "can-bo-1");
    expect(done).toEqual({ code: 0, out: "1 added, 0 changed, 0 unchanged\n", err: "" });
  }
}

test("tables are imported, listed and exported; a bad row is told with file, line and column", async () => {
  const linkage = commandLine("linkage");
  await fill(linkage);
  expect((await linkage("models")).out).toMatch(
    /^lua-1 +Liên kết lúa Cẩm Bình +lua +active +vung-1 +2027-12-31$/m,
  );
  const out = join(folder, "out.csv");
  await linkage("export", "model", out);
  expect(readFileSync(out, "utf8")).toContain("Liên kết lúa Cẩm Bình");
  const bad = join(folder, "bad.csv");
  writeFileSync(bad, tables.model.replace(",4,crops,", ",9,crops,"));
  const refused = await linkage("import", "model", bad, "--who", "can-bo-1");
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(
    `${bad}:2 form: phải từ 1 đến 7, theo Điều 4 Nghị định 98/2018/NĐ-CP\n    must be 1 to 7`,
  );
  expect(refused.err).toMatch(/Không dòng nào được nhận.*\n.*Nothing was kept/);
  expect((await linkage("import", "farmer", bad, "--who", "can-bo-1")).err).toMatch(/no kind of record/);
});

test("help names every table that can be imported", async () => {
  const { out } = await commandLine("linkage")("import", "--help");
  for (const kind of recordKinds) expect(out).toContain(kind);
});

test("a count names numerator, denominator, target and rule, and what nobody reported is no no", async () => {
  const linkage = commandLine("linkage");
  await fill(linkage);
  const { out } = await linkage("count", "--plan", "ha-tinh");
  expect(out).toContain("Hà Tĩnh, 2026-Q3: 2026-06-15 – 2026-09-14.");
  expect(out).toMatch(/^9 +Xã có HTX tham gia mô hình liên kết +1\/60 +1\.7 % +≥ 70 % +chưa đạt/m);
  expect(out).toMatch(/^11 .*0\/1 +0\.0 % +≥ 50 % +chưa đủ số liệu/m);
  expect(out).toMatch(/Tính theo quy tắc mặc định 2026\.1 \([0-9a-f]{8}\), không phải số liệu chính thức/);
  expect((await linkage("count", "--plan", "ha-noi")).err).toMatch(/known are ha-tinh, /);
  expect((await linkage("count", "--plan", "ha-tinh", "--period", "2026-Q5")).err).toMatch(/is no period/);
});

test("a bad rule file is told with every path", async () => {
  const rule = join(folder, "rule.yaml");
  writeFileSync(rule, "version: tỉnh 1\ndevice:\n  activeDayShare: 60\nkMin: 1\n");
  const { code, err } = await commandLine("linkage")("count", "--plan", "hue", "--rule", rule);
  expect(code).toBe(1);
  expect(err).toMatch(/device\.activeDayShare: /);
  expect(err).toMatch(/kMin/);
});

test("the rule and the plan are the configuration's unless the command says otherwise", async () => {
  const configured = "linkage: { plan: nghe-an, rule: { version: tỉnh 2026.3, model: { useWeeks: 1 } } }";
  const linkage = commandLine("linkage", configured);
  await fill(linkage);
  const { out } = await linkage("count");
  expect(out).toMatch(/^Nghệ An, 2026-Q3/);
  expect(out).toMatch(/Tính theo quy tắc tỉnh 2026\.3 \([0-9a-f]{8}\)/);
  const rule = join(folder, "other.yaml");
  writeFileSync(rule, "version: thử\n");
  const other = await linkage("count", "--plan", "hue", "--rule", rule);
  expect(other.out).toMatch(/^Huế, 2026-Q3[\s\S]*Tính theo quy tắc thử \(/);
  expect((await commandLine("linkage")("count")).err).toMatch(
    /--plan, or in the configuration as linkage\.plan/,
  );
});

test("a snapshot is proposed by one person, confirmed by another, and verified", async () => {
  const linkage = commandLine("linkage");
  await fill(linkage);
  const propose = () => linkage("snapshot", "propose", "--plan", "ha-tinh", "--who", "htx-01");
  expect((await propose()).out).toMatch(
    /^snapshot 1, revision 1 of ha-tinh 2026-Q3: 2026-06-15 – 2026-09-14, made after .*\nsha256 [0-9a-f]{64}\n$/,
  );
  expect((await propose()).err).toMatch(/a correction after that day must say its reason/);
  expect((await linkage("snapshot", "confirm", "1", "--who", "htx-01")).err).toMatch(
    /another person must confirm/,
  );
  expect((await linkage("snapshot", "confirm", "1", "--who", "so-nn-07")).code).toBe(0);
  expect((await linkage("snapshot", "list")).out).toMatch(/^1 +ha-tinh +2026-Q3 +1 +htx-01 +so-nn-07 /m);
  expect((await linkage("verify", "1")).out).toMatch(/is what was reported/);
  expect((await linkage("verify", "2")).err).toMatch(/there is no snapshot 2/);
});

test("a snapshot is reported in every form, and is a draft until another person confirmed it", async () => {
  const linkage = commandLine("linkage");
  await fill(linkage);
  await linkage("snapshot", "propose", "--plan", "ha-tinh", "--who", "htx-01");
  const report = (file: string, ...more: string[]) =>
    linkage("report", "--snapshot", "1", "--out", join(folder, file), ...more);
  expect((await report("draft.html")).out).toMatch(/\(draft: nobody has confirmed the snapshot\)/);
  expect(readFileSync(join(folder, "draft.html"), "utf8")).toContain("DỰ THẢO");
  await linkage("snapshot", "confirm", "1", "--who", "so-nn-07");
  for (const file of ["r.docx", "r.xlsx", "r.csv", "r.html"])
    expect((await report(file, "--number", "15", "--date", "2026-09-14")).out).toMatch(/ {2}\d+ bytes\n$/);
  expect(readFileSync(join(folder, "r.html"), "utf8")).toContain("Hà Tĩnh, ngày 14 tháng 9 năm 2026");
  await report("models.csv", "--table", "models");
  expect(readFileSync(join(folder, "models.csv"), "utf8")).toContain("Liên kết lúa Cẩm Bình");
  expect((await report("r.pdf")).err).toMatch(/say --format docx, xlsx, csv, html/);
  expect((await report("x.csv", "--table", "farmers")).err).toMatch(/there is no table "farmers"/);
}, 120_000);

test("the register goes out and in as a workbook, too", async () => {
  const linkage = commandLine("linkage");
  await fill(linkage);
  const file = join(folder, "mo-hinh.xlsx");
  expect((await linkage("export", "model", file)).out).toBe(`${file}  1 rows\n`);
  expect((await linkage("import", "model", file, "--who", "can-bo-1")).out).toBe(
    "0 added, 0 changed, 1 unchanged\n",
  );
}, 120_000);

test("a list of units is checked row by row", async () => {
  const units = join(folder, "units.csv");
  writeFileSync(units, "level,code,name,province,valid_from\ncommune,1234,Xã A,42,2025-07-01\n");
  const { code, err } = await commandLine("linkage")("units", units);
  expect([code, err]).toEqual([1, expect.stringContaining(`${units}:2 code: must be 5 digits`)]);
});

test("a node in the field and its readings become a verdict, down to hours", async () => {
  const installation = createTestInstallation();
  onTestFinished(() => installation.remove());
  const server = await installation.start();
  const linkage: Run = (...words) => installation.run("linkage", ...words);
  await fill(linkage);
  await installation.run("place", "add", "parcel", "thua-1", "--name", "Thửa 1", "--model", "lua-1");
  const node = await connectNode(
    server,
    "soil-1",
    await addDevice(server, { id: "soil-1", latitude: 18.31, longitude: 105.91 }),
  );
  await installation.run("device", "move", "soil-1", "thua-1", "--from", "2026-06-01");
  const fromMs = Date.parse("2026-06-15T00:00:00+07:00");
  for (let day = 0; day < 92; day++) {
    const hours = Array.from({ length: 24 }, (_, hour) => fromMs + (day * 24 + hour) * 3_600_000);
    await node.send(hours.map((ts, hour) => ({ ts, values: { "soil.moisture": 20 + (hour % 5) } })));
  }
  await settled(server);
  await node.end();

  const verdict = await linkage("count", "--plan", "ha-tinh", "--period", "2026-Q3", "--model", "lua-1");
  expect(verdict.err).toBe("");
  expect(verdict.out).toMatch(/^soil-1 +có +92\/92 +2208\/2208 +inside +hoạt động 92\/92 ngày/m);
  // Nobody has used the data yet: all else is met.
  expect(verdict.out).toContain("Chưa tính: chỉ 0 tuần có người sử dụng dữ liệu (cần 3).");

  const rule = join(folder, "unused.yaml");
  writeFileSync(rule, "version: không xét sử dụng\nmodel:\n  useWeeks: 0\n");
  const all = await linkage("count", "--plan", "ha-tinh", "--period", "2026-Q3", "--rule", rule);
  expect(all.err).toBe("");
  expect(all.out).toMatch(
    /^11 +Mô hình gắn vùng nguyên liệu có số liệu thiết bị +1\/1 +100\.0 % +≥ 50 % +đạt/m,
  );
}, 400_000);
