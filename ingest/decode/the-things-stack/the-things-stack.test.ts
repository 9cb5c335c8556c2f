import { expect, test } from "vitest";
import { base64Of, decoderOf, receivedAtMs, refused, told, uplinkOf } from "../test-uplinks.ts";

const decoder = decoderOf({
  "dat-1": { devEui: "a84041000181c061", model: "dragino-lse01" },
  "am-ke-2": { devEui: "a84041000181c065" },
  lht65n: { model: "dragino-lht65n" },
});
const heardAtMs = receivedAtMs - 2213;

/** What The Things Stack 3 publishes under `…/up`. */
function up(changed: object = {}, ids: object = {}) {
  return {
    end_device_ids: {
      device_id: "thua-12",
      application_ids: { application_id: "htx-thach-ha" },
      dev_eui: "A84041000181C061",
      join_eui: "A840410000000101",
      dev_addr: "260B1234",
      ...ids,
    },
    correlation_ids: ["gs:uplink:01HZX"],
    received_at: "2026-07-01T05:59:57.995Z",
    uplink_message: {
      session_key_id: "AXft26PUOd3Eai4jjy/JdA==",
      f_port: 2,
      f_cnt: 5,
      frm_payload: base64Of("CE29 00F1 07A5 099B 6E28 90"),
      decoded_payload: { water_SOIL: "19.57", temp_SOIL: "24.59", conduct_SOIL: 28200 },
      normalized_payload: [
        {
          air: { temperature: 24.1 },
          soil: { temperature: 24.59, moisture: 19.57, ec: 28.2 },
          battery: 3.625,
        },
      ],
      rx_metadata: [
        {
          gateway_ids: { gateway_id: "gw-thach-ha", eui: "58A0CBFFFE802A34" },
          time: "2026-07-01T05:59:57.745Z",
          rssi: -81,
          channel_rssi: -81,
          snr: 9.25,
          uplink_token: "ChgKFg==",
        },
        { gateway_ids: { gateway_id: "packetbroker" }, rssi: -117 },
      ],
      settings: {
        data_rate: { lora: { bandwidth: 125000, spreading_factor: 7, coding_rate: "4/5" } },
        frequency: "921800000",
      },
      received_at: "2026-07-01T05:59:57.787Z",
      consumed_airtime: "0.061696s",
      ...changed,
    },
  };
}

function decode(body: unknown, { device = "thua-12", channel = "up" } = {}) {
  return decoder.decodeAfresh(
    uplinkOf("intake:ttn", `v3/htx-thach-ha@ttn/devices/${device}/${channel}`, body),
  );
}

test("the raw bytes are read by the device's model", () => {
  const decoded = decode(up());
  expect(told(decoded)).toEqual([
    "dat-1 power.battery 3.625",
    "dat-1 air.temperature 24.1",
    "dat-1 soil.moisture 19.57",
    "dat-1 soil.temperature 24.59",
    "dat-1 soil.ec 28.2",
    "dat-1 radio.rssi -81",
    "dat-1 radio.snr 9.25",
    "dat-1 radio.spreadingFactor 7",
  ]);
  expect(decoded.decoder).toMatch(/^the-things-stack\/\d+\+dragino-lse01\/\d+$/);
  expect(decoded.readings[0]?.measuredAtMs).toBe(heardAtMs);
  expect(decoded.flags).toEqual([]);
});

test("each gateway that heard it is reported; one without an EUI by its id", () => {
  const common = { device: "dat-1", spreadingFactor: 7, frameCounter: 5, frequencyHz: 921_800_000 };
  expect(decode(up()).links).toMatchObject([
    { ...common, gateway: "58a0cbfffe802a34", rssi: -81, snr: 9.25 },
    { ...common, gateway: "packetbroker", rssi: -117, snr: 0 },
  ]);
});

/** A frame that came by the Packet Broker, with every member that The Things Stack 3 tells of it. */
function peered(changed: object = {}) {
  const gateway = (eui: string, rssi: number) => ({
    gateway_ids: { gateway_id: "packetbroker" },
    packet_broker: {
      message_id: "01J1XKZ4T8Y0",
      forwarder_net_id: "000013",
      forwarder_tenant_id: "ttnv2",
      forwarder_cluster_id: "ttn-v2-legacy-eu",
      forwarder_gateway_eui: eui,
      forwarder_gateway_id: `eui-${eui.toLowerCase()}`,
      home_network_net_id: "000013",
      home_network_tenant_id: "htx",
      home_network_cluster_id: "au1.cloud.thethings.network",
    },
    time: "2026-07-01T05:59:57.745Z",
    rssi,
    channel_rssi: rssi,
    snr: 3.5,
    location: { latitude: 18.36, longitude: 105.9, altitude: 12, source: "SOURCE_REGISTRY" },
    uplink_token: "eyJnIjoiWlhs",
    received_at: "2026-07-01T05:59:57.790Z",
  });
  return up({
    f_cnt: 300,
    confirmed: true,
    rx_metadata: [gateway("B827EBFFFE000001", -104), gateway("B827EBFFFE000002", -99)],
    settings: {
      data_rate: { lora: { bandwidth: 125000, spreading_factor: 10, coding_rate: "4/5" } },
      frequency: "923400000",
      timestamp: 2463457000,
    },
    locations: { user: { latitude: 18.36, longitude: 105.9, source: "SOURCE_REGISTRY" } },
    version_ids: { brand_id: "dragino", model_id: "lse01", firmware_version: "1.1", band_id: "AS_923_2" },
    network_ids: { net_id: "000013", tenant_id: "htx", cluster_id: "au1" },
    last_battery_percentage: { f_cnt: 300, value: 83.5, received_at: "2026-07-01T05:59:57.787Z" },
    ...changed,
  });
}

