import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { soundHours } from "../../../linkage/evidence/recount.ts";

/** For tests: the hours in which nodes measured something, from an exported file, read as anybody would read it. */
export interface ExportedHours {
  /** Rows come sorted by device, quantity and time, as an export has them. */
  add(device: string, quantity: string, atMs: number, value: number): void;
  /** As of `soundHours`, of all quantities of each device together. */
  byDevice(): ReadonlyMap<string, Uint8Array>;
}

export function createExportedHours(): ExportedHours {
  const found = new Map<string, Uint8Array>();
  let series = { device: "", quantity: "" };
  let atMs: number[] = [];
  let values: number[] = [];

  function endSeries(): void {
    if (atMs.length === 0) return;
    const sound = soundHours({ atMs, value: values });
    const all = found.get(series.device) ?? new Uint8Array(sound.length);
    for (const [hour, is] of sound.entries()) all[hour]! |= is;
    found.set(series.device, all);
    atMs = [];
    values = [];
  }

  return {
    add(device, quantity, at, value) {
      if (device !== series.device || quantity !== series.quantity) {
        endSeries();
        series = { device, quantity };
      }
      atMs.push(at);
      values.push(value);
    },
    byDevice() {
      endSeries();
      return found;
    },
  };
}

/** Columns as of `ReadingStore.export`; no name of the simulation needs quotes. */
export async function hoursInCsv(file: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const hours = createExportedHours();
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [device, quantity, , measuredAt, , value] = line.split(",") as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    if (!isHeader) hours.add(device, quantity, Date.parse(measuredAt), Number(value));
    isHeader = false;
  }
  return hours.byDevice();
}
