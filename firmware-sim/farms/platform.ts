import type { Uplink } from "../../devices/index.ts";

/** Where a simulated node stands, as a registry would know it. */
export interface StationPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly commune: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface StationGateway {
  /** 16 hexadecimal digits, as in the network server's events. */
  readonly eui: string;
  readonly name: string;
}

/** A simulated node, as it would be registered before it speaks. */
export interface Station {
  readonly id: string;
  readonly label: string;
  readonly model: string;
  /** 16 hexadecimal digits; null for a node that speaks MQTT itself. */
  readonly devEui: string | null;
  readonly intervalMs: number;
  readonly mountingHeightCm: number | null;
  /** The gateway that hears it best; null for a node that speaks MQTT itself, or that none can hear. */
  readonly heardBy: StationGateway | null;
  readonly place: StationPlace;
}

/**
 * What a farm sends to, in virtual time. It has acknowledged everything that `take` resolved for.
 *
 * The farm lives some hours at once and takes acknowledgements for granted meanwhile; so `take` must reject when one uplink
 * cannot be kept, and the run is void.
 */
export interface Platform {
  enlist(stations: readonly Station[]): void;
  /**
   * Takes uplinks in the order of their arrival, and lives on to `untilMs`: when it resolves, all until then is durable and judged.
   * It may be given the next ones before, and takes them in their turn.
   */
  take(uplinks: readonly Uplink[], untilMs: number): Promise<void>;
}
