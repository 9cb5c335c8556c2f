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

export interface UplinkEvent {
  readonly devEui: string;
  readonly deviceName: string;
  readonly model: string;
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

export function upTopic(devEui: string): string {
  return `application/${applicationId}/device/${devEui}/event/up`;
}

/** The body of ChirpStack v4's `up` event (JSON marshaler; integration/integration.proto, UplinkEvent). */
export function chirpstackUp(event: UplinkEvent): string {
  const { devEui, deviceName, model, frame, frameCounter, spreadingFactor, frequencyHz, receptions } = event;
  return JSON.stringify({
    deduplicationId: event.deduplicationId,
    time: new Date(receptions[0]!.atMs).toISOString(),
    deviceInfo: {
      tenantId: "52f14cd4-c6f1-4fbd-8f87-4025e1d49242",
      tenantName: "Hợp tác xã",
      applicationId,
      applicationName: "canhdong",
      deviceProfileId: "14855bf7-d10d-4aee-b618-ebfcb64dc7ad",
      deviceProfileName: model,
      deviceName,
      devEui,
      tags: {},
    },
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
