/** One message as it came in, before anybody has tried to understand it. */
export interface Uplink {
  /**
   * The device that was proved when it connected: the truth, whatever topic or payload say. `service:NAME` or
   * `intake:NAME` (no device id has a colon) when a program or a foreign broker handed it over: then the dialect finds
   * out whose it is.
   */
  readonly device: string;
  readonly topic: string;
  /** Raw bytes, at most what the broker's packet limit lets through. */
  readonly payload: Uint8Array;
  /** Server time of arrival, milliseconds since 1970 UTC. */
  readonly receivedAtMs: number;
}
