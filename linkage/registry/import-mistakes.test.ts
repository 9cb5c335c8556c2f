import { expect, test } from "vitest";
import writeExcelFile, { type Cell } from "write-excel-file/node";
import { readTable, writeTable } from "../../csv/index.ts";
import { exportRecords, type ImportReport, importRecords, importWorkbook } from "./exchange.ts";
import type { Register } from "./open-register.ts";
import { recordColumns } from "./record-columns.ts";
import { edit, filledRegister, model } from "./test-records.ts";

/*
 * A table of three hundred linkage models, as an office gathers it from its communes, in which people have made each kind of
 * mistake that a table allows.
 */

type Row = Readonly<Record<string, string>>;

const columns = recordColumns.model.map(({ name }) => name);
const sound: Row = {
  ...{ name: "Liên kết lúa", form: "4", sector: "crops", product: "lua", product_name: "Lúa" },
  ...{
    lead_type: "enterprise",
    lead_name: "Công ty Gạo",
    cooperatives: "htx-cam-binh",
    zones: "vung-lua-cam-binh",
  },
  ...{ contract_no: "05/HĐ", contract_from: "01/01/2025", contract_to: "31/12/2027" },
  ...{ status: "active", valid_from: "2025-01-01" },
};

interface Mistake {
  /** What somebody wrote instead. */
  readonly cells: Row;
  readonly column: string;
  readonly vi: string;
  readonly en: string;
}

const mistakes: readonly Mistake[] = [
  { cells: { id: "Lúa số 1" }, column: "id", vi: "ví dụ lua-cam-binh", en: "such as lua-cam-binh" },
  {
    cells: { id: "m-001" },
    column: "id",
    vi: '"m-001" đã có ở dòng 2',
    en: '"m-001" stands on line 2 already',
  },
  { cells: { name: "" }, column: "name", vi: "còn trống", en: "is empty" },
  {
    cells: { name: "Ông Tám 0912 345 678" },
    column: "name",
    vi: "số điện thoại",
    en: "telephone or identity",
  },
  { cells: { name: "=HYPERLINK(A1)" }, column: "name", vi: "công thức", en: "a spreadsheet would run it" },
  { cells: { form: "8" }, column: "form", vi: "phải từ 1 đến 7", en: "must be 1 to 7" },
  { cells: { form: "bốn" }, column: "form", vi: '"bốn" không phải là số', en: '"bốn" is no number' },
  {
    cells: { sector: "trồng trọt" },
    column: "sector",
    vi: "phải là một trong: crops",
    en: "must be one of crops",
  },
  { cells: { lead_type: "" }, column: "lead_type", vi: "còn trống", en: "is empty" },
  {
    cells: { lead_registration_no: "042091001234" },
    ...{ column: "lead_registration_no", vi: "số định danh của một người", en: "a person's identity number" },
  },
  {
    cells: { cooperatives: "htx-khac" },
    column: "cooperatives",
    vi: "sổ chưa có hợp tác xã",
    en: "there is no cooperative",
  },
  {
    cells: { zones: "vung-khac" },
    column: "zones",
    vi: "sổ chưa có vùng nguyên liệu",
    en: "there is no zone",
  },
  {
    cells: { households: "1.5" },
    column: "households",
    vi: "phải là số nguyên",
    en: "must be a whole number",
  },
  { cells: { area_ha: "0" }, column: "area_ha", vi: "phải lớn hơn 0", en: "must be above 0" },
  { cells: { contract_from: "" }, column: "contract_from", vi: "còn trống", en: "is empty" },
  { cells: { contract_to: "31/02/2027" }, column: "contract_to", vi: "phải là ngày", en: "must be a date" },
  {
    cells: { contract_to: "01/01/2024" },
    ...{
      column: "contract_to",
      vi: "không được trước contract_from",
      en: "must not be before contract_from",
    },
  },
  {
    cells: { certificates: "VietGAP|sang năm" },
    ...{
      column: "certificates",
      vi: "mục thứ 1, validTo: phải là ngày",
      en: "item 1, validTo: must be a date",
    },
  },
  {
    cells: { proofs: "e-diary|app|2026-01-01|2026-12-31; blockchain|x|2026-01-01|2026-12-31" },
    ...{ column: "proofs", vi: "mục thứ 2, kind: phải là một trong", en: "item 2, kind: must be one of" },
  },
  {
    cells: { proofs: "e-diary|app|2026-01-01|2026-12-31|đạt" },
    ...{ column: "proofs", vi: "phải là kind|reference|from|to", en: "it is kind|reference|from|to" },
  },
  {
    cells: { status: "đang chạy" },
    column: "status",
    vi: "draft, active",
    en: "must be one of draft, active",
  },
  {
    cells: { valid_to: "2024-12-31" },
    column: "valid_to",
    vi: "không được trước valid_from",
    en: "must not be before",
  },
  {
    cells: { reported_by: "htx-01", confirmed_by: "htx-01" },
    ...{ column: "confirmed_by", vi: "phải là người khác", en: "must be another person" },
  },
];

