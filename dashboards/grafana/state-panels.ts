import { severities } from "../../ingest/rules/index.ts";
import {
  stateFields as fields,
  hourFields,
  hoursMeasurement,
  stateMeasurements as measurements,
  stateTags as tags,
} from "../../ingest/stores/influxdb-state/index.ts";
import { boardAddress, ofRow, pageAddress } from "./addresses.ts";
import type { SeriesPanel, StatPanel, TableColumn, TablePanel, ValueWord, Words } from "./board.ts";
import { aggregate, column, type Select, select } from "./influxql/select.ts";
import { colourOf, type Step, wellColour } from "./limits/steps.ts";
import { chosen, type VariableName } from "./variables.ts";

type Field = (typeof fields)[keyof typeof fields];

/** Words of states that are stored as numbers. */
export const isAvailable: readonly ValueWord[] = [
  { value: 1, word: "Hoạt động", color: wellColour },
  { value: 0, word: "Mất tín hiệu", color: colourOf.critical },
];
export const levels: readonly ValueWord[] = [
  { value: 0, word: "Đã hết", color: wellColour },
  ...(["Thông tin", "Cảnh báo", "Nghiêm trọng"] as const).map((word, at) => ({
    value: at + 1,
    word,
    color: colourOf[severities[at]!],
  })),
];
export const findings: readonly ValueWord[] = [
  { value: 1, word: "Đạt", color: wellColour },
  { value: 0, word: "Chưa đạt", color: colourOf.warning },
  { value: -1, word: "Chưa có số liệu", color: "text" },
];
/** One is too many. */
export const noneIsWell = (color: string): readonly Step[] => [
  { value: null, color: wellColour },
  { value: 1, color },
];

interface CommuneSum {
  readonly id: number;
  readonly field: Field;
  readonly title: Words;
  readonly by: readonly VariableName[];
  readonly width?: number;
  readonly steps?: readonly Step[];
}

/** What the chosen communes have together, newest. */
export function communeStat({ id, field, title, by, width = 6, steps }: CommuneSum): StatPanel {
  const newest: Select = {
    columns: [aggregate("last", field)],
    from: measurements.communes,
    where: by.map(chosen),
    by: [tags.commune],
    span: "newest",
  };
  const query = select({ columns: [aggregate("sum", field)], from: newest, span: "newest" });
  return { kind: "stat", id, title, width, height: 4, query, decimals: 0, ...(steps && { steps }) };
}

/** The same over time. */
export function communeSeries({ id, field, title, by, width = 12 }: CommuneSum): SeriesPanel {
  const byCommune: Select = {
    columns: [aggregate("mean", field)],
    from: measurements.communes,
    where: by.map(chosen),
    by: [tags.commune],
    every: "interval",
  };
  const query = select({ columns: [aggregate("sum", field)], from: byCommune, every: "interval" });
  return { kind: "series", id, title, width, height: 8, query, name: title.vi, decimals: 0 };
}

/** The chosen communes, each with its sums. */
export function communeTable(id: number, by: readonly VariableName[], communeBoard: string): TablePanel {
  const counted = [fields.devices, fields.available, fields.silent, fields.warning, fields.critical] as const;
  return {
    kind: "table",
    id,
    title: { vi: "Các xã, phường", en: "Communes" },
    width: 24,
    height: 10,
    query: select({
      columns: counted.map((field) => aggregate("last", field)),
      from: measurements.communes,
      where: by.map(chosen),
      by: [tags.provinceChoice, tags.communeChoice, tags.commune],
      span: "newest",
    }),
    columns: [
      { name: tags.provinceChoice, title: { vi: "Tỉnh, thành phố", en: "Province" } },
      {
        name: tags.communeChoice,
        title: { vi: "Xã, phường", en: "Commune" },
        link: {
          title: { vi: "Mở bảng của xã", en: "Open the commune's board" },
          url: boardAddress(communeBoard, "commune", ofRow(tags.commune)),
        },
      },
      { name: tags.commune, title: { vi: "Mã xã", en: "Code" }, width: 90 },
      count(fields.devices, { vi: "Thiết bị", en: "Devices" }),
      count(fields.available, { vi: "Đang hoạt động", en: "Available" }),
      count(fields.silent, { vi: "Mất tín hiệu", en: "Silent" }, colourOf.critical),
      count(fields.warning, { vi: "Cảnh báo", en: "Warnings" }, colourOf.warning),
      count(fields.critical, { vi: "Nghiêm trọng", en: "Critical" }, colourOf.critical),
    ],
  };
}

