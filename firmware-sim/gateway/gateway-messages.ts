import type { StatusWords } from "../link/packets.ts";
import type { Gateway } from "./gateways.ts";

/*
 * What a gateway says of itself to ChirpStack, by the ChirpStack Gateway Bridge's topics and in its JSON (gw/gw.proto, ConnState and
 * GatewayStats). Uplinks between the two are protobuf of raw radio frames, and are not played here.
 */

/** Viet Nam's frequency plan, by ChirpStack's name: it is the first level of the topics of its gateways. */
const region = "as923_2";

/** What a service needs the right to publish under to speak for gateways. */
export const gatewayFilter = `${region}/gateway/#`;

/** Retained: whoever asks later is told, too. */
export function connTopic({ eui }: Gateway): string {
  return `${region}/gateway/${eui}/state/conn`;
}

/** The last one is the bridge's will, which the broker publishes when power or network are gone. */
export function connWords({ eui: gatewayId }: Gateway): StatusWords {
  return {
    online: JSON.stringify({ gatewayId, state: "ONLINE" }),
    offline: JSON.stringify({ gatewayId, state: "OFFLINE" }),
  };
}

export function statsTopic({ eui }: Gateway): string {
  return `${region}/gateway/${eui}/event/stats`;
}

/** Counts since the stats before. */
export interface GatewayCounts {
  readonly received: number;
  readonly emitted: number;
}

export function statsBody(
  { eui: gatewayId, latitude, longitude }: Gateway,
  { received, emitted }: GatewayCounts,
  atMs: number,
): string {
  return JSON.stringify({
    gatewayId,
    time: new Date(atMs).toISOString(),
    location: { latitude, longitude, source: "CONFIG" },
    rxPacketsReceived: received,
    rxPacketsReceivedOk: received,
    txPacketsReceived: emitted,
    txPacketsEmitted: emitted,
  });
}
