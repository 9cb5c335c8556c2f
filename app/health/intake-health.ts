import type { IntakeUsage } from "../../ingest/intake/intake.ts";
import { type Check, degraded, ok } from "./check.ts";

/** An intake that brings nothing keeps no device's acknowledgement back: its far end holds what is not taken. */
export function intakeHealth(intake: { readonly name: string; usage(): IntakeUsage }): Check {
  const name = `intake ${intake.name}`;
  const label = { vi: `Nguồn ${intake.name}`, en: `Intake ${intake.name}` };
  const usage = intake.usage();
  const wrong = whatIsWrong(usage);
  if (wrong !== null) return degraded(name, label, wrong);
  const { accepted, unacknowledged } = usage;
  return ok(name, label, {
    vi: `${accepted} bản tin từ khi chạy, ${unacknowledged} đang ghi xuống đĩa`,
    en: `${accepted} uplinks since the start, ${unacknowledged} on their way to the disk`,
  });
}

function whatIsWrong({ trouble, connectedSinceMs, refusedFilters }: IntakeUsage): Check["says"] | null {
  if (trouble !== null) return { vi: trouble, en: trouble };
  if (connectedSinceMs === null) return { vi: "đang kết nối", en: "connecting" };
  if (refusedFilters.length === 0) return null;
  const refused = refusedFilters.map(({ filter, reason }) => `${filter}: ${reason}`).join("; ");
  return { vi: refused, en: refused };
}