function count(name: Field, title: Words, color?: string): TableColumn {
  return { name, title, decimals: 0, width: 120, ...(color !== undefined && { steps: noneIsWell(color) }) };
}

/** The newest state of each chosen device; the names of the newest, should they have changed. */
export function newestOfDevices(by: readonly VariableName[], wanted: readonly string[]): Select {
  return {
    columns: [aggregate("last", fields.registered), ...wanted.map(column)],
    from: measurements.devices,
    where: by.map(chosen),
    by: [tags.device],
    span: "newest",
  };
}

const isRegistered = `${column(fields.registered)} = 1`;

/** The sum of a field of the devices' newest states. */
export function deviceStat({ id, field, title, by, width = 6, steps }: CommuneSum): StatPanel {
  const query = select({
    columns: [aggregate("sum", field)],
    from: newestOfDevices(by, [field]),
    where: [isRegistered],
    span: "newest",
  });
  return { kind: "stat", id, title, width, height: 4, query, decimals: 0, ...(steps && { steps }) };
}

/** The chosen devices, how they are and where they stand. */
export function deviceTable(id: number, by: readonly VariableName[]): TablePanel {
  const names = [tags.deviceChoice, tags.placeChoice, tags.communeChoice, tags.deviceModel] as const;
  const states = [fields.available, fields.alerts, fields.frames, fields.lostFrames] as const;
  return {
    kind: "table",
    id,
    title: { vi: "Thiết bị", en: "Devices" },
    width: 24,
    height: 10,
    query: select({
      columns: [...names, ...states].map(column),
      from: newestOfDevices(by, [...names, ...states]),
      where: [isRegistered],
      by: [tags.device],
      span: "newest",
    }),
    columns: [
      {
        name: tags.deviceChoice,
        title: { vi: "Thiết bị", en: "Device" },
        link: {
          title: { vi: "Mở trên trang Canhdong", en: "Open on the page" },
          url: pageAddress(`device/${ofRow(tags.device)}`),
        },
      },
      { name: tags.device, title: { vi: "Mã", en: "Id" }, width: 160 },
      { name: tags.placeChoice, title: { vi: "Nơi đặt", en: "Place" } },
      { name: tags.communeChoice, title: { vi: "Xã, phường", en: "Commune" } },
      { name: tags.deviceModel, title: { vi: "Loại thiết bị", en: "Device model" }, width: 160 },
      {
        name: fields.available,
        title: { vi: "Tình trạng", en: "State" },
        words: isAvailable,
        width: 130,
      },
      count(fields.alerts, { vi: "Cảnh báo", en: "Alerts" }, colourOf.warning),
      count(fields.frames, { vi: "Khung 24 giờ", en: "Frames in 24 h" }),
      count(fields.lostFrames, { vi: "Khung mất 24 giờ", en: "Lost in 24 h" }, colourOf.warning),
    ],
  };
}

/** Minutes of each day in which a device has any reading: 1,440 are all. By sums of hours, so that a season is no million of points. */
export function minutesWithData(id: number, width = 12): SeriesPanel {
  return {
    kind: "series",
    id,
    title: {
      vi: "Số phút có số liệu mỗi ngày",
      en: "Minutes with data in each day; an hour counts two hours after its end",
    },
    width,
    height: 8,
    query: select({
      columns: [aggregate("sum", hourFields.minutes)],
      from: hoursMeasurement,
      where: [chosen("device")],
      by: [tags.device],
      every: "day",
    }),
    name: `$tag_${tags.device}`,
    draw: "bars",
    decimals: 0,
  };
}
