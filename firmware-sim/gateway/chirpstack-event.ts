import type { Frame } from "../node/frames/frame-encoder.ts";
import type { SpreadingFactor } from "./airtime.ts";
import type { Hearing } from "./radio.ts";

/** A frame as one gateway heard it. */
export interface Reception extends Hearing {
  /** EUI-64, 16 hexadecimal digits. */
  readonly gateway: string;
  /** When the network server had it, true time. */
  readonly atMs: number;
}

export interface UplinkEvent extends Subject {
  readonly frame: Frame;
  readonly frameCounter: number;
  readonly spreadingFactor: SpreadingFactor;
  readonly frequencyHz: number;
  /** The first one is the first that came. */
  readonly receptions: readonly Reception[];
  /** Same for every copy of this event. */
  readonly deduplicationId: string;
}

export const applicationId = "5d3c6a1e-2f4b-4c8e-9a70-6b1f0c2d8e11";

/** The filter under which ChirpStack hears what its devices are to be told. */
export const downFilter = `application/${applicationId}/device/+/command/down`;

export function upTopic(devEui: string): string {
  return eventTopic(devEui, "up");
}

/** ChirpStack v4's MQTT integration: `up`, and what became of downlinks in `txack` and `ack`. */
export function eventTopic(devEui: string, event: "up" | "txack" | "ack"): string {
  return `application/${applicationId}/device/${devEui}/event/${event}`;
}

/** What every event says of its device. */
export interface Subject {
  readonly devEui: string;
  readonly deviceName: string;
  readonly model: string;
}

/** The body of ChirpStack v4's `up` event (JSON marshaler; integration/integration.proto, UplinkEvent). */
export function chirpstackUp(event: UplinkEvent): string {
  const { devEui, frame, frameCounter, spreadingFactor, frequencyHz, receptions } = event;
  return JSON.stringify({
    deduplicationId: event.deduplicationId,
    time: new Date(receptions[0]!.atMs).toISOString(),
    deviceInfo: deviceInfo(event),
    devAddr: devEui.slice(-8),
    adr: true,
    // AS923: DR5 is SF7.
    dr: 12 - spreadingFactor,
    fCnt: frameCounter,
    fPort: frame.port,
    confirmed: false,
    data: Buffer.from(frame.bytes).toString("base64"),
    rxInfo: receptions.map(({ gateway, atMs, rssi, snr }, i) => ({
      gatewayId: gateway,
      uplinkId: (frameCounter * 16 + i) >>> 0,
      nsTime: new Date(atMs).toISOString(),
      rssi,
      snr,
      context: "",
      crcStatus: "CRC_OK",
    })),
    txInfo: {
      frequency: frequencyHz,
      modulation: { lora: { bandwidth: 125_000, spreadingFactor, codeRate: "CR_4_5" } },
    },
  });
}

/** What became of a downlink. */
export interface DownlinkNews extends Subject {
  /** As the command had it. */
  readonly queueItemId: string;
  readonly frameCounterDown: number;
  readonly atMs: number;
}

/** The body of `txack`: a gateway has it and will send it. That the device hears it is not said (TxAckEvent). */
export function chirpstackTxAck(news: DownlinkNews & { readonly gateway: string }): string {
  const { queueItemId, frameCounterDown, atMs, gateway } = news;
  return JSON.stringify({
    downlinkId: (frameCounterDown + 1) >>> 0,
    time: new Date(atMs).toISOString(),
    deviceInfo: deviceInfo(news),
    queueItemId,
    fCntDown: frameCounterDown,
    gatewayId: gateway,
  });
}

/** The body of `ack`: whether the device's next uplink confirmed it. What it did not is not sent again (AckEvent). */
export function chirpstackAck(
  news: DownlinkNews & { readonly deduplicationId: string; readonly acknowledged: boolean },
): string {
  const { deduplicationId, queueItemId, frameCounterDown, atMs, acknowledged } = news;
  return JSON.stringify({
    deduplicationId,
    time: new Date(atMs).toISOString(),
    deviceInfo: deviceInfo(news),
    queueItemId,
    acknowledged,
    fCntDown: frameCounterDown,
  });
}

function deviceInfo({ devEui, deviceName, model }: Subject) {
  return {
    tenantId: "52f14cd4-c6f1-4fbd-8f87-4025e1d49242",
    tenantName: "Hợp tác xã",
    applicationId,
    applicationName: "canhdong",
    deviceProfileId: "14855bf7-d10d-4aee-b618-ebfcb64dc7ad",
    deviceProfileName: model,
    deviceName,
    devEui,
    tags: {},
  };
}
