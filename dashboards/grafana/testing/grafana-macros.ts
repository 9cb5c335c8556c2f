/**
 * What Grafana does to a query of its InfluxDB data source before it sends it (pkg/tsdb/influxdb/models/query.go): replaces by plain text, in
 * this order.
 */
export function applyMacros(
  query: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  intervalMs: number,
): string {
  const replaced = query
    .replaceAll("$timeFilter", `time >= ${fromMs}ms and time <= ${toMs}ms`)
    .replaceAll("$interval", intervalText(intervalMs))
    .replaceAll("$__interval_ms", String(intervalMs))
    .replaceAll("$__interval", intervalText(intervalMs));
  if (replaced.replace(/\/(?:\\.|[^/\\])*\//g, "").includes("$"))
    throw new RangeError(`Grafana would leave a variable in: ${replaced}`);
  return replaced;
}

/** Upper edges and what they are rounded to, milliseconds: @grafana/data `rangeUtil.roundInterval`. */
const rounded: readonly (readonly [number, number])[] = [
  [10, 1],
  [15, 10],
  [35, 20],
  [75, 50],
  [150, 100],
  [350, 200],
  [750, 500],
  [1_500, 1_000],
  [3_500, 2_000],
  [7_500, 5_000],
  [12_500, 10_000],
  [17_500, 15_000],
  [25_000, 20_000],
  [45_000, 30_000],
  [90_000, 60_000],
  [210_000, 120_000],
  [450_000, 300_000],
  [750_000, 600_000],
  [1_050_000, 900_000],
  [1_500_000, 1_200_000],
  [2_700_000, 1_800_000],
  [5_400_000, 3_600_000],
  [9_000_000, 7_200_000],
  [16_200_000, 10_800_000],
  [32_400_000, 21_600_000],
  [86_400_000, 43_200_000],
  [604_800_000, 86_400_000],
  [1_814_400_000, 604_800_000],
  [3_628_800_000, 2_592_000_000],
];

/** Width of the buckets of a panel that draws so many points, not below the data source's own least interval. */
export function intervalOf(rangeMs: number, points: number, leastMs: number): number {
  const exact = rangeMs / points;
  const round = rounded.find(([edge]) => exact < edge)?.[1] ?? 31_536_000_000;
  return Math.max(round, leastMs);
}

/** As Grafana's SDK for Go writes it (gtime.FormatInterval). */
function intervalText(ms: number): string {
  const units = [
    [31_536_000_000, "y"],
    [86_400_000, "d"],
    [3_600_000, "h"],
    [60_000, "m"],
    [1_000, "s"],
    [1, "ms"],
  ] as const;
  const [unitMs, unit] = units.find(([of]) => ms >= of) ?? units[5];
  return `${Math.floor(ms / unitMs)}${unit}`;
}
