import type { NewPlace } from "../../devices/index.ts";
import type { FleetDevice, NodeKind } from "../../firmware-sim/index.ts";
import { demoPlaces } from "../demo/demo-farm.ts";
import type { Enlisted } from "./enlist.ts";

const kindAt: Readonly<Record<(typeof demoPlaces)[number]["kind"], NodeKind>> = {
  parcel: "soil",
  pond: "pond",
  shed: "shed",
};
const nodesAtPlace = 2;

/** A simulated node and the place made up for it. */
export interface FarmNode extends Omit<FleetDevice, "secret"> {
  readonly enlisted: Enlisted;
}

/**
 * Nodes `sim-soil-0001`, `sim-pond-0002` … with places of their own, two nodes at each: the demonstration's farms over
 * and over, each time a little further along.
 */
export function simulatedFarm(count: number, intervalMs: number): FarmNode[] {
  return Array.from({ length: count }, (_, index) => {
    const place = placeOf(Math.floor(index / nodesAtPlace));
    const kind = kindAt[place.kind];
    const number = String(index + 1).padStart(4, "0");
    const { latitude, longitude } = place;
    const id = `sim-${kind}-${number}`;
    const label = `${place.name}, nút ${(index % nodesAtPlace) + 1}`;
    return {
      id,
      kind,
      place: { id: place.id, latitude, longitude },
      enlisted: { id, label, intervalMs, latitude, longitude, place },
    };
  });
}

function placeOf(index: number) {
  const model = demoPlaces[index % demoPlaces.length]!;
  const round = Math.floor(index / demoPlaces.length);
  // A spiral around the model, some hundred metres to a few kilometres away.
  const [angle, distance] = [round * 2.4, 0.004 * Math.sqrt(round)];
  const number = String(index + 1).padStart(4, "0");
  return {
    id: `sim-${model.kind}-${number}`,
    kind: model.kind,
    name: `${model.name} (mô phỏng ${number})`,
    communeCode: model.communeCode,
    communeName: model.communeName,
    areaHa: model.areaHa,
    latitude: Number((model.latitude + distance * Math.sin(angle)).toFixed(5)),
    longitude: Number((model.longitude + distance * Math.cos(angle)).toFixed(5)),
  } satisfies NewPlace;
}
