/** Water of a pond, mm, and what is dissolved in it. All per m²: 1 mm is 1 L. */
export interface Solution {
  readonly waterMm: number;
  /** Salt, g/L. */
  readonly saltGL: number;
  readonly alkalinityMeqL: number;
  readonly carbonMmolL: number;
  /** Total ammonia, mg N/L. */
  readonly tanMgL: number;
}

/** What came and went since the beginning. */
export interface PondLedger {
  readonly inMm: number;
  readonly inSaltG: number;
  readonly outMm: number;
  readonly outSaltG: number;
  readonly evaporatedMm: number;
}

export interface WaterDay {
  readonly rainMm: number;
  readonly evaporationMm: number;
  readonly seepageMm: number;
  /** From outside, and what is dissolved in it. */
  readonly inflowMm: number;
  readonly inflow: Omit<Solution, "waterMm">;
  /** What stands above this, mm, flows out. */
  readonly outletMm: number;
}

/** Rain has next to no salt and no carbonate; evaporation takes neither. */
export function volumeAfter<Pond extends Solution & PondLedger>(pond: Pond, day: WaterDay): Pond {
  const { rainMm, inflowMm, inflow } = day;
  const filledMm = pond.waterMm + rainMm + inflowMm;
  const evaporationMm = Math.min(day.evaporationMm, filledMm / 2);
  const leftMm = filledMm - evaporationMm;
  const outMm = Math.min(leftMm / 2, day.seepageMm + Math.max(0, leftMm - day.seepageMm - day.outletMm));
  const mixed = (own: number, other: number) => (own * pond.waterMm + other * inflowMm) / leftMm;
  const saltGL = mixed(pond.saltGL, inflow.saltGL);
  return {
    ...pond,
    waterMm: leftMm - outMm,
    saltGL,
    alkalinityMeqL: mixed(pond.alkalinityMeqL, inflow.alkalinityMeqL),
    carbonMmolL: mixed(pond.carbonMmolL, inflow.carbonMmolL),
    tanMgL: mixed(pond.tanMgL, inflow.tanMgL),
    inMm: pond.inMm + rainMm + inflowMm,
    inSaltG: pond.inSaltG + inflowMm * inflow.saltGL,
    outMm: pond.outMm + outMm,
    outSaltG: pond.outSaltG + outMm * saltGL,
    evaporatedMm: pond.evaporatedMm + evaporationMm,
  };
}
