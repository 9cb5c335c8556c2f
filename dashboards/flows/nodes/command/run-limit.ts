/** What keeps a machine from harm, whatever a flow or a broken probe asks for. Minutes. */
export interface RunLimit {
  /** The longest single run. */
  readonly maxRunMin: number;
  /** From the end of a run to the next begin. */
  readonly minRestMin: number;
  /** Together within any 24 hours. */
  readonly maxDayMin: number;
  /** After somebody else has commanded the device, the flow keeps its hands off for so long. */
  readonly handsOffMin: number;
}

export interface Run {
  /** Id of its command. */
  readonly id: string;
  readonly startMs: number;
  readonly minutes: number;
}

export interface RunMemory {
  readonly runs: readonly Run[];
  readonly handsOffUntilMs: number;
}

/** Why a command is not sent: a closed set. */
export type RunRefusal = "by-hand" | "no-minutes" | "too-long" | "resting" | "day-full";

export type Verdict =
  | { readonly allowed: true; readonly memory: RunMemory }
  | { readonly allowed: false; readonly because: RunRefusal; readonly untilMs: number | null };

export const nothingRun: RunMemory = { runs: [], handsOffUntilMs: 0 };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * Judges a run of so many minutes, which ends by itself at the device: when Node-RED, the platform or the radio fails in the
 * middle of it, the pump stops all the same.
 */
export function judgeRun(limit: RunLimit, memory: RunMemory, run: AskedRun): Verdict {
  const { startMs, minutes } = run;
  if (startMs < memory.handsOffUntilMs) return refuse("by-hand", memory.handsOffUntilMs);
  if (minutes === undefined || !(minutes > 0)) return refuse("no-minutes");
  if (minutes > limit.maxRunMin) return refuse("too-long");
  const runs = runsWithinADay(memory, startMs);
  const restedMs = Math.max(0, ...runs.map((each) => endMs(each) + limit.minRestMin * minuteMs));
  if (startMs < restedMs) return refuse("resting", restedMs);
  const spentMin = runs.reduce((sum, each) => sum + each.minutes, 0);
  if (spentMin + minutes > limit.maxDayMin)
    return refuse("day-full", runs[0] ? runs[0].startMs + dayMs : null);
  return { allowed: true, memory: withRun(memory, run) };
}

/** A run as it is asked for; `minutes` is undefined when the command does not say how long. */
export type AskedRun = Omit<Run, "minutes"> & { readonly minutes: number | undefined };

/** Another flow has commanded the device: its run counts like one of ours. */
export function withRun(memory: RunMemory, { id, startMs, minutes }: AskedRun): RunMemory {
  const runs = runsWithinADay(memory, startMs);
  return minutes === undefined ? memory : { ...memory, runs: [...runs, { id, startMs, minutes }] };
}

/** Somebody has commanded the device by hand. */
export function withHandsOff(limit: RunLimit, memory: RunMemory, run: AskedRun): RunMemory {
  return { ...withRun(memory, run), handsOffUntilMs: run.startMs + limit.handsOffMin * minuteMs };
}

const endMs = ({ startMs, minutes }: Run) => startMs + minutes * minuteMs;

const runsWithinADay = ({ runs }: RunMemory, nowMs: number) =>
  runs.filter(({ startMs }) => startMs > nowMs - dayMs);

function refuse(because: RunRefusal, untilMs: number | null = null): Verdict {
  return { allowed: false, because, untilMs };
}

/** The running time that a command asks for: its argument `minutes`. */
export function minutesOf(args: unknown): number | undefined {
  const { minutes } = (args ?? {}) as { minutes?: unknown };
  return typeof minutes === "number" && Number.isFinite(minutes) ? minutes : undefined;
}
