import { existsSync } from "node:fs";
import type { LinkageOffice } from "../http/linkage-office.ts";
import type { Log } from "../log.ts";
import { createDaily, type Daily } from "./daily.ts";

/** Figures close at midnight; what was sent in the last minutes of the day shall have arrived in the store. */
const at = "00:10";

export interface CutOffParts {
  /** Nobody has used the register: there is no such file, and nothing to freeze. */
  readonly registerFile: string;
  readonly office: Pick<LinkageOffice, "freezeDue">;
  readonly log: Log;
}

/**
 * After each cut-off freezes inputs, rule and result by itself, as a draft that a person then proposes. A server that was down
 * at the cut-off freezes when it is back.
 */
export function createCutOff({ registerFile, office, log }: CutOffParts): Daily {
  return createDaily({
    at,
    doneOn: null,
    async work() {
      if (!existsSync(registerFile)) return;
      for (const { plan, period, hoursLate } of await office.freezeDue())
        log.info({ plan, period, hoursLate }, "the figures of a period were frozen at its cut-off");
    },
    failed: (error) =>
      log.error({ err: error }, "figures could not be frozen at their cut-off; tried again in ten minutes"),
  });
}
