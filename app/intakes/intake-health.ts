import type { IntakeUsage } from "../../ingest/intake/intake.ts";
import type { Health } from "../http/shapes.ts";

type Check = Health["checks"][number];

/** An intake that brings nothing keeps no device's acknowledgement back: its far end holds what is not taken. */
export function intakeHealth(intakes: readonly { readonly name: string; usage(): IntakeUsage }[]): Check[] {
  return intakes.map((intake) => {
    const name = `intake ${intake.name}`;
    const usage = intake.usage();
    const wrong = whatIsWrong(usage);
    if (wrong !== null) return { name, status: "degraded", message: wrong };
    const message = `${usage.accepted} uplinks since the start, ${usage.unacknowledged} on their way to the disk`;
    return { name, status: "ok", message };
  });
}

function whatIsWrong({ trouble, connectedSinceMs, refusedFilters }: IntakeUsage): string | null {
  if (trouble !== null) return trouble;
  if (connectedSinceMs === null) return "connecting";
  if (refusedFilters.length === 0) return null;
  return refusedFilters.map(({ filter, reason }) => `${filter}: ${reason}`).join("; ");
}
