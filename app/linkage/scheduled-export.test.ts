import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startOfDateMs } from "../../calendar/index.ts";
import type { OpenFile } from "../http/linkage-office.ts";
import type { Log } from "../log.ts";
import { datasets } from "./open-data/index.ts";
import { createScheduledExport, manifestName } from "./scheduled-export.ts";

const hour = 3_600_000;
const day = startOfDateMs("2026-11-21");

/** A folder that does not exist yet, and an office whose files say how often they were asked for. */
function integration() {
  const parent = mkdtempSync(join(tmpdir(), "canhdong-export-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, "lgsp");
  const asked: string[] = [];
  const logged: string[] = [];
  let failure: Error | null = null;
  const note = (_: object, message: string) => void logged.push(message);
  const office = {
    async openFile({ dataset, format }: { dataset: string; format: "csv" | "json" }): Promise<OpenFile> {
      if (failure !== null) throw failure;
      asked.push(`${dataset}.${format}`);
      const bytes = new TextEncoder().encode(`${asked.length}`);
      return { name: `${dataset}.${format}`, type: "", bytes, rows: 1, sha256: "0".repeat(64) };
    },
  };
  const begin = () =>
    createScheduledExport(
      { folder, at: "02:30" },
      { office, log: { info: note, error: note } as unknown as Log },
    );
  return {
    folder,
    asked,
    logged,
    begin,
    fail: (error: Error | null) => {
      failure = error;
    },
    manifest: () => JSON.parse(readFileSync(join(folder, manifestName), "utf8")),
  };
}

const each = datasets.length * 2;

test("the tables are written once a day, at their time in Vietnam, with dictionary and manifest", async () => {
  const { folder, asked, begin, manifest } = integration();
  const exports = begin();
  const at = async (ms: number) => {
    exports.tick(ms);
    await exports.settled();
  };
  await at(day + 2 * hour);
  expect(asked).toEqual([]);
  await at(day + 2.5 * hour);
  await at(day + 3 * hour);
  expect(asked).toHaveLength(each);
  expect(readdirSync(folder).toSorted()).toEqual(
    [
      ...datasets.flatMap(({ name }) => [`${name}.csv`, `${name}.json`]),
      "dictionary.json",
      manifestName,
    ].toSorted(),
  );
  expect(manifest()).toMatchObject({ exportedOn: "2026-11-21", exportedAt: "2026-11-20T19:30:00.000Z" });
  expect(manifest().files).toHaveLength(each);
  await at(day + 27 * hour);
  expect(asked).toHaveLength(2 * each);
});

test("a server that starts again does not write twice, one that was down at the time writes when it is back", async () => {
  const { asked, begin } = integration();
  for (const ms of [day + 9 * hour, day + 10 * hour]) {
    const exports = begin();
    exports.tick(ms);
    await exports.settled();
  }
  expect(asked).toHaveLength(each);
});

test("what failed is logged and tried again in ten minutes; a damaged manifest is replaced", async () => {
  const { folder, asked, logged, begin, fail, manifest } = integration();
  const exports = begin();
  const at = async (ms: number) => {
    exports.tick(ms);
    await exports.settled();
  };
  fail(new Error("the disk is full"));
  await at(day + 3 * hour);
  fail(null);
  await at(day + 3 * hour + 60_000);
  expect([asked.length, logged.length]).toEqual([0, 1]);
  await at(day + 3 * hour + 600_000);
  expect(asked).toHaveLength(each);
  writeFileSync(join(folder, manifestName), "{");
  const next = begin();
  next.tick(day + 4 * hour);
  await next.settled();
  expect(manifest().exportedOn).toBe("2026-11-21");
});
