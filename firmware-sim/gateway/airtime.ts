export const spreadingFactors = [7, 8, 9, 10, 11, 12] as const;
export type SpreadingFactor = (typeof spreadingFactors)[number];

/** LoRaWAN 1.0.4, 4: MHDR 1, FHDR 7 without options, FPort 1, MIC 4. */
const frameOverhead = 13;
const bandwidthHz = 125_000;
const preambleSymbols = 8;
const codingRate = 1; // 4/5

/**
 * How long a LoRaWAN uplink is in the air, milliseconds: Semtech SX1276 datasheet, 4.1.1.7, at 125 kHz, with header and CRC.
 * @param bytes the frame's payload as the application sees it
 */
export function airtimeMs(bytes: number, spreadingFactor: SpreadingFactor): number {
  const symbolMs = (2 ** spreadingFactor / bandwidthHz) * 1000;
  // Symbols longer than 16 ms need the low-data-rate optimisation.
  const lowRate = spreadingFactor >= 11 ? 1 : 0;
  const bits = 8 * (bytes + frameOverhead) - 4 * spreadingFactor + 28 + 16;
  const symbols = 8 + Math.max(0, Math.ceil(bits / (4 * (spreadingFactor - 2 * lowRate)))) * (codingRate + 4);
  return (preambleSymbols + 4.25 + symbols) * symbolMs;
}