/** Each mistake on a row of its own, the seventh of every ten. */
const rows: readonly Row[] = Array.from({ length: 300 }, (_, i) => ({
  id: `m-${String(i + 1).padStart(3, "0")}`,
  ...sound,
  ...(i % 10 === 6 && mistakes[Math.floor(i / 10)]?.cells),
}));
/** The header is line 1. */
const lineOf = (mistake: number) => mistake * 10 + 6 + 2;

function expectEveryMistake({ ok, problems }: ImportReport): void {
  expect(ok).toBe(false);
  expect(problems.map(({ line, column }) => [line, column])).toEqual(
    mistakes.map(({ column }, i) => [lineOf(i), column]),
  );
  for (const [i, { vi, en }] of mistakes.entries()) {
    expect(problems[i]!.message.vi).toContain(vi);
    expect(problems[i]!.message.en).toContain(en);
  }
}

function without(register: Register): void {
  expect(register.all("model").map(({ id }) => id)).toEqual([model.id]);
}

test("of a CSV each mistake is told with line, column, what it is and what would be right, in both languages", () => {
  const register = filledRegister();
  expectEveryMistake(importRecords(register, "model", writeTable(columns, rows), edit));
  without(register);
});

test("of a workbook, too", async () => {
  const register = filledRegister();
  const cells = rows.map((row) =>
    columns.map((column): Cell => ({ value: row[column] ?? "", type: String })),
  );
  const bytes = await writeExcelFile([columns.map((value): Cell => ({ value })), ...cells]).toBuffer();
  expectEveryMistake(await importWorkbook(register, "model", new Uint8Array(bytes), edit));
  without(register);
});

test("with the mistakes mended all three hundred go in", () => {
  const register = filledRegister();
  const mended = rows.map((row, i) => ({ ...row, ...sound, ...blank(row), id: `m-${i}` }));
  expect(importRecords(register, "model", writeTable(columns, mended), edit)).toMatchObject({
    ok: true,
    added: 300,
  });
});

/** Cells that a sound row leaves empty. */
function blank(row: Row): Row {
  return Object.fromEntries(
    Object.keys(row)
      .filter((column) => !(column in sound))
      .map((column) => [column, ""]),
  );
}

test("a column that must be there is missed once, in the header, and not in every row", () => {
  const bare = columns.filter((column) => column !== "lead_name" && column !== "status");
  const report = importRecords(filledRegister(), "model", writeTable(bare, rows), edit);
  expect(report.problems.map(({ line, column, message }) => [line, column, message.vi])).toEqual([
    [1, "lead_name", "thiếu cột này, phải có"],
    [1, "status", "thiếu cột này, phải có"],
  ]);
});

/**
 * Every field of a linkage model's record as the programme's papers ask for it, the column in which it is exchanged, and what is
 * refused there. A field that holds several things stands in a table of its own, which the model names by id.
 */
