import { describe, expect, test } from "vitest";
import { base64Of, decoderOf, receivedAtMs, refused, told, uplinkOf } from "../test-uplinks.ts";

const devEui = "a84041000181c061";
const registry = {
  "dat-1": { devEui, model: "dragino-lse01" },
  "muc-nuoc-1": { devEui: "a84041000181c062", model: "dragino-ldds75", mountingHeightCm: 350 },
  "tram-1": { devEui: "24e124128c186899", model: "milesight-wts506" },
  plain: { devEui: "a84041000181c063" },
  a84041000181c064: { model: "lht65" },
};
const decoder = decoderOf(registry);
const heardAt = "2026-07-01T05:59:57.250+00:00";
const heardAtMs = receivedAtMs - 2750;

/** What ChirpStack 4 publishes, every member that it has. */
function up(hex: string, changed: object = {}) {
  return {
    deduplicationId: "3ac7e3c4-4401-4b8d-9386-a5c902f9202d",
    time: heardAt,
    deviceInfo: {
      tenantId: "52f14cd4-c6f1-4fbd-8f87-4025e1d49242",
      tenantName: "HTX Thạch Hà",
      applicationId: "17c82e96-be03-4f38-aef3-f83d48582d97",
      applicationName: "Ruộng lúa",
      deviceProfileName: "LSE01",
      deviceName: "Đất thửa 12",
      devEui,
      deviceClassEnabled: "CLASS_A",
      tags: {},
    },
    devAddr: "00189440",
    adr: true,
    dr: 3,
    fCnt: 4711,
    fPort: 2,
    confirmed: false,
    data: base64Of(hex),
    object: { water_SOIL: "99.99", note: "a vendor's codec says so" },
    rxInfo: [
      {
        gatewayId: "0016C001F153A14C",
        uplinkId: 4217106255,
        gwTime: heardAt,
        nsTime: "2026-07-01T05:59:57.310+00:00",
        rssi: -97,
        snr: 7.5,
        channel: 2,
        location: { latitude: 18.36, longitude: 105.9 },
        context: "E3OWOQ==",
        crcStatus: "CRC_OK",
      },
      { gatewayId: "0016c001f153a14d", uplinkId: 99, rssi: -113, snr: -4.2, crcStatus: "CRC_OK" },
    ],
    txInfo: {
      frequency: 921400000,
      modulation: { lora: { bandwidth: 125000, spreadingFactor: 9, codeRate: "CR_4_5" } },
    },
    ...changed,
  };
}

const lse01 = "CE29 00F1 07A5 099B 6E28 90";

function decode(payload: unknown, { eui = devEui, event = "up", publisher = "service:chirpstack" } = {}) {
  const topic = `application/17c82e96-be03-4f38-aef3-f83d48582d97/device/${eui}/event/${event}`;
  return decoder.decodeAfresh(uplinkOf(publisher, topic, payload));
}

test("the raw bytes are read by the device's model, and the vendor's object is not looked at", () => {
  const decoded = decode(up(lse01));
  expect(told(decoded)).toEqual([
    "dat-1 power.battery 3.625",
    "dat-1 air.temperature 24.1",
    "dat-1 soil.moisture 19.57",
    "dat-1 soil.temperature 24.59",
    "dat-1 soil.ec 28.2",
    "dat-1 radio.rssi -97",
    "dat-1 radio.snr 7.5",
    "dat-1 radio.spreadingFactor 9",
  ]);
  expect(decoded.rejections).toEqual([]);
  expect(decoded.devices).toEqual(["dat-1"]);
  for (const reading of decoded.readings) {
    expect(reading).toMatchObject({ measuredAtMs: heardAtMs, receivedAtMs, live: true });
  }
});

test("the label names the dialect and the model that read the bytes, with their versions", () => {
  expect(decode(up(lse01)).decoder).toMatch(/^chirpstack\/1\+dragino-lse01\/\d+$/);
});

test("each gateway that heard it is reported", () => {
  const common = { device: "dat-1", spreadingFactor: 9, frameCounter: 4711, frequencyHz: 921_400_000 };
  expect(decode(up(lse01)).links).toEqual([
    { ...common, gateway: "0016c001f153a14c", rssi: -97, snr: 7.5, batteryPercent: null, atMs: heardAtMs },
    { ...common, gateway: "0016c001f153a14d", rssi: -113, snr: -4.2, batteryPercent: null, atMs: heardAtMs },
  ]);
});

