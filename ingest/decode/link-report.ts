import type { Flag } from "../../devices/index.ts";

/** How one gateway heard one uplink, or what a device said of its battery: the raw material of a ledger of links. */
export interface LinkReport {
  readonly device: string;
  /** Id of the gateway as the network calls it, in lower case; null where the report is the device's own. */
  readonly gateway: string | null;
  /** dBm. */
  readonly rssi: number | null;
  /** dB. */
  readonly snr: number | null;
  readonly spreadingFactor: number | null;
  /** Counts the device's uplinks; starts again at 0 when it joins anew. The same under each gateway that heard it. */
  readonly frameCounter: number | null;
  readonly frequencyHz: number | null;
  readonly batteryPercent: number | null;
  /** When it was heard, by the network's clock; milliseconds since 1970 UTC. */
  readonly atMs: number;
}

/** What a device, or the network about it, says in the place of a value: its probe is off, its sensor is warming up. */
export interface DeviceFlag {
  readonly device: string;
  /** `codec-disagrees`: the network's own decoding of the same bytes gives other values than ours. */
  readonly flag: Flag | "codec-disagrees";
  readonly atMs: number;
}