const fields = [
  ["name", "model", "name", "x".repeat(201), "at most 200 characters"],
  ["linkageForm", "model", "form", "0", "must be 1 to 7"],
  ["sector", "model", "sector", "fishing", "must be one of crops, livestock, aquaculture, forestry, salt"],
  ["product.code", "model", "product", "Lúa", "must be 1 to 64"],
  ["product.name", "model", "product_name", "@lua", "must not begin with"],
  ["product.isKeyProductOf", "key-product", "unit_code", "418", "two digits of a province or the five"],
  [
    "leadParty.type",
    "model",
    "lead_type",
    "farmer",
    "must be one of enterprise, cooperative, cooperative-union",
  ],
  ["leadParty.name", "model", "lead_name", "Bà Hoa 0912345678", "personal data stays out"],
  ["leadParty.taxCode", "model", "lead_registration_no", "30/*", "must be letters, digits"],
  ["cooperatives", "model", "cooperatives", "htx-khac", "there is no cooperative"],
  ["cooperatives.name", "cooperative", "name", "+84", "must not begin with"],
  ["cooperatives.regNo", "cooperative", "registration_no", "042091001234", "a person's identity number"],
  ["cooperatives.members", "cooperative", "members", "-1", "must not be below 0"],
  ["households", "model", "households", "2.5", "must be a whole number"],
  ["areaHa", "model", "area_ha", "2000000", "must not be above 1,000,000 ha"],
  ["headcount", "model", "heads", "-5", "must not be below 0"],
  ["pondHa", "model", "pond_ha", "0", "must be above 0"],
  ["zones.zoneId", "model", "zones", "vung-khac", "there is no zone"],
  ["zones.areaHa", "zone", "area_ha", "-1", "must be above 0"],
  ["zones.geometry", "zone", "geometry", '{"type":"Point","coordinates":[105.9,18.3]}', "must be GeoJSON"],
  ["zones.communeCode", "zone", "commune_code", "99999", "there was no commune 99999"],
  ["zones.communeCode asOf", "zone", "commune_as_of", "hôm nay", "must be a date"],
  ["zones.pucCodes", "zone", "planting_codes", "VN-42|ours|active", "kind: must be one of domestic, export"],
  ["contract.no", "model", "contract_no", "=A1", "must not begin with"],
  ["contract.date", "model", "contract_date", "31/02/2025", "must be a date"],
  ["contract.from", "model", "contract_from", "2025", "must be a date"],
  ["contract.to", "model", "contract_to", "2020-01-01", "must not be before contract_from"],
  ["contract.volume", "model", "contract_volume", "gọi 0912345678", "personal data stays out"],
  ["contract.file", "model", "contract_file", "=cmd", "must not begin with"],
  ["projectDecision.no", "model", "decision_no", "=1", "must not begin with"],
  ["projectDecision.date", "model", "decision_date", "1/13/2025", "must be a date"],
  ["projectDecision.issuer", "model", "decision_issuer", "@UBND", "must not begin with"],
  ["certificates", "model", "certificates", "VietGAP|2027-13-01", "item 1, validTo: must be a date"],
  ["status", "model", "status", "open", "must be one of draft, active, suspended, ended"],
  ["validFrom", "model", "valid_from", "soon", "must be a date"],
  ["validTo", "model", "valid_to", "1999-01-01", "must not be before valid_from"],
  ["evidence", "model", "proofs", "iot|x|2026-01-01|2026-12-31", "kind: must be one of traceability"],
  ["reportedBy", "model", "reported_by", "Ông Tám", "must be 1 to 64"],
  ["confirmedBy", "model", "confirmed_by", "Bà Hoa", "must be 1 to 64"],
] as const;

test.each(fields)("%s is %s.%s, which takes no other thing", (_, kind, column, wrong, told) => {
  const register = filledRegister();
  const others = { decision_no: "1/QĐ", decision_date: "2024-01-15", decision_issuer: "UBND xã" };
  const [record] = register.all(kind);
  const names = recordColumns[kind].map(({ name }) => name);
  const sheet = readTable(exportRecords(kind, [record as never]), { columns: names, required: ["id"] });
  const { cells } = sheet.rows[0]!;
  const asked = kind === "model" ? { ...cells, ...others } : cells;
  const report = importRecords(register, kind, writeTable(names, [{ ...asked, [column]: wrong }]), edit);
  expect(report.problems).toEqual([
    { line: 2, column, message: { vi: expect.any(String), en: expect.stringContaining(told) } },
  ]);
  expect(report.problems[0]!.message.vi).not.toBe(report.problems[0]!.message.en);
});
