/** One value of one quantity at one time, in the catalogue's canonical unit. */
export interface Reading {
  readonly device: string;
  /** Name of a quantity of the catalogue, such as `soil.moisture`. */
  readonly quantity: string;
  /** Device time, milliseconds since 1970 UTC (server time when the device told none). */
  readonly measuredAtMs: number;
  /** Server time of arrival, milliseconds since 1970 UTC. */
  readonly receivedAtMs: number;
  readonly value: number;
  /**
   * Whether this was news when it arrived: not older than the device's usual interval allows. What is not live is
   * history: stored and counted, but never "the latest value" and never a reason to wake anybody.
   */
  readonly live: boolean;
}
