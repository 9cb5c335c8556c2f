import type { TrendPoint } from "../../data/linkage.ts";
import { periodName, useLinkageWords } from "./use-linkage.ts";

const [barWidth, gap, height] = [34, 10, 56];

/** What earlier periods said when they were frozen, against the target of today. */
export function Trend({ points, percent }: { points: readonly TrendPoint[]; percent: number }) {
  const { l, number, count } = useLinkageWords();
  if (points.length === 0) return null;
  const width = points.length * (barWidth + gap);
  const y = (share: number) => height - (share / 100) * height;
  return (
    <details>
      <summary>{l.trend}</summary>
      <svg class="trend" viewBox={`0 0 ${width} ${height}`} style={{ width }} aria-hidden="true">
        {points.map(({ snapshot, sharePercent, confirmed }, at) => (
          <rect
            key={snapshot}
            class={confirmed ? "trend-bar" : "trend-bar proposed"}
            x={at * (barWidth + gap) + gap / 2}
            y={y(sharePercent ?? 0)}
            width={barWidth}
            height={height - y(sharePercent ?? 0)}
          />
        ))}
        <path class="share-target" d={`M0 ${y(percent)}H${width}`} />
      </svg>
      <ul class="trend-list">
        {points.map(({ snapshot, period, numerator, denominator, sharePercent, confirmed }) => (
          <li key={snapshot}>
            {periodName(l, period)}: {l.share(count(numerator), count(denominator))}
            {sharePercent !== null && ` (${number(sharePercent, 0.1)}\u00a0%)`}
            {!confirmed && `, ${l.unconfirmed}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
