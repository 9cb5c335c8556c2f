import {
  stateFields as fields,
  stateMeasurements as measurements,
  stateTags as tags,
} from "../../ingest/stores/influxdb-state/index.ts";
import { ofRow, pageAddress } from "./addresses.ts";
import type { SeriesPanel, TablePanel, TimelinePanel } from "./board.ts";
import { aggregate, column, select } from "./influxql/select.ts";
import { levels } from "./state-panels.ts";
import { chosen, type VariableName } from "./variables.ts";

/** A lost gateway stands in no commune: its alert is everybody's. */
function concerning(by: readonly VariableName[]): string {
  return `((${by.map(chosen).join(" AND ")}) OR ${column(tags.device)} =~ /^gateway:/)`;
}

export function openAlerts(id: number, by: readonly VariableName[], height = 10): TablePanel {
  const told = [fields.title, fields.state, fields.placeName, fields.deviceName, fields.since] as const;
  return {
    kind: "table",
    id,
    title: { vi: "Cảnh báo đang mở", en: "Open alerts" },
    width: 24,
    height,
    query: select({
      columns: [fields.level, ...told].map(column),
      from: {
        columns: [aggregate("last", fields.level), ...told.map(column)],
        from: measurements.alerts,
        where: [concerning(by)],
        by: [tags.device, tags.rule],
        span: "newest",
      },
      where: [`${column(fields.level)} > 0`],
      by: [tags.device, tags.rule],
      span: "newest",
    }),
    columns: [
      { name: fields.level, title: { vi: "Mức", en: "Severity" }, words: levels, width: 130 },
      { name: fields.title, title: { vi: "Nội dung", en: "What happened" } },
      { name: fields.placeName, title: { vi: "Nơi", en: "Place" } },
      {
        name: fields.deviceName,
        title: { vi: "Thiết bị", en: "Device" },
        link: {
          title: { vi: "Mở trên trang Canhdong", en: "Open on the page" },
          url: pageAddress(`device/${ofRow(tags.device)}`),
        },
      },
      { name: tags.rule, title: { vi: "Quy tắc", en: "Rule" }, width: 180 },
      { name: fields.since, title: { vi: "Từ lúc", en: "Since" }, unit: "dateTimeAsLocal", width: 180 },
    ],
  };
}

export function alertTimeline(id: number, by: readonly VariableName[]): TimelinePanel {
  return {
    kind: "timeline",
    id,
    title: { vi: "Diễn biến cảnh báo", en: "Alerts over time" },
    width: 24,
    height: 10,
    query: select({
      columns: [aggregate("max", fields.level)],
      from: measurements.alerts,
      where: [concerning(by)],
      by: [tags.rule, tags.device],
      every: "interval",
    }),
    name: `$tag_${tags.rule} · $tag_${tags.device}`,
    words: levels,
  };
}

/** How many alerts fired each day, by rule. */
export function alertsByDay(id: number, by: readonly VariableName[], width = 24): SeriesPanel {
  return {
    kind: "series",
    id,
    title: { vi: "Số cảnh báo mới mỗi ngày", en: "Alerts that fired each day" },
    width,
    height: 8,
    query: select({
      columns: [aggregate("sum", fields.began)],
      from: measurements.alerts,
      where: [concerning(by)],
      by: [tags.rule],
      every: "day",
    }),
    name: `$tag_${tags.rule}`,
    draw: "bars",
    stacked: true,
    decimals: 0,
  };
}
