import { expect, test } from "vitest";
import { exportRecords, importRecords } from "./exchange.ts";
import { openRegister } from "./open-register.ts";
import { recordKinds } from "./record-kinds.ts";
import { edit, filledRegister, fullRegister, units } from "./test-records.ts";

test("what is exported is imported as it was, of every kind", () => {
  const from = fullRegister();
  const into = openRegister(":memory:", units);
  for (const kind of recordKinds) {
    const report = importRecords(into, kind, exportRecords(kind, from.all(kind)), edit);
    expect(report).toMatchObject({ ok: true, added: 1, problems: [] });
    expect(into.all(kind)).toEqual(from.all(kind));
  }
});

test("importing the same table again changes nothing", () => {
  const register = filledRegister();
  const csv = exportRecords("model", register.all("model"));
  expect(importRecords(register, "model", csv, edit)).toMatchObject({ ok: true, unchanged: 1, changed: 0 });
  expect(register.history("model", "lua-cam-binh")).toHaveLength(1);
});

test("one bad row keeps the whole table out, and every problem is told with line and column", () => {
  const register = openRegister(":memory:", units);
  const csv = [
    "id;name;type;members;commune_code;commune_as_of;valid_from",
    "htx-a;HTX A;cooperative;12;18685;2025-07-01;2020-01-01",
    "htx-b;HTX B;cooperative;mười;18685;2025-07-01;2020-01-01",
    "htx-c;HTX C;company;1,5;99999;2025-07-01;2020-01-01",
    "htx-a;HTX A;cooperative;;99999;2025-07-01;2020-01-01",
  ].join("\n");
  const report = importRecords(register, "cooperative", csv, edit);
  expect(report.ok).toBe(false);
  expect(report.problems.map(({ line, column }) => [line, column])).toEqual([
    [3, "members"],
    [4, "type"],
    [4, "members"],
    [5, "id"],
    [5, "commune_code"],
  ]);
  expect(register.all("cooperative")).toEqual([]);
  expect(register.changes(0)).toEqual([]);
});

test("a contract that is told by halves is refused at its columns", () => {
  const register = filledRegister();
  const csv =
    "id,name,form,sector,product,product_name,lead_type,lead_name,status,valid_from,contract_no\n" +
    "m,M,8,crops,lua,Lúa,enterprise,A,active,2025-01-01,HĐ 1\n";
  expect(importRecords(register, "model", csv, edit).problems).toMatchObject([
    { line: 2, column: "form", message: { en: expect.stringContaining("1 to 7") } },
    { line: 2, column: "contract_from" },
    { line: 2, column: "contract_to" },
  ]);
});

test("a planting-area code of an unknown shape is kept and pointed out", () => {
  const register = filledRegister();
  const [zone] = register.all("zone");
  const odd = { ...zone!, plantingCodes: [{ ...zone!.plantingCodes[0]!, code: "VN-42-X" }] };
  const report = importRecords(register, "zone", exportRecords("zone", [odd]), edit);
  expect(report).toMatchObject({ ok: true, changed: 1, warnings: [{ line: 2, column: "planting_codes" }] });
});

test("a cell that a spreadsheet would run is refused", () => {
  const csv =
    "id,name,type,commune_code,commune_as_of,valid_from\n" +
    "h,=1+1,cooperative,18685,2025-07-01,2020-01-01\n";
  expect(importRecords(filledRegister(), "cooperative", csv, edit).problems).toMatchObject([
    { column: "name" },
  ]);
});
