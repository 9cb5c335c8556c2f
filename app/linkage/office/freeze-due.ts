import { dateOf } from "../../../calendar/index.ts";
import {
  closedWithinYear,
  lastMsOf,
  type ProvincePlan,
  type ReportPeriod,
  type SnapshotBody,
} from "../../../linkage/index.ts";
import type { Draft } from "../../http/linkage-shapes.ts";
import type { RegisterView } from "./register-view.ts";
import type { SnapshotBook } from "./snapshot-book.ts";

/** Counts a period as its cut-off demands. */
export type Freezing = (
  plan: ProvincePlan,
  period: ReportPeriod,
  asked: { readonly nowMs: number; readonly reason?: string | undefined },
) => Promise<SnapshotBody>;

export interface FreezingParts {
  readonly register: Pick<RegisterView, "at">;
  readonly book: Pick<SnapshotBook, "isFrozen" | "keepDraft">;
  readonly freeze: Freezing;
}

/**
 * Freezes each period of these plans whose cut-off is over and of which nothing was frozen, oldest first. A period at whose
 * cut-off the register held no model was not missed: nobody counted here then.
 */
export async function freezeDue(
  plans: readonly ProvincePlan[],
  { register, book, freeze }: FreezingParts,
  nowMs: number,
): Promise<readonly Draft[]> {
  const drafts: Draft[] = [];
  for (const plan of plans) {
    for (const period of closedWithinYear(dateOf(nowMs), plan.calendar)) {
      if (book.isFrozen(plan.id, period.name)) continue;
      if (register.at(lastMsOf(period.cutOff)).model.length === 0) continue;
      const body = await freeze(plan, period, { nowMs });
      // A person may have proposed while it was counted.
      if (!book.isFrozen(plan.id, period.name)) drafts.push(book.keepDraft(body, nowMs));
    }
  }
  return drafts;
}
