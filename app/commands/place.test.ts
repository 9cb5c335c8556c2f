import { expect, test } from "vitest";
import { commandLine } from "../testing/command-line.ts";

test("what grows at a place is told with its day, and stands there with all that was told before", async () => {
  const place = commandLine("place");
  await place("add", "parcel", "thua-1", "--name", "Thửa 1");
  expect((await place("grow", "thua-1")).out).toContain("canhdong place grow thua-1 --crop rice");
  await place(
    "grow",
    "thua-1",
    "--crop",
    "rice",
    "--variety",
    "ST25",
    "--sown",
    "2026-06-01",
    "--soil",
    "clay",
  );
  await place("grow", "thua-1", "--stage", "tillering", "--from", "2026-06-20");
  await place("grow", "thua-1", "--harvested", "2026-09-15");
  const { out } = await place("grow", "thua-1", "--altitude", "12");
  const lines = out
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/).join("|"));
  expect(lines).toEqual([
    "FROM|CROP|VARIETY|STAGE|SOIL|ROOTS m|ALTITUDE m",
    "2026-06-01|rice|ST25|-|clay|-|-",
    "2026-06-20|rice|ST25|tillering|clay|-|-",
    "2026-09-15|-|-|-|clay|-|-",
    "2026-11-22|-|-|-|clay|-|12",
  ]);
});

test.each([
  [["--sown", "2026-06-01"], "--crop says it"],
  [["--crop", "rice", "--sown", "2026-06-01", "--from", "2026-06-02"], "One day is needed"],
  [["--crop", "rice", "--harvested", "2026-06-01"], "leave --crop out"],
  [["--soil", "mud"], "there are: sand"],
  [["--crop", "Lúa"], "such as `rice`"],
])("%o is refused with what would be right", async (words, right) => {
  const place = commandLine("place");
  await place("add", "parcel", "thua-1", "--name", "Thửa 1");
  expect(await place("grow", "thua-1", ...words)).toMatchObject({
    code: 1,
    err: expect.stringContaining(right),
  });
});
