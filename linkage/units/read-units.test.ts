import { expect, test } from "vitest";
import { readUnits } from "./read-units.ts";

const header = "level,code,name,province,valid_from,valid_to\n";

test("bad cells are told with line, column and what would be right", () => {
  const read = readUnits(`${header}commune,1234,Xã A,42,2025-07-01,\ncommune,01234,Làng B,42,1/7/2025,\n`);
  expect(read).toEqual({
    ok: false,
    problems: [
      { line: 2, column: "code", message: "must be 5 digits; a zero in front counts" },
      {
        line: 3,
        column: "name",
        message: "must begin with one of tỉnh, thành phố, xã, phường, thị trấn, đặc khu",
      },
      { line: 3, column: "valid_from", message: "must be a date, such as 2025-07-01" },
    ],
  });
});

test("a code that stands for two places on one day is refused", () => {
  const read = readUnits(`${header}commune,00001,Xã A,42,2020-01-01,\ncommune,00001,Xã B,42,2025-07-01,\n`);
  expect(read).toMatchObject({
    ok: false,
    problems: [{ line: 3, column: "code", message: 'code 00001 is already "Xã A" on 2025-07-01 (line 2)' }],
  });
});

test("a commune without its province is refused", () => {
  expect(readUnits(`${header}commune,00001,Xã A,,2025-07-01,\n`)).toMatchObject({
    problems: [{ line: 2, column: "province" }],
  });
});
