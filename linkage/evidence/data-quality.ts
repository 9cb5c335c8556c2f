import type { EvidenceCount } from "./count-evidence.ts";
import type { DeviceVerdict } from "./judge-device.ts";

/** How good the evidence of a count is, over all devices that stood at a model. */
export interface DataQuality {
  readonly models: number;
  readonly modelsWithDevice: number;
  readonly devices: number;
  readonly devicesCounting: number;
  readonly validHours: number;
  readonly expectedHours: number;
  /** Hours whose readings did not move and were left out. */
  readonly flatHours: number;
  readonly unconfirmedPosition: number;
  /** Devices whose calibration ran out before the period was over. */
  readonly calibrationOverdue: number;
  /** What was declared force majeure, with how many models it excused on how many days. */
  readonly excused: readonly { readonly name: string; readonly days: number; readonly models: number }[];
}

export function dataQuality({ verdicts }: Pick<EvidenceCount, "verdicts">): DataQuality {
  const devices = verdicts.flatMap((verdict) => verdict.devices);
  const sum = (of: (device: DeviceVerdict) => number) => devices.reduce((all, one) => all + of(one), 0);
  const excuses = verdicts.flatMap(({ model, excused }) => excused.map((day) => ({ model, ...day })));
  return {
    models: verdicts.length,
    modelsWithDevice: verdicts.filter((verdict) => verdict.devices.length > 0).length,
    devices: devices.length,
    devicesCounting: devices.filter(({ counts }) => counts).length,
    validHours: sum(({ validHours }) => validHours),
    expectedHours: sum(({ expectedHours }) => expectedHours),
    flatHours: sum(({ flatHours }) => flatHours),
    unconfirmedPosition: devices.filter(({ position }) => position === "unconfirmed").length,
    calibrationOverdue: devices.filter(({ uncalibratedDays = 0 }) => uncalibratedDays > 0).length,
    excused: [...Map.groupBy(excuses, ({ name }) => name)].map(([name, of]) => ({
      name,
      days: new Set(of.map(({ date }) => date)).size,
      models: new Set(of.map(({ model }) => model)).size,
    })),
  };
}
