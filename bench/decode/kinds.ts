/** Uplinks of every dialect as they come from the field, each different from the one before. */

export const receivedAtMs = Date.UTC(2026, 6, 1);
export const deviceCount = 10_000;

/** One kind of uplink. */
export interface Kind {
  readonly name: string;
  /** Readings in each. */
  readonly values: number;
  publisher(device: number): string;
  topic(device: number): string;
  payload(i: number): string;
}

export const idOf = (device: number) => `node-${device}`;
export const euiOf = (device: number) => device.toString(16).padStart(16, "0");

const fiveValues = (i: number) => ({
  ts: receivedAtMs - 5000,
  seq: i,
  values: {
    "soil.moisture": 30 + (i % 100) / 10,
    "soil.temperature": 27.1,
    "air.temperature": 30.2 + (i % 7) / 10,
    "air.relativeHumidity": 81,
    "power.battery": 3.61,
  },
});

function native(name: string, values: number, body: (i: number) => unknown): Kind {
  return {
    name,
    values,
    publisher: idOf,
    topic: (device) => `canhdong/v1/${idOf(device)}/telemetry`,
    payload: (i) => {
      const made = body(i);
      return typeof made === "string" ? made : JSON.stringify(made);
    },
  };
}

/** A Dragino LSE01: battery, air, and the soil's moisture, temperature and conductivity. */
function lse01(i: number): string {
  const frame = Buffer.from("CE2900F107A5099B6E2890", "hex");
  frame.writeUInt16BE(1500 + (i % 1000), 4);
  return frame.toString("base64");
}

const time = new Date(receivedAtMs - 800).toISOString();

const chirpstackUp = (i: number) => ({
  deduplicationId: "3ac7e3c4-4401-4b8d-9386-a5c902f9202d",
  time,
  deviceInfo: {
    tenantId: "52f14cd4-c6f1-4fbd-8f87-4025e1d49242",
    tenantName: "HTX",
    applicationId: "17c82e96-be03-4f38-aef3-f83d48582d97",
    applicationName: "Ruộng lúa",
    deviceProfileId: "14855bf7-d10d-4aee-b618-ebfcb64dc7ad",
    deviceProfileName: "LSE01",
    deviceName: "Đất thửa 12",
    devEui: euiOf(i % deviceCount),
    tags: {},
  },
  ...{ devAddr: "00189440", adr: true, dr: 3, fCnt: i, fPort: 2, confirmed: false, data: lse01(i) },
  rxInfo: [
    {
      ...{
        gatewayId: "0016c001f153a14c",
        uplinkId: 4217106255,
        nsTime: time,
        rssi: -97,
        snr: 7.5,
        channel: 2,
      },
      ...{ location: { latitude: 18.36, longitude: 105.9 }, context: "E3OWOQ==", crcStatus: "CRC_OK" },
    },
  ],
  txInfo: {
    frequency: 921400000,
    modulation: { lora: { bandwidth: 125000, spreadingFactor: 9, codeRate: "CR_4_5" } },
  },
});

const thingsStackUp = (i: number) => ({
  end_device_ids: { device_id: idOf(i % deviceCount), dev_eui: euiOf(i % deviceCount).toUpperCase() },
  received_at: time,
  uplink_message: {
    ...{ session_key_id: "AXft26PUOd3Eai4jjy/JdA==", f_port: 2, f_cnt: i, frm_payload: lse01(i) },
    rx_metadata: [{ gateway_ids: { gateway_id: "gw", eui: "58A0CBFFFE802A34" }, time, rssi: -81, snr: 9.25 }],
    settings: { data_rate: { lora: { bandwidth: 125000, spreading_factor: 7 } }, frequency: "921800000" },
    received_at: time,
  },
});

export const kinds: readonly Kind[] = [
  native("one item, 5 values", 5, fiveValues),
  native("one item, 5 numeric strings", 5, (i) => ({
    ts: receivedAtMs,
    values: Object.fromEntries(
      Object.entries(fiveValues(i).values).map(([name, value]) => [name, String(value)]),
    ),
  })),
  native("RFC 3339 time, 5 values", 5, (i) => ({
    ...fiveValues(i),
    ts: new Date(receivedAtMs).toISOString(),
  })),
  native("array of 20 items, 5 values each", 100, (i) =>
    Array.from({ length: 20 }, (_, k) => ({ ...fiveValues(i + k), ts: receivedAtMs - (20 - k) * 60_000 })),
  ),
  native("no JSON", 0, (i) => `{"values":{"soil.moisture":NaN,"n":${i}}}`),
  native("5 unknown quantities", 0, (i) => ({ values: { a: i, b: 2, c: 3, d: 4, e: 5 } })),
  {
    name: "ChirpStack, LSE01, one gateway",
    values: 8,
    publisher: () => "service:chirpstack",
    topic: (device) => `application/17c82e96-be03-4f38-aef3-f83d48582d97/device/${euiOf(device)}/event/up`,
    payload: (i) => JSON.stringify(chirpstackUp(i)),
  },
  {
    name: "The Things Stack, LSE01, one gateway",
    values: 8,
    publisher: () => "intake:ttn",
    topic: (device) => `v3/htx@ttn/devices/${idOf(device)}/up`,
    payload: (i) => JSON.stringify(thingsStackUp(i)),
  },
  {
    name: "ThingsBoard, 5 values",
    values: 5,
    publisher: idOf,
    topic: () => "v1/devices/me/telemetry",
    payload: (i) => JSON.stringify(fiveValues(i)),
  },
  {
    name: "SenML, 5 records",
    values: 5,
    publisher: idOf,
    topic: (device) => `canhdong/v1/${idOf(device)}/senml`,
    payload: (i) =>
      JSON.stringify([
        {
          bn: "urn:dev:ow:10e2073a01080063:",
          bt: receivedAtMs / 1000 - 5,
          n: "temperature",
          u: "Cel",
          v: 30.2,
        },
        { n: "humidity", u: "%RH", v: 81 },
        { n: "soil.moisture", u: "/", v: 0.3 + (i % 100) / 1000 },
        { n: "soil.ec", u: "S/m", v: 0.141 },
        { n: "battery", u: "V", v: 3.61 },
      ]),
  },
];
