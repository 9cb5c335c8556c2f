import type { IndicatorId } from "../indicators/province-plan.ts";
import type { SnapshotBody } from "./snapshot-body.ts";

export interface ChangedIndicator {
  readonly indicator: IndicatorId;
  readonly before: string;
  readonly after: string;
  /** Members that count now and did not, and the other way round. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

export interface SnapshotDifference {
  readonly ruleChanged: boolean;
  /** Records that were added, changed or removed, as `model lua-cam-binh`. */
  readonly records: readonly string[];
  /** Models whose verdict by telemetry or by any proof is another. */
  readonly verdicts: readonly { readonly model: string; readonly before: string; readonly after: string }[];
  readonly indicators: readonly ChangedIndicator[];
}

/** What a revised snapshot says otherwise than the one before it. */
export function snapshotDifference(before: SnapshotBody, after: SnapshotBody): SnapshotDifference {
  return {
    ruleChanged: before.evidence.rule !== after.evidence.rule,
    records: changedKeys(recordsOf(before), recordsOf(after)),
    verdicts: changedVerdicts(before, after),
    indicators: after.indicators.flatMap((now) => {
      const then = before.indicators.find(({ indicator }) => indicator === now.indicator);
      if (then === undefined) return [];
      const text = (of: typeof now) => `${of.numerator}/${of.denominator} ${of.met}`;
      const gained = now.counted.filter((id) => !then.counted.includes(id));
      const lost = then.counted.filter((id) => !now.counted.includes(id));
      if (text(then) === text(now) && gained.length + lost.length === 0) return [];
      return [{ indicator: now.indicator, before: text(then), after: text(now), gained, lost }];
    }),
  };
}

function recordsOf({ register }: SnapshotBody): Map<string, string> {
  return new Map(
    Object.entries(register).flatMap(([kind, records]) =>
      records.map((record) => [`${kind} ${record.id}`, JSON.stringify(record)] as const),
    ),
  );
}

function changedKeys(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .toSorted();
}

function changedVerdicts(before: SnapshotBody, after: SnapshotBody): SnapshotDifference["verdicts"] {
  const texts = ({ evidence }: SnapshotBody) =>
    new Map(evidence.verdicts.map(({ model, iot, digital }) => [model, `iot ${iot}, digital ${digital}`]));
  const [then, now] = [texts(before), texts(after)];
  return changedKeys(then, now).map((model) => ({
    model,
    before: then.get(model) ?? "-",
    after: now.get(model) ?? "-",
  }));
}
