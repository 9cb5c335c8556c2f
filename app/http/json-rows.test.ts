import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { z } from "zod";
import { jsonRows } from "./json-rows.ts";

const Row = z.object({ at: z.number() });

test.each([0, 1, 1000, 1001, 2500])("%i rows are valid JSON, in order", async (count) => {
  const rows = Array.from({ length: count }, (_, at) => ({ at }));
  const answer = await text(jsonRows({ unit: "%" }, "rows", Row, rows));
  expect(JSON.parse(answer)).toEqual({ unit: "%", rows });
});

test("what the schema does not name does not go out", async () => {
  const answer = await text(jsonRows({}, "rows", Row, [{ at: 1, secret: "x" } as { at: number }]));
  expect(answer).not.toContain("secret");
});