test("members that are zero are missing, and are zero", () => {
  const { fCnt: _, ...first } = up(lse01);
  const { links } = decode({ ...first, rxInfo: [{ gatewayId: "0016c001f153a14c", rssi: -120 }] });
  expect(links).toMatchObject([{ frameCounter: 0, snr: 0 }]);
});

test("FSK has no SNR and no spreading factor, and none is made up", () => {
  const { links } = decode(
    up(lse01, {
      rxInfo: [{ gatewayId: "0016c001f153a14c", rssi: -90 }],
      txInfo: { frequency: 921400000, modulation: { fsk: { datarate: 50000 } } },
    }),
  );
  expect(links).toMatchObject([{ rssi: -90, snr: null, spreadingFactor: null }]);
});

test("the DevEUI of the topic counts, whatever the body says, in any case", () => {
  const decoded = decode(up("0D0A 07E9 00 0105 01"), { eui: "A84041000181C062" });
  expect(decoded.devices).toEqual(["muc-nuoc-1"]);
});

test("a device that is registered under its DevEUI as its id is found, too", () => {
  expect(decode(up("CBF60B0D0376010ADD7FFF"), { eui: "a84041000181c064" }).devices).toEqual([
    "a84041000181c064",
  ]);
});

test("a distance becomes a level by the mounting height, once", () => {
  const decoded = decode(up("0D0A 07E9 00 0105 01"), { eui: "a84041000181c062" });
  expect(told(decoded).filter((line) => line.includes("water."))).toEqual([
    "muc-nuoc-1 water.distance 2.025",
    "muc-nuoc-1 water.level 1.475",
  ]);
});

test("a log keeps its own times and is history; how it was heard is news", () => {
  const log = `20CE ${littleEndianSeconds(receivedAtMs - 7_200_000)} FF00 79 4F27 BA04 3200 8D13`;
  const decoded = decode(up(log, { fPort: 85 }), { eui: "24e124128c186899" });
  const temperature = decoded.readings.find(({ quantity }) => quantity === "air.temperature");
  expect(temperature).toMatchObject({ value: 25.5, measuredAtMs: receivedAtMs - 7_200_000, live: false });
  expect(decoded.readings.at(-1)).toMatchObject({ quantity: "radio.spreadingFactor", live: true });
});

test("the same event through two servers gives the same readings", () => {
  const readings = (changed: object) => decode(up(lse01, changed)).readings;
  expect(readings({ region: "other" })).toEqual(readings({}));
});

test("a frame of an unregistered device waits in quarantine", () => {
  const decoded = decode(up(lse01), { eui: "ffffffffffffffff" });
  expect(refused(decoded)).toEqual(["unknown-device"]);
  expect(decoded.rejections[0]?.detail).toMatch(/"ffffffffffffffff" is registered.*then decode again/);
  expect(decoded.devices).toEqual([]);
});

test("a device without a model of bytes is asked to get one, and its link is reported all the same", () => {
  const decoded = decode(up(lse01), { eui: "a84041000181c063" });
  expect(refused(decoded)).toEqual(["unknown-device"]);
  expect(decoded.rejections[0]).toMatchObject({ device: "plain", detail: expect.stringMatching(/"native"/) });
  expect(decoded.links).toHaveLength(2);
});

test.each([
  ["no data", { data: undefined }],
  ["empty data", { data: "" }],
  ["null", { data: null }],
  ["FPort 0", { fPort: 0 }],
])("an uplink with %s carries nothing, but was heard", (_, changed) => {
  const decoded = decode(up(lse01, changed));
  expect(decoded.rejections).toEqual([]);
  expect(told(decoded).every((line) => line.includes("radio."))).toBe(true);
  expect(decoded.devices).toEqual(["dat-1"]);
});

test("data that is no base64 is refused as a whole", () => {
  expect(refused(decode(up(lse01, { data: "CE29-!" })))).toEqual(["wrong-shape"]);
});

test("a gateway's wrong clock is passed over when the server told when it heard", () => {
  const decoded = decode(up(lse01, { time: "1970-01-01T00:00:07Z" }));
  expect(decoded.readings[0]?.measuredAtMs).toBe(Date.parse("2026-07-01T05:59:57.310Z"));
});

test("when no clock of the network can be believed, nothing is stored under a made-up time", () => {
  const decoded = decode(up(lse01, { time: "2036-02-07T06:28:16Z", rxInfo: [] }));
  expect(refused(decoded)).toEqual(["clock-implausible"]);
  expect(decoded.readings).toEqual([]);
});

test("without any time the arrival counts", () => {
  expect(decode(up(lse01, { time: undefined, rxInfo: [] })).readings[0]?.measuredAtMs).toBe(receivedAtMs);
});

