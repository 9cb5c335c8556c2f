import { gaussian, keyAt } from "../chance.ts";
import { type SpreadingFactor, spreadingFactors } from "./airtime.ts";

export interface Position {
  /** Degrees north and east. */
  readonly latitude: number;
  readonly longitude: number;
}

/** How well a gateway hears a frame. */
export interface Hearing {
  /** dBm */
  readonly rssi: number;
  /** dB */
  readonly snr: number;
}

/** A node's usual power and both antennas. */
const transmittedDbm = 14 + 2 + 3;
/** Petäjäjärvi and others (2015), "On the coverage of LPWANs", on land: loss at 1 km, exponent, and how places differ. */
const lossAtOneKm = 128.95;
const lossExponent = 2.32;
const shadowingDb = 7.8;
/** How frames of one node differ: leaves, rain, somebody in the way. */
const fadingDb = 3;
/** Thermal noise in 125 kHz, and the receiver's own 6 dB. */
const noiseFloorDbm = -174 + 10 * Math.log10(125_000) + 6;

/** SX1276 datasheet, table 10: the weakest signal that is received at 125 kHz, dBm. */
const sensitivityDbm: Readonly<Record<SpreadingFactor, number>> = {
  7: -123,
  8: -126,
  9: -129,
  10: -132,
  11: -133,
  12: -136,
};
/** What adaptive data rate leaves above the sensitivity. */
const marginDb = 10;

/** The mean signal of a node at a gateway, dBm. The way between two points keeps its hills and trees for ever. */
export function meanRssi(node: Position, gateway: Position, pairKey: number): number {
  const km = Math.max(0.02, kilometresBetween(node, gateway));
  return transmittedDbm - lossAtOneKm - 10 * lossExponent * Math.log10(km) + shadowingDb * gaussian(pairKey);
}

/** What a gateway hears of one frame; null when it is too weak. */
export function heard(meanDbm: number, spreadingFactor: SpreadingFactor, frameKey: number): Hearing | null {
  const rssi = meanDbm + fadingDb * gaussian(keyAt(frameKey, 1));
  if (rssi < sensitivityDbm[spreadingFactor]) return null;
  return { rssi: Math.round(rssi), snr: Number(Math.min(12, rssi - noiseFloorDbm).toFixed(1)) };
}

/** The fastest rate that leaves a margin: where adaptive data rate settles. */
export function settledRate(bestMeanDbm: number): SpreadingFactor {
  return spreadingFactors.find((sf) => bestMeanDbm >= sensitivityDbm[sf] + marginDb) ?? 12;
}

/** Great-circle distance; over the size of a province a plane would do. */
export function kilometresBetween(a: Position, b: Position): number {
  const radians = Math.PI / 180;
  const [x, y] = [(b.longitude - a.longitude) * radians, (b.latitude - a.latitude) * radians];
  const h =
    Math.sin(y / 2) ** 2 +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * Math.sin(x / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}
