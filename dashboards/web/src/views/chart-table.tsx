import { useState } from "preact/hooks";
import type { QuantityInfo, Series } from "../../../../app/http/shapes.ts";
import { type Plot, valuesAt } from "../data/series.ts";
import { Icon } from "./icons.tsx";
import { useWords } from "./page.ts";

export interface ChartTableProps {
  readonly series: Series;
  readonly plot: Plot;
  readonly quantity: QuantityInfo | undefined;
}

/** The same numbers for who cannot see the drawing, or wants to read them. Made only when it is opened. */
export function ChartTable(props: ChartTableProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="table" />
        {t.table}
      </summary>
      {open && <Table {...props} />}
    </details>
  );
}

function Table({ series, plot, quantity }: ChartTableProps) {
  const words = useWords();
  const { t } = words;
  const name = quantity === undefined ? series.quantity : words.pick(quantity.label);
  const title = quantity?.symbol ? `${name} (${quantity.symbol})` : name;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <section class="table-frame" tabIndex={0} aria-label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.time}</th>
            <th scope="col">{t.mean}</th>
            <th scope="col">{t.lowest}</th>
            <th scope="col">{t.highest}</th>
          </tr>
        </thead>
        <tbody>
          {plot.seconds.map((second, at) => (
            <Row
              key={second}
              atMs={second * 1000 - series.bucketMs / 2}
              plot={plot}
              at={at}
              quantity={quantity}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly atMs: number;
  readonly plot: Plot;
  readonly at: number;
  readonly quantity: QuantityInfo | undefined;
}

function Row({ atMs, plot, at, quantity }: RowProps) {
  const words = useWords();
  const values = valuesAt(plot, at);
  if (values === null) return <GapRow plot={plot} second={plot.seconds[at] ?? 0} />;
  return (
    <tr>
      <th scope="row">{words.dayTime(atMs)}</th>
      <td>{words.number(values.mean, quantity?.resolution)}</td>
      <td>{words.number(values.min, quantity?.resolution)}</td>
      <td>{words.number(values.max, quantity?.resolution)}</td>
    </tr>
  );
}

function GapRow({ plot, second }: { plot: Plot; second: number }) {
  const { t, dayTime } = useWords();
  const gap = plot.gaps.find(({ fromMs, toMs }) => fromMs <= second * 1000 && second * 1000 <= toMs);
  return (
    <tr class="gap">
      <td colSpan={4}>{gap && t.noValuesBetween(dayTime(gap.fromMs), dayTime(gap.toMs))}</td>
    </tr>
  );
}
