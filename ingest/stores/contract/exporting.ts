import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { everyMinute, reading, span, start } from "./readings.ts";
import type { StoreInTime } from "./store-in-time.ts";

/** Files for people and other programs, and what all of it weighs. */
export function exportingContract(subject: StoreInTime): void {
  const { stages } = subject;

  test("an export holds each reading once, sorted, with its unit and RFC 3339 times", async () => {
    const folder = await mkdtemp(join(tmpdir(), "canhdong-export-"));
    await subject.store.write(
      [
        reading({ device: "node-2", value: 0.5, measuredAtMs: start + 60_007 }),
        reading({ quantity: "unheard.of", value: 1e21 }),
        reading({ value: 1 }),
        reading({ value: 31.25 }),
        reading({ quantity: "air.temperature", value: -0.1, measuredAtMs: start + 1 }),
      ],
      1,
    );
    for (const [stage, pass] of stages) {
      await pass();
      const file = join(folder, `${stage}.csv`);
      expect(await subject.store.export({ ...span, format: "csv", file })).toBe(4);
      expect((await readFile(file, "utf8")).trimEnd().split("\n")).toEqual([
        "device,quantity,unit,measured_at,received_at,value",
        "node-1,air.temperature,Cel,2026-11-20T00:00:00.001Z,2026-11-20T00:00:02.001Z,-0.1",
        "node-1,soil.moisture,%,2026-11-20T00:00:00.000Z,2026-11-20T00:00:02.000Z,31.25",
        "node-1,unheard.of,,2026-11-20T00:00:00.000Z,2026-11-20T00:00:02.000Z,1e+21",
        "node-2,soil.moisture,%,2026-11-20T00:01:00.007Z,2026-11-20T00:01:02.007Z,0.5",
      ]);
      const part = { ...span, devices: ["node-1"], quantities: ["soil.moisture"] };
      expect(await subject.store.export({ ...part, format: "parquet", file: `${file}.parquet` })).toBe(1);
      expect((await readFile(`${file}.parquet`)).subarray(0, 4).toString()).toBe("PAR1");
    }
    await rm(folder, { recursive: true });
  });

  test("an export of nothing is a file with its heading", async () => {
    const folder = await mkdtemp(join(tmpdir(), "canhdong-export-"));
    const file = join(folder, "nothing.csv");
    expect(await subject.store.export({ ...span, format: "csv", file })).toBe(0);
    expect(await readFile(file, "utf8")).toBe("device,quantity,unit,measured_at,received_at,value\n");
    await rm(folder, { recursive: true });
  });

  test("usage tells of the readings", async () => {
    await subject.store.write(everyMinute(500), 1);
    for (const [, pass] of stages) {
      await pass();
      const { bytes, readings } = await subject.store.usage();
      expect(readings).toBe(500);
      expect(bytes).toBeGreaterThan(0);
    }
  });
}
