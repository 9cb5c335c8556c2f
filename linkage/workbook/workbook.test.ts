import { describe, expect, test } from "vitest";
import writeExcelFile, { type Cell } from "write-excel-file/node";
import { exportWorkbook, importWorkbook } from "../registry/exchange.ts";
import { openRegister } from "../registry/open-register.ts";
import { recordKinds } from "../registry/record-kinds.ts";
import { edit, fullRegister, units } from "../registry/test-records.ts";

const header = ["id", "name", "type", "members", "commune_code", "commune_as_of", "valid_from"];
const sound: Cell[] = ["htx-a", "HTX A", "cooperative", 12, "18685", "2025-07-01", "2020-01-01"];

async function imported(rows: readonly (readonly Cell[])[]) {
  const register = openRegister(":memory:", units);
  const bytes = await writeExcelFile(rows.map((row) => [...row])).toBuffer();
  const report = await importWorkbook(register, "cooperative", bytes, edit);
  return { report, all: register.all("cooperative") };
}

test("what is exported as a workbook is imported as it was, of every kind", async () => {
  const from = fullRegister();
  const into = openRegister(":memory:", units);
  for (const kind of recordKinds) {
    const report = await importWorkbook(into, kind, await exportWorkbook(kind, from.all(kind)), edit);
    expect(report).toMatchObject({ ok: true, added: 1, problems: [] });
    expect(into.all(kind)).toEqual(from.all(kind));
  }
});

describe("a workbook that people filled in", () => {
  test("may have a title above the header, empty rows, and dates in four forms", async () => {
    const dates: Cell[] = [
      "2025-07-01",
      "01/07/2025",
      45_839,
      { value: new Date("2025-07-01T00:00:00Z"), format: "dd/mm/yyyy" },
    ];
    const { report, all } = await imported([
      ["DANH SÁCH HỢP TÁC XÃ", null],
      [null],
      header,
      ...dates.map((date, i) => [`htx-${i}`, ...sound.slice(1, 5), date, "2020-01-01"]),
      [null],
    ]);
    expect(report).toMatchObject({ ok: true, added: 4, problems: [] });
    expect(new Set(all.map(({ communeAsOf }) => communeAsOf))).toEqual(new Set(["2025-07-01"]));
  });

  test("is told its faults by the workbook's own rows", async () => {
    const { report, all } = await imported([
      ["Hợp tác xã"],
      header,
      sound,
      ["htx-b", "HTX B", "cooperative", "mười", "18685", "2025-07-01", "2020-01-01"],
      ["htx-c", "HTX C", "company", 1.5, "18685", "31/02/2025", "2020-01-01"],
    ]);
    expect(report.ok).toBe(false);
    expect(report.problems.map(({ line, column }) => [line, column])).toEqual([
      [4, "members"],
      [5, "type"],
      [5, "members"],
      [5, "commune_as_of"],
    ]);
    expect(all).toEqual([]);
  });

  test("whose codes became numbers is told which lost their zeros", async () => {
    const { report } = await imported([
      header,
      [...sound.slice(0, 4), 18_685, "2025-07-01", "2020-01-01"],
      ["htx-b", ...sound.slice(1, 4), 4, "2025-07-01", "2020-01-01"],
    ]);
    expect(report.problems[0]).toEqual({
      line: 3,
      column: "commune_code",
      message: {
        vi: expect.stringContaining("ghi đủ 5 chữ số"),
        en: expect.stringContaining("drops zeros in front: make the column text and write all 5 digits"),
      },
    });
    expect(report.problems.every(({ line }) => line === 3)).toBe(true);
  });

  test("with a merged header is told which column has no name", async () => {
    const { report } = await imported([
      ["id", { value: "name", columnSpan: 2 }, null, ...header.slice(3)],
      sound,
    ]);
    expect(report.problems).toEqual([
      {
        line: 1,
        column: null,
        message: {
          vi: expect.any(String),
          en: expect.stringContaining("column C has no name in the header"),
        },
      },
    ]);
  });

  test("with a failed formula is told where", async () => {
    const { report } = await imported([header, ["htx-a", "#REF!", ...sound.slice(2)]]);
    expect(report.problems).toMatchObject([{ line: 2, column: "name" }]);
  });
});

test("what is no workbook gets a clear answer", async () => {
  const register = openRegister(":memory:", units);
  const bytes = new TextEncoder().encode("id,name\n");
  expect(await importWorkbook(register, "cooperative", bytes, edit)).toMatchObject({
    ok: false,
    problems: [{ line: 1, message: { en: expect.stringContaining("save it as .xlsx") } }],
  });
});
