import { expect, test } from "vitest";
import { readTable } from "./read-table.ts";
import { writeTable } from "./write-table.ts";

const shape = { columns: ["id", "name", "area_ha"], required: ["id"] };

test("what is written is read again, with quotes, separators and Vietnamese letters", () => {
  const rows = [
    { id: "a", name: 'Lúa "ST25", vụ 1; vụ 2' },
    { id: "b", area_ha: "1.5" },
  ];
  const read = readTable(writeTable(shape.columns, rows), shape);
  expect(read.problems).toEqual([]);
  expect(read.rows.map(({ cells }) => cells)).toEqual(rows);
});

test("a table of Vietnamese Excel has semicolons and decimal commas", () => {
  const read = readTable("\uFEFFid;area_ha\r\na;1,5\r\n;\r\n", shape);
  expect(read).toMatchObject({
    decimalComma: true,
    problems: [],
    rows: [{ line: 2, cells: { id: "a", area_ha: "1,5" } }],
  });
});

test("decomposed letters are composed, so that a phone's text equals a computer's", () => {
  const read = readTable(`id,name\na,${"Hòa".normalize("NFD")}\n`, shape);
  expect(read.rows[0]?.cells.name).toBe("Hòa".normalize("NFC"));
});

test("every problem of the header is told at once", () => {
  const told = readTable("name,colour,name\n", shape).problems.map(({ line, column, message }) => [
    ...[line, column, message.en],
  ]);
  expect(told).toEqual([
    [1, null, 'unknown column "colour"; known are id, name, area_ha'],
    [1, "name", "the column is there twice: leave one out"],
    [1, "id", "the column is missing, and must be there"],
  ]);
});

test("an empty table, a row that is too long and an open quote are told with their lines", () => {
  expect(readTable("", shape).problems[0]?.message.en).toMatch(/^the table is empty/);
  expect(readTable("id,name\na,b,c\n", shape).problems).toMatchObject([
    { line: 2, column: null, message: { en: expect.stringMatching(/^has 3 cells, the header 2/) } },
  ]);
  expect(readTable('id,name\na,b\nc,"d\n', shape).problems).toHaveLength(1);
});
