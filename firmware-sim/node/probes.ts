import { quantityOf } from "../../devices/index.ts";
import { gaussian, keyAt } from "../chance.ts";
import { rounded } from "./rounded.ts";

export const nodeKinds = ["soil", "pond", "shed", "paddy", "river", "sluice", "weather"] as const;
export type NodeKind = (typeof nodeKinds)[number];

/** How well a probe sees one quantity. */
export interface Probe {
  readonly quantity: string;
  /** Standard deviation of one measurement, in the quantity's unit. */
  readonly noise: number;
  /** How far a probe may be off for its whole life. */
  readonly offset: number;
  /** Decimals that its converter gives. */
  readonly decimals: number;
  /** How far it drifts in thirty days after calibration, up or down as the single probe goes. */
  readonly ageing?: number;
  /** For so long after power-on it gives nothing. */
  readonly warmUpMs?: number;
}

const minute = 60_000;

export const probesOf: Readonly<Record<NodeKind, readonly Probe[]>> = {
  soil: [
    probe("soil.moisture", 0.12, 1.5, 1),
    probe("soil.temperature", 0.05, 0.3, 1),
    probe("soil.ec", 0.008, 0.03, 2),
    probe("air.temperature", 0.08, 0.3, 1),
    probe("air.relativeHumidity", 0.6, 2, 1),
  ],
  pond: [
    probe("water.temperature", 0.03, 0.2, 2),
    { ...probe("water.dissolvedOxygen", 0.05, 0.2, 2), ageing: 0.05, warmUpMs: 2 * minute },
    { ...probe("water.ph", 0.015, 0.1, 2), ageing: 0.04 },
    probe("water.salinity", 0.03, 0.1, 2),
    probe("water.ec", 15, 40, 0),
  ],
  shed: [
    probe("air.temperature", 0.08, 0.3, 1),
    probe("air.relativeHumidity", 0.6, 2, 1),
    // An electrochemical cell must polarise, and is used up by what it measures.
    { ...probe("air.nh3", 0.25, 0.8, 1), ageing: 0.3, warmUpMs: 10 * minute },
    { ...probe("air.co2", 12, 40, 0), warmUpMs: minute },
    probe("air.lightIntensity", 0.5, 1, 0),
  ],
  paddy: [
    probe("water.level", 0.002, 0.004, 3),
    probe("water.temperature", 0.05, 0.2, 1),
    probe("soil.moisture", 0.12, 1.5, 1),
    probe("soil.ec", 0.008, 0.03, 2),
  ],
  river: river(),
  sluice: river(),
  weather: [
    probe("air.temperature", 0.08, 0.2, 1),
    probe("air.relativeHumidity", 0.6, 1.5, 1),
    probe("air.pressure", 0.1, 0.5, 1),
    probe("rain.cumulative", 0, 0, 1),
    probe("wind.speed", 0.15, 0.1, 1),
    probe("light.solarIrradiance", 4, 10, 0),
  ],
};

/** One probe of a node, as it came from the factory. */
export interface FittedProbe extends Probe {
  readonly key: number;
  /** How it differs from its like, for life: a factor of its offset and its ageing. */
  readonly character: number;
  /** What it can show. */
  readonly least: number;
  readonly most: number;
}

/** @param key of this one probe, among all of the farm */
export function fitted(probe: Probe, key: number): FittedProbe {
  const { min, max } = quantityOf(probe.quantity)!.plausible;
  return { ...probe, key, character: gaussian(key) * 0.5, least: min, most: max };
}

/**
 * What a probe says of the truth: off by its offset, its age and its noise, in steps, and never outside what it can show.
 * @param noisier how many times as far as usual it scatters
 * @param ageDays since it was calibrated
 */
export function measured(
  { key, character, noise, offset, decimals, ageing = 0, least, most }: FittedProbe,
  truth: number,
  noisier: number,
  atMs: number,
  ageDays: number,
): number {
  const worn = (ageing * character * ageDays) / 30;
  const blur = offset * character + worn + noise * noisier * gaussian(keyAt(key, Math.floor(atMs / 1000)));
  return rounded(Math.min(most, Math.max(least, truth + blur)), decimals);
}

function river(): Probe[] {
  return [
    probe("water.level", 0.004, 0.01, 3),
    probe("water.salinity", 0.03, 0.1, 2),
    probe("water.ec", 20, 50, 0),
    probe("water.temperature", 0.03, 0.2, 2),
  ];
}

export function probe(quantity: string, noise: number, offset: number, decimals: number): Probe {
  return { quantity, noise, offset, decimals };
}
