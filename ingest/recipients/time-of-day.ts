import { dayMs, dayStartMs } from "../../calendar/index.ts";

export interface Hours {
  /** `22:00`, Viet Nam's time. */
  readonly from: string;
  readonly to: string;
}

/** Milliseconds since midnight. */
function sinceMidnightMs(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours! * 60 + minutes!) * 60_000;
}

/** The next time, from now on, at which the clock shows this. */
export function nextTimeMs(time: string, nowMs: number): number {
  const todayMs = dayStartMs(nowMs) + sinceMidnightMs(time);
  return todayMs >= nowMs ? todayMs : todayMs + dayMs;
}

/** The end of the quiet hours that hold now; `nowMs` when none do. They may go over midnight. */
export function quietEndMs(quiet: Hours | null, nowMs: number): number {
  if (quiet === null || quiet.from === quiet.to) return nowMs;
  const atMs = nowMs - dayStartMs(nowMs);
  const [fromMs, toMs] = [sinceMidnightMs(quiet.from), sinceMidnightMs(quiet.to)];
  const isQuiet = fromMs < toMs ? atMs >= fromMs && atMs < toMs : atMs >= fromMs || atMs < toMs;
  return isQuiet ? nextTimeMs(quiet.to, nowMs) : nowMs;
}