test("gateways of another network are told apart, though all are called packetbroker", () => {
  const { links, rejections } = decode(peered());
  expect(links?.map(({ gateway, rssi }) => [gateway, rssi])).toEqual([
    ["b827ebfffe000001", -104],
    ["b827ebfffe000002", -99],
  ]);
  expect(rejections).toEqual([]);
});

test("the battery that the network asked for is a reading of the uplink that brought it, and of no other", () => {
  const battery = (changed: object) =>
    told(decode(peered(changed))).filter((line) => line.includes("batteryPercent"));
  expect(battery({})).toEqual(["dat-1 power.batteryPercent 83.5"]);
  expect(battery({ f_cnt: 301 })).toEqual([]);
  expect(battery({ last_battery_percentage: { f_cnt: 300, received_at: "2026-07-01T05:59:57Z" } })).toEqual(
    [],
  );
});

test("FSK has no spreading factor, and none is made up", () => {
  const settings = { data_rate: { fsk: { bit_rate: 50000 } }, frequency: "921800000" };
  expect(told(decode(peered({ settings }))).some((line) => line.includes("spreadingFactor"))).toBe(false);
});

test("when the network's decoding says something else, ours is stored and the device is flagged", () => {
  const theirs = [{ soil: { temperature: 24.59, moisture: 57.19 } }];
  const decoded = decode(up({ normalized_payload: theirs }));
  expect(told(decoded)).toContain("dat-1 soil.moisture 19.57");
  expect(decoded.flags).toEqual([{ device: "dat-1", flag: "codec-disagrees", atMs: heardAtMs }]);
});

test("a difference that nobody would show is none", () => {
  const theirs = [{ soil: { temperature: 24.6, moisture: 19.6 } }];
  expect(decode(up({ normalized_payload: theirs })).flags).toEqual([]);
});

test("without a model the normalized payload is used, each measurement at its time", () => {
  const device = { device_id: "am-ke-2", dev_eui: "A84041000181C065" };
  const measurements = [
    { time: "2026-07-01T05:30:00Z", soil: { moisture: 30.5, depth: 10 }, air: { location: "outdoor" } },
    { soil: { moisture: 31.5 }, wind: { speed: 2.5, direction: 90 }, rain: { intensity: 0 }, battery: 3.6 },
  ];
  const decoded = decode(up({ normalized_payload: measurements }, device), { device: "am-ke-2" });
  const others = told(decoded).filter((line) => !line.includes("radio."));
  expect(others).toEqual([
    "am-ke-2 soil.moisture 30.5",
    "am-ke-2 soil.moisture 31.5",
    "am-ke-2 wind.speed 2.5",
    "am-ke-2 wind.direction 90",
    "am-ke-2 rain.intensity 0",
    "am-ke-2 power.battery 3.6",
  ]);
  expect(decoded.readings[0]?.measuredAtMs).toBe(Date.parse("2026-07-01T05:30:00Z"));
  expect(decoded.decoder).toMatch(/^the-things-stack\/\d+$/);
});

test("two depths without their own quantities do not overwrite each other: the second is refused", () => {
  const device = { device_id: "am-ke-2", dev_eui: "A84041000181C065" };
  const measurements = [{ soil: { depth: 10, moisture: 30.5 } }, { soil: { depth: 40, moisture: 41 } }];
  const decoded = decode(up({ normalized_payload: measurements }, device), { device: "am-ke-2" });
  expect(told(decoded)[0]).toBe("am-ke-2 soil.moisture 30.5");
  expect(refused(decoded)).toEqual(["wrong-shape soil.moisture"]);
  expect(decoded.rejections[0]?.detail).toBe(
    "normalized_payload[1].soil.moisture: stands twice for the same time",
  );
});

test("without a model and without a normalized payload the frame waits for its model", () => {
  const device = { device_id: "am-ke-2", dev_eui: "A84041000181C065" };
  const decoded = decode(up({ normalized_payload: undefined }, device), { device: "am-ke-2" });
  expect(refused(decoded)).toEqual(["unknown-device"]);
});

test("the topic's device counts: a body of another device does not lead to that one's EUI", () => {
  const decoded = decode(up({ frm_payload: base64Of("CBF60B0D0376010ADD7FFF") }), { device: "lht65n" });
  expect(decoded.devices).toEqual(["lht65n"]);
});

test("what was typed into the console is no measurement", () => {
  const decoded = decode({ ...up(), simulated: true });
  expect([told(decoded), refused(decoded), decoded.devices]).toEqual([[], ["wrong-shape"], []]);
});

test.each([
  ["join", { join_accept: { session_key_id: "AXBSH1Pk6Z0G166=" } }, ["dat-1"]],
  ["down/ack", { downlink_ack: { f_port: 1 } }, ["dat-1"]],
  ["down/queued", { downlink_queued: {} }, []],
  ["service/data", { service_data: { data: { temperature: 99 } } }, []],
])("%s measures nothing, and tells by whom something was heard", (channel, body, devices) => {
  const { end_device_ids } = up();
  const decoded = decode({ end_device_ids, ...body }, { channel });
  expect([told(decoded), refused(decoded), decoded.devices]).toEqual([[], [], devices]);
});
