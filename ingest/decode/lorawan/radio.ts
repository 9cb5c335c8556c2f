import type { Harvest } from "../harvest.ts";

/** How one gateway heard a frame. */
export interface Reception {
  readonly gateway: string | null;
  readonly rssi: number | null;
  readonly snr: number | null;
}

/** A frame on the air. */
export interface AirTime {
  readonly receptions: readonly Reception[];
  readonly spreadingFactor: number | null;
  readonly frequencyHz: number | null;
  readonly frameCounter: number | null;
  readonly heardAtMs: number;
}

/** Reports each gateway that heard the frame, and takes the radio quantities of the one that heard it best. */
export function takeRadio(air: AirTime, harvest: Harvest): void {
  const { spreadingFactor, frequencyHz, frameCounter, heardAtMs: atMs } = air;
  const receptions = air.receptions.map((reception) => withZeroSnr(reception, spreadingFactor));
  for (const reception of receptions) {
    harvest.link({ ...reception, spreadingFactor, frequencyHz, frameCounter, batteryPercent: null, atMs });
  }
  if (receptions.length === 0) return;
  const best = receptions.reduce((a, b) => ((b.rssi ?? -999) > (a.rssi ?? -999) ? b : a));
  harvest.take(0, "radio.rssi", best.rssi, atMs, place);
  harvest.take(0, "radio.snr", best.snr, atMs, place);
  harvest.take(0, "radio.spreadingFactor", spreadingFactor, atMs, place);
}

/** The networks leave out members that are zero (protobuf). LoRa always has an SNR; FSK, without a spreading factor, has none. */
function withZeroSnr(reception: Reception, spreadingFactor: number | null): Reception {
  const isZero = reception.snr === null && reception.rssi !== null && spreadingFactor !== null;
  return isZero ? { ...reception, snr: 0 } : reception;
}

const place = (_: number, name: string) => `how the gateway heard it, ${name}`;
