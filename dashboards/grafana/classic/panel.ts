import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  type Panel as GrafanaPanel,
  type GridPos,
  MappingType,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimelineBuilder } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as SeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type {
  Format,
  Panel,
  SeriesPanel,
  StatPanel,
  TableColumn,
  TablePanel,
  TimelinePanel,
  ValueWord,
} from "../board.ts";
import type { Step } from "../limits/steps.ts";
import { dataSource } from "./data-source.ts";
import { influxTarget } from "./target.ts";

/** A panel as Grafana's builders make it. */
export function panelBuilder(panel: Panel, place: GridPos): Builder<GrafanaPanel> {
  switch (panel.kind) {
    case "series":
      return begun(new SeriesBuilder(), panel, place, (builder) => drawSeries(builder, panel));
    case "stat":
      return begun(new StatBuilder(), panel, place, (builder) => drawStat(builder, panel));
    case "timeline":
      return begun(new TimelineBuilder(), panel, place, (builder) => drawTimeline(builder, panel));
    case "table":
      return begun(new TableBuilder(), panel, place, (builder) => drawTable(builder, panel));
  }
}

type AnyBuilder = SeriesBuilder | StatBuilder | TimelineBuilder | TableBuilder;

/** What every panel has. */
function begun<B extends AnyBuilder>(
  builder: B,
  { id, title }: Panel,
  place: GridPos,
  draw: (b: B) => void,
): B {
  builder.id(id).title(title.vi).description(title.en).datasource(dataSource).gridPos(place);
  builder.noValue("Chưa có số liệu");
  draw(builder);
  return builder;
}

/** Of each line: a panel of 200 devices is no finer on a wide screen, and its answer no larger. */
const mostPoints = 250;

function drawSeries(builder: SeriesBuilder, panel: SeriesPanel): void {
  const isBars = panel.draw === "bars";
  builder
    .maxDataPoints(mostPoints)
    .withTarget(influxTarget(panel.query, "time_series", panel.name))
    .drawStyle(isBars ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .fillOpacity(isBars ? 60 : 0)
    .showPoints(VisibilityMode.Auto)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    );
  if (panel.stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (panel.steps !== undefined)
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  write(builder, panel);
}

function drawStat(builder: StatBuilder, panel: StatPanel): void {
  builder
    .withTarget(influxTarget(panel.query, "time_series", panel.name))
    .graphMode(BigValueGraphMode.None)
    .colorMode(panel.steps === undefined ? BigValueColorMode.None : BigValueColorMode.Value)
    .textMode(panel.name === undefined ? BigValueTextMode.Value : BigValueTextMode.ValueAndName)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).values(false));
  write(builder, panel);
}

function drawTimeline(builder: TimelineBuilder, panel: TimelinePanel): void {
  builder
    .withTarget(influxTarget(panel.query, "time_series", panel.name))
    .mergeValues(true)
    .showValue(VisibilityMode.Never);
  write(builder, panel);
}

/** How values are written, where one panel has one kind of value. */
function write(
  builder: SeriesBuilder | StatBuilder | TimelineBuilder,
  { unit, decimals, steps, words }: Format,
): void {
  if (unit !== undefined) builder.unit(unit);
  if (decimals !== undefined) builder.decimals(decimals);
  if (words !== undefined) builder.mappings([mappingOf(words)]);
  builder.thresholds(thresholdsBuilder(steps ?? unjudged));
  if (builder instanceof SeriesBuilder) return;
  builder.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds));
}

const unjudged: readonly Step[] = [{ value: null, color: "text" }];

function thresholdsBuilder(steps: readonly Step[]): Builder<ThresholdsConfig> {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map((step) => ({ ...step })));
}

function mappingOf(words: readonly ValueWord[]): ValueMapping {
  const options = words.map(({ value, word, color }, index) => [value, { text: word, color, index }]);
  return { type: MappingType.ValueToText, options: Object.fromEntries(options) };
}

function drawTable(builder: TableBuilder, { query, columns }: TablePanel): void {
  builder.withTarget(influxTarget(query, "table"));
  const indexByName = Object.fromEntries(columns.map(({ name }, at) => [name, at]));
  const includeByName = Object.fromEntries(columns.map(({ name }) => [name, true]));
  builder.withTransformation({
    id: "organize",
    options: { indexByName, includeByName, excludeByName: {}, renameByName: {} },
  });
  for (const column of columns) builder.overrideByName(column.name, overridesOf(column));
}

function overridesOf({
  title,
  width,
  unit,
  decimals,
  steps,
  words,
  link,
}: TableColumn): DynamicConfigValue[] {
  const given: [string, unknown][] = [
    ["displayName", title.vi],
    ["custom.width", width],
    ["unit", unit],
    ["decimals", decimals],
    ["mappings", words && [mappingOf(words)]],
    ["thresholds", steps && thresholdsBuilder(steps).build()],
    ["custom.cellOptions", (steps ?? words) && { type: "color-text" }],
    ["links", link && [{ title: link.title.vi, url: link.url, targetBlank: false }]],
  ];
  return given.filter(([, value]) => value !== undefined).map(([id, value]) => ({ id, value }));
}
