import {
  choicePattern,
  identifier,
  stateMeasurements,
  stateTags,
} from "../../ingest/stores/influxdb-state/index.ts";
import type { Variable, Words } from "./board.ts";
import { is, isChosen, untilBoardEnds } from "./influxql/select.ts";

/** A kind of place that a board is about. */
export type PlaceKind = "parcel" | "pond" | "shed";

/**
 * Province, commune, linkage model, device: each offers what belongs to what was chosen before it. "All" becomes the list of
 * what is offered, so that a board of one commune never shows the devices of another.
 */
export function variablesDownTo(last: VariableName, kind?: PlaceKind): readonly Variable[] {
  const wanted = order.slice(0, order.indexOf(last) + 1);
  return wanted.map((name, at) => variable(name, wanted.slice(0, at), kind));
}

export const order = ["province", "commune", "model", "device"] as const;
export type VariableName = (typeof order)[number];

const tagOf: Readonly<Record<VariableName, { readonly id: string; readonly choice: string }>> = {
  province: { id: stateTags.province, choice: stateTags.provinceChoice },
  commune: { id: stateTags.commune, choice: stateTags.communeChoice },
  model: { id: stateTags.linkage, choice: stateTags.linkageChoice },
  device: { id: stateTags.device, choice: stateTags.deviceChoice },
};

const titles: Readonly<Record<VariableName, Words>> = {
  province: { vi: "Tỉnh, thành phố", en: "Province" },
  commune: { vi: "Xã, phường", en: "Commune" },
  model: { vi: "Mô hình liên kết", en: "Linkage model" },
  device: { vi: "Thiết bị", en: "Device" },
};

/** A device is offered this long after it has left the registry; all that ever was takes the database seconds to find. */
const offeredDays = 31;

function variable(
  name: VariableName,
  before: readonly VariableName[],
  kind: PlaceKind | undefined,
): Variable {
  const conditions = [
    ...before.map(chosen),
    ...(name === "device" && kind !== undefined ? [is(stateTags.placeKind, kind)] : []),
  ];
  const where = [untilBoardEnds(offeredDays), ...conditions].join(" AND ");
  return {
    name,
    title: titles[name],
    query: `SHOW TAG VALUES FROM ${identifier(stateMeasurements.devices)} WITH KEY = ${identifier(tagOf[name].choice)} WHERE ${where}`,
    pattern: `/${choicePattern}/`,
  };
}

/** The condition that something belongs to what was chosen. */
export function chosen(name: VariableName): string {
  return isChosen(tagOf[name].id, name);
}
