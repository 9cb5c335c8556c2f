import { expect, test } from "vitest";
import type { Figure, Row } from "../row.ts";
import type { RowResult } from "./results.ts";
import { resultTable } from "./table.ts";

const fast: Figure = { key: "a", what: "how much", unit: "/s", atLeast: 20_000, aim: 50_000, better: "more" };
const soon: Figure = { key: "b", what: "how soon", unit: "ms", atLeast: 15, aim: 6, better: "less" };
const none: Figure = { key: "c", what: "lost", unit: "", atLeast: 0, aim: 0, better: "less" };

function result(figures: readonly Figure[], measured: Record<string, number> | null): RowResult {
  const row: Row = { name: "row", figures, limitSeconds: () => 1, run: () => Promise.reject() };
  const outcome = measured && { measured, notes: [] };
  return { row, outcome, problem: measured ? null : "why", tookSeconds: 1 };
}

const cells = (text: string) =>
  text
    .split("\n")
    .slice(2)
    .map((line) => line.split(/ {2,}/));

test("each figure stands beside its target, and how it compares", () => {
  const measured = { a: 23_889.4, b: 5.314, c: 1 };
  expect(cells(resultTable([result([fast, soon, none], measured)]))).toEqual([
    ["row", "how much", "20,000 /s", "50,000 /s", "23,889 /s", "held"],
    ["row", "how soon", "15 ms", "6 ms", "5.31 ms", "aim"],
    ["row", "lost", "0", "0", "1", "MISSED"],
  ]);
});

test("a row that failed keeps its lines", () => {
  expect(cells(resultTable([result([soon], null)]))).toEqual([
    ["row", "how soon", "15 ms", "6 ms", "failed"],
  ]);
});
