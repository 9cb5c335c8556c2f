/**
 * Salt in a river mouth. Averaged over a tide it falls off inland as dispersion and the river's flow balance:
 * S = S0 e^(-x u/K) (Fischer et al. 1979, Mixing in Inland and Coastal Waters, chapter 7). The tide moves the whole
 * picture up and down the river.
 */

/** Water that the catchment holds back, mm; it lets it go over weeks, so that the river is lowest at the end of a drought. */
type CatchmentMm = number;

const emptiesInHours = 40 * 24;
/** Of the rain, what reaches the river. */
const runOffShare = 0.45;
/** What springs and dams upstream give always, mm a day of the catchment. */
const baseFlowMmDay = 0.25;

export function catchmentAfter(stored: CatchmentMm, rainMm: number, hours: number): CatchmentMm {
  return (stored + runOffShare * rainMm) * Math.exp(-hours / emptiesInHours);
}

/** The river's flow, mm a day of its catchment. */
export function flowMmDay(stored: CatchmentMm): number {
  return baseFlowMmDay + (stored * 24) / emptiesInHours;
}

const seaSalinity = 32;
export const riverSalinity = 0.08;
/** Length over which salinity falls to 1/e, km, at the lowest flow. */
const longestKm = 20;
const shortestKm = 1.5;
/** How far a metre of tide pushes the water inland at the mouth, and over what length that is lost. */
const excursionKmPerM = 6;
const tideFadesKm = 60;

/** Salinity at so many km from the sea, of a river with this flow and the tide at this height (m). */
export function salinityAtKm(seaKm: number, flow: number, tideM: number): number {
  // Intrusion grows with the root of what the flow lacks, between Q^-1/3 and Q^-1 in theory (Savenije 2005, chapter 4).
  const lengthKm = Math.min(longestKm, Math.max(shortestKm, longestKm * Math.sqrt(baseFlowMmDay / flow)));
  const fromSeaKm = Math.max(0, seaKm - excursionKmPerM * tideM * Math.exp(-seaKm / tideFadesKm));
  return riverSalinity + (seaSalinity - riverSalinity) * Math.exp(-fromSeaKm / lengthKm);
}

/** The tide so far inland, as a share of that at the mouth. */
export function tideShareAtKm(seaKm: number): number {
  return Math.exp(-seaKm / tideFadesKm);
}
