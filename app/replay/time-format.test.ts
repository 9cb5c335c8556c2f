import { expect, test } from "vitest";
import { formatProblem, timeReader, zoneProblem } from "./time-format.ts";

const read = (format: string, zone: string, text: string, shiftYears = 0) =>
  timeReader({ format, zone, shiftYears })(text);

test.each<[format: string, zone: string, text: string, iso: string]>([
  ["iso", "UTC", "2012-01-01 00:15:00", "2012-01-01T00:15:00.000Z"],
  ["iso", "-05:00", "2012-01-01 00:15:00", "2012-01-01T05:15:00.000Z"],
  ["iso", "UTC", "2018-05-24 15:01", "2018-05-24T15:01:00.000Z"],
  ["iso", "UTC", "2018-05-24", "2018-05-24T00:00:00.000Z"],
  ["iso", "UTC", "2018-05-24T15:01:02.5+07:00", "2018-05-24T08:01:02.500Z"],
  ["iso", "+07:00", "2018-05-24T15:01:02Z", "2018-05-24T15:01:02.000Z"],
  ["%m/%d/%Y %H:%M", "-05:00", "7/2/2021 0:15", "2021-07-02T05:15:00.000Z"],
  ["%m/%d/%y %H:%M:%S", "-04:00", "01/28/16 11:25:04", "2016-01-28T15:25:04.000Z"],
  ["%y/%m/%d %H:%M:%S", "UTC", "18/05/24 15:01:00", "2018-05-24T15:01:00.000Z"],
  ["%m/%d/%y %I:%M:%S %p", "UTC", "01/28/16 12:05:04 AM", "2016-01-28T00:05:04.000Z"],
  ["%m/%d/%y %I:%M:%S %p", "UTC", "01/28/16 12:05:04 PM", "2016-01-28T12:05:04.000Z"],
  ["%m/%d/%y %I:%M %p", "UTC", "1/28/99   1:05 pm", "1999-01-28T13:05:00.000Z"],
  ["%Y-%m-%d %H", "UTC", "2022-11-15 7", "2022-11-15T07:00:00.000Z"],
  ["%d.%m.%Y", "Asia/Ho_Chi_Minh", "15.11.2022", "2022-11-14T17:00:00.000Z"],
  ["iso", "America/New_York", "2021-01-01 00:00", "2021-01-01T05:00:00.000Z"],
  ["iso", "America/New_York", "2021-07-01 00:00", "2021-07-01T04:00:00.000Z"],
  ["unix", "UTC", "1576250220", "2019-12-13T15:17:00.000Z"],
  ["unix-ms", "UTC", "1576250220123", "2019-12-13T15:17:00.123Z"],
])("%s in %s reads %s", (format, zone, text, iso) => {
  expect(new Date(read(format, zone, text)!).toISOString()).toBe(iso);
});

test.each([
  ["iso", ""],
  ["iso", "NA"],
  ["iso", "2021-02-29 00:00:00"],
  ["iso", "2021-01-01 24:00:00"],
  ["%m/%d/%Y %H:%M", "13/01/2021 0:00"],
  ["%m/%d/%Y %H:%M", "1/1/2021 0:00:00"],
  ["%m/%d/%y %I:%M %p", "1/1/21 13:00 PM"],
  ["unix", "tomorrow"],
])("%s does not read %j", (format, text) => {
  expect(read(format, "UTC", text)).toBeNull();
});

test("years are added on the calendar: midnight stays midnight, 29 February stays", () => {
  expect(read("iso", "-05:00", "2012-02-29 00:00", 8)).toBe(Date.UTC(2020, 1, 29, 5));
  expect(read("unix", "UTC", String(Date.UTC(2012, 1, 29) / 1000), 8)).toBe(Date.UTC(2020, 1, 29));
});

test("every quarter of an hour of a leap year in a zone without daylight saving is 15 minutes after the other", () => {
  const parse = timeReader({ format: "%Y-%m-%d %H:%M", zone: "Asia/Ho_Chi_Minh", shiftYears: 0 });
  for (let ms = Date.UTC(2020, 0, 1); ms < Date.UTC(2020, 2, 5); ms += 900_000) {
    expect(parse(new Date(ms).toISOString().slice(0, 16).replace("T", " "))).toBe(ms - 7 * 3_600_000);
  }
});

test("a wrong format or zone is told with what would be right", () => {
  expect(formatProblem("%m/%d/%Y")).toBeNull();
  expect(formatProblem("%Q")).toMatch(/%Q is not known; right are %Y/);
  expect(formatProblem("%H:%M")).toMatch(/year, month and day/);
  expect(formatProblem("%Y-%m-%d %d")).toMatch(/once/);
  expect(zoneProblem("+07:00")).toBeNull();
  expect(zoneProblem("Mars/Olympus")).toMatch(/no time zone/);
  expect(zoneProblem("+25:00")).toMatch(/no time zone/);
});
