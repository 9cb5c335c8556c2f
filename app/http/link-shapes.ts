import { z } from "zod";

/** How devices and gateways hear each other, as the API tells it. */

const Ms = z.number().int().describe("Milliseconds since 1970 UTC.");
const Rssi = z.number().nullable().describe("Signal strength, dBm.");
const Snr = z.number().nullable().describe("Signal to noise, dB.");

export const GatewayInfo = z
  .object({
    id: z.string().describe("For LoRaWAN its EUI, in lower case."),
    label: z.string(),
    registered: z.boolean().describe("False: it was heard of, and nobody has added it."),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    lastHeardAtMs: Ms.nullable().describe("When it last passed an uplink on; null when it never did."),
    lastDay: z.object({
      uplinks: z.number().int().describe("Frames that it heard within the last day."),
      devices: z.number().int().describe("Devices that it heard within the last day."),
    }),
  })
  .meta({ id: "Gateway" });
export type GatewayInfo = z.infer<typeof GatewayInfo>;

export const GatewayList = z.object({ gateways: z.array(GatewayInfo) });

export const DeviceLinkInfo = z
  .object({
    device: z.string(),
    lastHeardAtMs: Ms.nullable().describe("When a gateway heard it last; null when none ever told."),
    gateway: z.string().nullable().describe("The one that heard the newest frame best."),
    rssi: Rssi,
    snr: Snr,
    spreadingFactor: z.number().int().nullable(),
    frequencyHz: z.number().nullable(),
    frameCounter: z.number().int().nullable(),
    batteryPercent: z.number().nullable(),
    batteryAtMs: Ms.nullable(),
    lastDay: z.object({
      received: z.number().int().describe("Frames heard within the last day, each once."),
      lost: z.number().int().describe("Frames that the counter left out."),
      duplicates: z.number().int().describe("Frames that came again."),
      resets: z.number().int().describe("How often the counter began anew: the device joined again."),
    }),
    gateways: z
      .array(z.object({ gateway: z.string(), lastHeardAtMs: Ms, rssi: Rssi, snr: Snr }))
      .describe("All that heard it within the last day, the latest first."),
  })
  .meta({ id: "DeviceLink" });
export type DeviceLinkInfo = z.infer<typeof DeviceLinkInfo>;
