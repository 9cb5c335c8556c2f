import { describe, expect, test } from "vitest";
import { aggregate, column, is, isChosen, reference, select } from "./select.ts";

describe("a question", () => {
  test("is bounded by the time of the board, and so is the one inside it", () => {
    const inner = { columns: [aggregate("last", "a")], from: "m", by: ["device"] };
    expect(select({ columns: [aggregate("sum", "a")], from: inner, where: [`${column("a")} > 0`] })).toBe(
      'SELECT sum("a") AS "a" FROM (SELECT last("a") AS "a" FROM "m" WHERE $timeFilter GROUP BY "device") WHERE $timeFilter AND "a" > 0',
    );
  });

  test("leaves gaps as gaps, in buckets that the panel can draw", () => {
    expect(
      select({ columns: [aggregate("mean", "a")], from: "m", by: ["device"], every: "interval" }),
    ).toMatch(/ GROUP BY time\(\$__interval\), "device" fill\(none\)$/);
  });

  test("counts days as they are in Viet Nam", () => {
    expect(select({ columns: [aggregate("sum", "a")], from: "m", every: "day" })).toMatch(
      / GROUP BY time\(1d\) fill\(none\) tz\('Asia\/Ho_Chi_Minh'\)$/,
    );
  });

  test("escapes names and values", () => {
    expect(select({ columns: [column('a"b')], from: 'm"' })).toContain('SELECT "a\\"b" FROM "m\\""');
    expect(is("place", "O'Môn")).toBe(`"place" = 'O\\'Môn'`);
  });

  test("asks for what was chosen by a regular expression that Grafana escapes", () => {
    expect(isChosen("commune", "commune")).toBe(`"commune" =~ /^${reference("commune", "regex")}$/`);
  });
});
