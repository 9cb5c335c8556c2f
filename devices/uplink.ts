/** One message as it came from a device, before anybody has tried to understand it. */
export interface Uplink {
  /** The id that was proved when the device connected. It is the truth, whatever topic or payload say. */
  readonly device: string;
  readonly topic: string;
  /** Raw bytes, at most what the broker's packet limit lets through. */
  readonly payload: Uint8Array;
  /** Server time of arrival, milliseconds since 1970 UTC. */
  readonly receivedAtMs: number;
}
