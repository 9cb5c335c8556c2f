import { dayMs, dayStartMs, hourMs } from "../../calendar/index.ts";
import type { Severity } from "../rules/index.ts";
import type { TellingPolicy } from "./telling-policy.ts";
import { quietEndMs } from "./time-of-day.ts";

/**
 * When somebody may get another message; `nowMs` when at once. Who has had enough for an hour hears the rest when the hour is
 * over; who has had enough for a day, the next morning.
 *
 * @param sentAtMs when they got their last ones: of what is critical, or of the rest
 */
export function nextTurnMs(
  { limits, quietHours }: Pick<TellingPolicy, "limits" | "quietHours">,
  severity: Severity,
  sentAtMs: readonly number[],
  nowMs: number,
): number {
  const lastHour = sentAtMs.filter((ms) => ms > nowMs - hourMs).sort((one, other) => one - other);
  const perHour = severity === "critical" ? limits.criticalPerHour : limits.perHour;
  const hourEndMs = lastHour.length < perHour ? nowMs : lastHour[lastHour.length - perHour]! + hourMs;
  if (severity === "critical") return hourEndMs;
  const midnightMs = dayStartMs(nowMs);
  if (sentAtMs.filter((ms) => ms >= midnightMs).length < limits.perDay) return hourEndMs;
  return quietEndMs(quietHours, midnightMs + dayMs);
}
