import { type Quantity, quantityOf } from "../../devices/index.ts";
import { columnOf, placeOf, stateTags } from "../../ingest/stores/influxdb-state/index.ts";
import type { Format, SeriesPanel, StatPanel, Words } from "./board.ts";
import { type Aggregate, aggregate, select } from "./influxql/select.ts";
import { limitsOf, type RuleOfPack } from "./limits/limits-of.ts";
import { stepsOf } from "./limits/steps.ts";
import { chosen } from "./variables.ts";

export interface QuantityPanel {
  readonly id: number;
  readonly quantity: string;
  readonly width?: number;
  readonly height?: number;
  /** By whose limits the values are coloured. */
  readonly judgedBy?: readonly RuleOfPack[];
  readonly of?: Aggregate;
  /** A line for each device, or for each commune. */
  readonly by?: "device" | "commune";
  readonly every?: "interval" | "day";
  /** In the place of the catalogue's label. */
  readonly title?: Words;
}

/** A quantity over time. Its name, unit, decimals and limits come from where they are declared. */
export function quantitySeries(asked: QuantityPanel): SeriesPanel {
  const { id, of = "mean", by = "device", every = "interval", width = 12, height = 8 } = asked;
  const { quantity, query } = question(asked, { of, by, every });
  return {
    kind: "series",
    id,
    title: asked.title ?? quantity.label,
    width,
    height,
    query,
    name: `$tag_${tags[by]}`,
    draw: every === "day" ? "bars" : "line",
    ...formatOf(quantity, asked.judgedBy),
  };
}

/** The newest value of a quantity, of each device. */
export function newestValue(asked: QuantityPanel): StatPanel {
  const { id, by = "device", of = "last", width = 8, height = 4 } = asked;
  const { quantity, query } = question(asked, { of, by });
  return {
    kind: "stat",
    id,
    title: asked.title ?? quantity.label,
    width,
    height,
    query,
    name: `$tag_${tags[by]}`,
    ...formatOf(quantity, asked.judgedBy),
  };
}

const tags = { device: stateTags.device, commune: stateTags.commune } as const;

function question(
  { quantity: name }: QuantityPanel,
  { of, by, every }: { of: Aggregate; by: "device" | "commune"; every?: "interval" | "day" },
) {
  const quantity = known(name);
  const { measurement, field } = columnOf(name);
  const query = select({
    columns: [aggregate(of, field)],
    from: measurement,
    where: [placeOf(name).where, chosen(by)],
    by: [tags[by]],
    ...(every !== undefined && { every }),
  });
  return { quantity, query };
}

export function known(name: string): Quantity {
  const quantity = quantityOf(name);
  if (quantity === undefined) throw new RangeError(`${name} is not in the catalogue of quantities`);
  return quantity;
}

export function formatOf(quantity: Quantity, judgedBy: readonly RuleOfPack[] = []): Format {
  const limits = judgedBy.flatMap((rule) => limitsOf(rule, quantity.name));
  return {
    unit: unitOf(quantity),
    decimals: decimalsOf(quantity),
    ...(limits.length > 0 && { steps: stepsOf(limits) }),
  };
}

/** The catalogue's own symbol, as on the phone and the page; Grafana would scale units of its own to others. */
export function unitOf({ symbol }: Pick<Quantity, "symbol">): string {
  return symbol === "" ? "none" : `suffix: ${symbol}`;
}

function decimalsOf({ resolution }: Quantity): number {
  return Math.max(0, Math.ceil(-Math.log10(resolution) - 1e-9));
}
