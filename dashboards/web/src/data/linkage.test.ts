import { expect, test } from "vitest";
import { createApi } from "./api.ts";
import { dayText, hoursSet, linkage, startOfDay, weekdayOf } from "./linkage.ts";

test("days are days of Viet Nam, weeks begin on Monday", () => {
  expect(new Date(startOfDay("2026-06-15")).toISOString()).toBe("2026-06-14T17:00:00.000Z");
  expect(["2026-06-15", "2026-06-21"].map(weekdayOf)).toEqual([0, 6]);
  expect(dayText("2026-06-15")).toBe("15/06/2026");
  expect([0, 0b101, 0xff_ff_ff].map(hoursSet)).toEqual([0, 2, 24]);
});

/** A server that notes what it is asked and answers with this. */
function asking(answer: object) {
  const asked: string[] = [];
  const api = createApi(
    async (path, init) => {
      asked.push(`${init?.method ?? "GET"} ${String(path)} ${String(init?.body ?? "")}`.trim());
      return Response.json(answer);
    },
    () => {},
  );
  return { api, asked };
}

const { signal } = new AbortController();

test("what is not chosen is left to the server", async () => {
  const { api, asked } = asking({ models: [] });
  await linkage.models(api, { plan: null, period: null }, signal);
  await linkage.models(api, { plan: "ha-tinh", period: "2026-Q3" }, signal);
  expect(asked).toEqual([
    "GET /api/v1/linkage/models",
    "GET /api/v1/linkage/models?plan=ha-tinh&period=2026-Q3",
  ]);
});

test("a reason goes along only where one was given", async () => {
  const { api, asked } = asking({});
  await linkage.propose(api, "ha-tinh", "2026-Q3", " ");
  await linkage.propose(api, "ha-tinh", "2026-Q3", "sai diện tích");
  expect(asked).toEqual([
    'POST /api/v1/linkage/snapshots {"plan":"ha-tinh","period":"2026-Q3"}',
    'POST /api/v1/linkage/snapshots {"plan":"ha-tinh","period":"2026-Q3","reason":"sai diện tích"}',
  ]);
});

test("the readings of a day come in order of time, from midnight to midnight", async () => {
  const reading = (measuredAtMs: number) => ({ quantity: "soil.moisture", measuredAtMs, value: 1 });
  const { api, asked } = asking({ readings: [reading(2), reading(1)] });
  const { body } = await linkage.readingsOf(api, "soil-1", "2026-06-15", signal);
  expect(body.map(({ measuredAtMs }) => measuredAtMs)).toEqual([1, 2]);
  expect(asked[0]).toContain(`fromMs=${startOfDay("2026-06-15")}&toMs=${startOfDay("2026-06-16")}`);
});
