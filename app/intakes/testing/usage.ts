import type { IntakeUsage } from "../../../ingest/intake/intake.ts";

/** Of an intake that does well. */
export const usage: IntakeUsage = {
  connectedSinceMs: 1_763_712_000_000,
  lastUplinkAtMs: 1_763_712_060_500,
  unacknowledged: 2,
  accepted: 41,
  acceptedBytes: 8200,
  refused: 3,
  tooLarge: 0,
  retained: 5,
  reconnects: 1,
  sessionsLost: 0,
  refusedFilters: [],
  trouble: null,
};
