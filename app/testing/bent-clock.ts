import { readFileSync } from "node:fs";

/**
 * Loaded before the program (`--import`, which threads inherit): its clock is off by the milliseconds that stand in a file.
 * Timers and monotonic clocks go on, as on a machine whose clock somebody sets.
 */
const file = process.env.CANHDONG_BENT_CLOCK;
if (file === undefined) throw new Error("CANHDONG_BENT_CLOCK must name the file in which the offset stands");

const RealDate = Date;
const now = () => RealDate.now() + Number(readFileSync(file, "utf8"));

globalThis.Date = class extends RealDate {
  constructor(...when: ConstructorParameters<DateConstructor> | []) {
    super(...((when.length === 0 ? [now()] : when) as ConstructorParameters<DateConstructor>));
  }
  static override now(): number {
    return now();
  }
} as DateConstructor;
