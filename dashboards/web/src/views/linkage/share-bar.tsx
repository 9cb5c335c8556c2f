import type { Result } from "../../data/linkage.ts";
import { useLinkageWords } from "./use-linkage.ts";

type Shared = Pick<Result, "numerator" | "denominator" | "noData" | "percent" | "operator">;

/** How far it is to the target: what counts is filled, what nobody reported is hatched, the target is a mark. */
export function ShareBar(result: Shared) {
  const { l, number } = useLinkageWords();
  const { numerator, denominator, noData, percent, operator } = result;
  if (denominator === 0) return null;
  const [counted, unknown] = [(numerator / denominator) * 100, (noData / denominator) * 100];
  const label = l.barLabel(
    number(counted, 0.1),
    number(unknown, 0.1),
    l.target(operator, number(percent, 1)),
  );
  return (
    <svg class="share-bar" viewBox="0 0 100 12" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="share-all" width="100" height="8" y="2" rx="1" />
      <rect class="share-counted" width={counted} height="8" y="2" rx="1" />
      <rect class="share-unknown" x={counted} width={unknown} height="8" y="2" />
      <path class="share-target" d={`M${percent} 0V12`} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