test("status tells the battery", () => {
  const status = { time: heardAt, margin: 10, externalPowerSource: false, batteryLevel: 75.2 };
  const decoded = decode(status, { event: "status" });
  expect(told(decoded)).toEqual(["dat-1 power.batteryPercent 75.2"]);
  expect(decoded.links).toMatchObject([{ device: "dat-1", gateway: null, batteryPercent: 75.2 }]);
});

test.each([
  ["mains", { externalPowerSource: true, batteryLevel: 0 }],
  ["a battery that could not be measured", { batteryLevelUnavailable: true, batteryLevel: 0 }],
])("status of %s is no 0 %%", (_, changed) => {
  const decoded = decode({ time: heardAt, margin: 10, ...changed }, { event: "status" });
  expect([told(decoded), refused(decoded), decoded.links]).toEqual([[], [], []]);
});

test.each([
  ["join", { devAddr: "00189440" }, ["dat-1"]],
  ["ack", { acknowledged: true, fCntDown: 12 }, ["dat-1"]],
  ["location", { location: { latitude: 18.36, longitude: 105.9 } }, ["dat-1"]],
  ["txack", { gatewayId: "0016c001f153a14c", fCntDown: 12 }, []],
  ["log", { level: "ERROR", code: "UPLINK_CODEC", description: "SyntaxError" }, []],
  ["integration", { object: { temperature: 99 } }, []],
])("%s measures nothing, and tells by whom something was heard", (event, body, devices) => {
  const decoded = decode({ time: heardAt, ...body }, { event });
  expect([told(decoded), refused(decoded), decoded.devices]).toEqual([[], [], devices]);
});

test("through a foreign broker it is read the same", () => {
  expect(told(decode(up(lse01), { publisher: "intake:tinh-ha-tinh" }))).toEqual(told(decode(up(lse01))));
});

test("one device does not speak for another, even should it get past the broker", () => {
  const decoded = decode(up(lse01), { publisher: "plain" });
  expect(decoded.readings).toEqual([]);
  expect(refused(decoded)).toEqual(["unknown-device"]);
  expect(decoded.rejections[0]?.detail).toMatch(/"plain" may not speak for "dat-1"/);
});

const soil = ["dat-1 soil.moisture 19.57", "dat-1 soil.temperature 24.59", "dat-1 soil.ec 28.2"];
const soilOf = (decoded: ReturnType<typeof decode>) =>
  told(decoded).filter((line) => line.includes(" soil."));

