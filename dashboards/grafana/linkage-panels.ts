import {
  stateFields as fields,
  stateMeasurements as measurements,
  stateTags as tags,
} from "../../ingest/stores/influxdb-state/index.ts";
import { boardAddress, ofRow } from "./addresses.ts";
import type { SeriesPanel, StatPanel, TablePanel } from "./board.ts";
import { aggregate, column, select } from "./influxql/select.ts";
import { findings } from "./state-panels.ts";
import { chosen, type VariableName } from "./variables.ts";

const percent = { unit: "percent", decimals: 1 } as const;

/** Every target with its numerator and denominator: a share alone says nothing. */
export function indicatorTable(id: number): TablePanel {
  const counted = [
    fields.numerator,
    fields.denominator,
    fields.noData,
    fields.share,
    fields.target,
    fields.met,
  ] as const;
  return {
    kind: "table",
    id,
    title: { vi: "Chỉ tiêu", en: "Indicators" },
    width: 24,
    height: 8,
    query: select({
      columns: [aggregate("last", fields.name), ...counted.map((field) => aggregate("last", field))],
      from: measurements.indicators,
      where: [chosen("province")],
      by: [tags.plan, tags.indicator],
      span: "newest",
    }),
    columns: [
      { name: tags.plan, title: { vi: "Kế hoạch", en: "Plan" }, width: 140 },
      { name: fields.name, title: { vi: "Chỉ tiêu", en: "Indicator" } },
      { name: fields.numerator, title: { vi: "Tử số", en: "Numerator" }, decimals: 0, width: 100 },
      { name: fields.denominator, title: { vi: "Mẫu số", en: "Denominator" }, decimals: 0, width: 100 },
      { name: fields.noData, title: { vi: "Chưa có số liệu", en: "No data yet" }, decimals: 0, width: 130 },
      { name: fields.share, title: { vi: "Tỷ lệ", en: "Share" }, ...percent, width: 100 },
      { name: fields.target, title: { vi: "Mục tiêu", en: "Target" }, ...percent, width: 100 },
      { name: fields.met, title: { vi: "Kết quả", en: "Met" }, words: findings, width: 150 },
    ],
  };
}

export function indicatorSeries(id: number): SeriesPanel {
  return {
    kind: "series",
    id,
    title: { vi: "Tỷ lệ đạt theo thời gian", en: "Shares over time" },
    width: 24,
    height: 8,
    query: select({
      columns: [aggregate("last", fields.share)],
      from: measurements.indicators,
      where: [chosen("province")],
      by: [tags.plan, tags.indicator],
      every: "interval",
    }),
    name: `$tag_${tags.plan} · $tag_${tags.indicator}`,
    ...percent,
  };
}

/** Linkage models with the verdict of each, and why. */
export function modelTable(id: number, by: readonly VariableName[], modelBoard: string): TablePanel {
  const told = [
    fields.byTelemetry,
    fields.byAnyProof,
    fields.devices,
    fields.countingDevices,
    fields.because,
  ] as const;
  return {
    kind: "table",
    id,
    title: { vi: "Mô hình liên kết", en: "Linkage models" },
    width: 24,
    height: 10,
    query: select({
      columns: told.map((field) => aggregate("last", field)),
      from: measurements.linkageModels,
      where: by.map(chosen),
      by: [tags.linkageChoice, tags.linkage],
      span: "newest",
    }),
    columns: [
      {
        name: tags.linkageChoice,
        title: { vi: "Mô hình", en: "Model" },
        link: {
          title: { vi: "Mở bảng của mô hình", en: "Open the model's board" },
          url: boardAddress(modelBoard, "model", ofRow(tags.linkage)),
        },
      },
      {
        name: fields.byTelemetry,
        title: { vi: "Theo thiết bị", en: "By telemetry" },
        words: findings,
        width: 140,
      },
      {
        name: fields.byAnyProof,
        title: { vi: "Mọi hình thức số", en: "By any proof" },
        words: findings,
        width: 140,
      },
      { name: fields.devices, title: { vi: "Thiết bị", en: "Devices" }, decimals: 0, width: 110 },
      {
        name: fields.countingDevices,
        title: { vi: "Thiết bị được tính", en: "Devices that count" },
        decimals: 0,
        width: 150,
      },
      { name: fields.because, title: { vi: "Vì sao", en: "Why" } },
    ],
  };
}

/** How many models the newest count says yes of. */
export function modelsProved(
  id: number,
  field: typeof fields.byTelemetry | typeof fields.byAnyProof,
  title: StatPanel["title"],
): StatPanel {
  const newest = {
    columns: [aggregate("last", field)],
    from: measurements.linkageModels,
    where: [chosen("province")],
    by: [tags.linkage],
    span: "newest",
  } as const;
  const query = select({
    columns: [aggregate("count", field)],
    from: newest,
    where: [`${column(field)} = 1`],
    span: "newest",
  });
  return { kind: "stat", id, title, width: 8, height: 4, query, decimals: 0 };
}

export function modelsCounted(id: number): StatPanel {
  const newest = {
    columns: [aggregate("last", fields.byTelemetry)],
    from: measurements.linkageModels,
    where: [chosen("province")],
    by: [tags.linkage],
    span: "newest",
  } as const;
  return {
    kind: "stat",
    id,
    title: { vi: "Mô hình đang hoạt động", en: "Models that run" },
    width: 8,
    height: 4,
    query: select({ columns: [aggregate("count", fields.byTelemetry)], from: newest, span: "newest" }),
    decimals: 0,
  };
}

/** How many devices prove each model, over time. */
export function countingDevices(id: number): SeriesPanel {
  return {
    kind: "series",
    id,
    title: { vi: "Thiết bị được tính theo thời gian", en: "Devices that count, over time" },
    width: 12,
    height: 8,
    query: select({
      columns: [aggregate("last", fields.countingDevices)],
      from: measurements.linkageModels,
      where: [chosen("model")],
      by: [tags.linkageChoice],
      every: "interval",
    }),
    name: `$tag_${tags.linkageChoice}`,
    decimals: 0,
  };
}