/** Shapes that servers of several versions, bridges and roaming partners have been seen to publish. */
describe("as it has been seen", () => {
  test("4.0: a gateway's `time`, no `nsTime`, and nothing that is zero or false", () => {
    const decoded = decode({
      deduplicationId: "c1f3b518-6ec9-4a68-8e26-5c608a408eff",
      time: heardAt,
      deviceInfo: { devEui, deviceName: "Đất thửa 12", tenantName: "HTX" },
      devAddr: "00e5e007",
      adr: true,
      fPort: 2,
      data: base64Of(lse01),
      rxInfo: [
        {
          gatewayId: "ac1f09fffe0e8415",
          uplinkId: 48620,
          time: heardAt,
          rssi: -19,
          snr: 10.0,
          location: { latitude: 18.36, longitude: 105.9, altitude: 10.0 },
          context: "AQHIfA==",
          metadata: { region_common_name: "AS923_2", region_name: "as923_2" },
        },
      ],
      txInfo: {
        frequency: 921400000,
        modulation: { lora: { bandwidth: 125000, spreadingFactor: 12, codeRate: "CR_4_5" } },
      },
    });
    expect([soilOf(decoded), decoded.rejections]).toEqual([soil, []]);
    expect(decoded.links).toMatchObject([{ frameCounter: 0, snr: 10, spreadingFactor: 12 }]);
  });

  test("roaming: metadata of the partner's, a server's clock a week behind, a report of a gateway without signal", () => {
    const rxInfo = [
      {
        gatewayId: "464060cab5062e5a",
        uplinkId: 57654,
        gwTime: heardAt,
        nsTime: "2026-06-24T05:59:57.000+00:00",
        rssi: -106,
        snr: -3.0,
        context: "tKJtsQ==",
        metadata: {
          region_config_id: "as923_2",
          region_common_name: "AS923_2",
          gateway_h3index: "8c283081630e9ff",
        },
        crcStatus: "CRC_OK",
      },
      { gatewayId: "3133303748005c00", context: "", metadata: {}, crcStatus: "CRC_OK" },
    ];
    const decoded = decode(up(lse01, { rxInfo, regionConfigId: "as923_2" }));
    expect(soilOf(decoded)).toEqual(soil);
    expect(decoded.readings[0]?.measuredAtMs).toBe(heardAtMs);
    expect(decoded.links?.map(({ gateway, rssi, snr }) => [gateway, rssi, snr])).toEqual([
      ["464060cab5062e5a", -106, -3],
      ["3133303748005c00", null, null],
    ]);
  });

  test("through a relay: how it was heard is the relay's story, what was measured is the device's", () => {
    const relayRxInfo = {
      devEui: "0016c001ffff0001",
      frequency: 923200000,
      dr: 3,
      snr: 4,
      rssi: -80,
      worChannel: 0,
    };
    expect(soilOf(decode(up(lse01, { relayRxInfo })))).toEqual(soil);
  });

  test("LR-FHSS has neither a spreading factor nor an SNR", () => {
    const lrFhss = { operatingChannelWidth: 137000, codeRate: "CR_1_3", gridSteps: 0 };
    const txInfo = { frequency: 921400000, modulation: { lrFhss } };
    const rxInfo = [{ gatewayId: "0016c001f153a14c", uplinkId: 1, rssi: -121 }];
    const decoded = decode(up(lse01, { txInfo, rxInfo }));
    expect(soilOf(decoded)).toEqual(soil);
    expect(decoded.links).toMatchObject([{ snr: null, spreadingFactor: null }]);
  });

  test("a codec that failed: `object` is null, or missing, or somebody's nonsense", () => {
    for (const object of [null, undefined, { err: "SyntaxError" }, [], "x"])
      expect(soilOf(decode(up(lse01, { object })))).toEqual(soil);
  });

  const deviceInfo = up(lse01).deviceInfo;
  const envelope = { deduplicationId: "3ac7e3c4-4401-4b8d-9386-a5c902f9202d", time: heardAt, deviceInfo };
  test.each([
    ["join", { devAddr: "00189440", joinServerContext: null, regionConfigId: "as923_2" }, ["dat-1"]],
    [
      "ack",
      { queueItemId: "95ea2c5a-b8a5-4b5e-9c2b-1f1b6e0a4b63", acknowledged: true, fCntDown: 12 },
      ["dat-1"],
    ],
    [
      "location",
      {
        location: {
          latitude: 18.36,
          longitude: 105.9,
          altitude: 0,
          source: "GEO_RESOLVER_TDOA",
          accuracy: 60,
        },
      },
      ["dat-1"],
    ],
    [
      "txack",
      {
        downlinkId: 1646857403,
        queueItemId: "95ea2c5a-b8a5-4b5e-9c2b-1f1b6e0a4b63",
        fCntDown: 12,
        gatewayId: "0016c001f153a14c",
        txInfo: { frequency: 923200000, power: 16, timing: { delay: { delay: "1s" } } },
      },
      [],
    ],
    [
      "log",
      {
        level: "ERROR",
        code: "DOWNLINK_GATEWAY",
        description: "TOO_LATE",
        context: { downlink_id: "95ea2c5a", f_cnt: "12" },
      },
      [],
    ],
  ])("%s, with every member that it has, measures nothing", (event, body, devices) => {
    const decoded = decode({ ...envelope, ...body }, { event });
    expect([told(decoded), refused(decoded), decoded.devices]).toEqual([[], [], devices]);
  });

  test("status of a device on mains that has no battery level at all, and one whose margin is below zero", () => {
    const mains = { ...envelope, margin: -3, externalPowerSource: true, batteryLevelUnavailable: false };
    expect(told(decode(mains, { event: "status" }))).toEqual([]);
    const full = { ...envelope, margin: -3, batteryLevel: 99.21 };
    expect(told(decode(full, { event: "status" }))).toEqual(["dat-1 power.batteryPercent 99.21"]);
  });

  test("protobuf instead of JSON waits in quarantine, which says what to set", () => {
    const protobuf = Buffer.concat([
      Buffer.from("0a24", "hex"),
      Buffer.from(envelope.deduplicationId),
      Buffer.from("120c08edfb8fcd0610809ffe76", "hex"),
    ]);
    const decoded = decode(protobuf);
    expect(decoded.readings).toEqual([]);
    expect(decoded.rejections).toMatchObject([
      { reason: "not-json", detail: expect.stringMatching(/json=true under \[integration.mqtt\]/) },
    ]);
  });
});

function littleEndianSeconds(ms: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(ms / 1000);
  return bytes.toString("hex");
}
