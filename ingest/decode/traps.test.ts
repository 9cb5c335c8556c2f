import { describe, expect, test } from "vitest";
import {
  base64Of,
  decoderOf,
  minute,
  receivedAtMs,
  refused,
  type TestRegistry,
  told,
  uplinkOf,
} from "./test-uplinks.ts";

/**
 * Twenty traps that real nodes and gateways set, each sprung through the whole decoder, as it comes from the network. What
 * each device model does by itself is in its examples (devices/models).
 */

const registry: TestRegistry = Object.fromEntries(
  [
    ...["dragino-lht65", "dragino-lse01", "dragino-ldds75", "dragino-sn50v3-lb", "milesight-em500-smtc"],
    ...[
      "milesight-em500-udl",
      "milesight-em500-pp",
      "milesight-em500-co2",
      "milesight-gs301",
      "milesight-wts506",
    ],
    ...["sensecap-s2102", "sensecap-s2104"],
  ].map((model) => [model, { model, mountingHeightCm: model.includes("udl") ? 250 : null }]),
);
const decoder = decoderOf({ ...registry, plain: {}, "soil-1": { model: "soil-probe" } });

/** A frame as The Things Stack hands it over, its device registered under the name of its model. */
function frame(model: string, port: number, hex: string, changed: object = {}) {
  const topic = `v3/farm@ttn/devices/${model}/up`;
  const uplink_message = { f_port: port, frm_payload: base64Of(hex), ...changed };
  return decoder.decodeAfresh(uplinkOf("intake:ttn", topic, { uplink_message }));
}

const own = (topic: string, device: string, body: unknown) =>
  decoder.decodeAfresh(uplinkOf(device, topic, body));
const thingsboard = (body: unknown, device = "plain") => own("v1/devices/me/telemetry", device, body);
const senml = (body: unknown) => own("canhdong/v1/plain/senml", "plain", body);
const native = (body: unknown) => own("canhdong/v1/plain/telemetry", "plain", body);

describe("what is no value", () => {
  test("327.67 of a probe that is not there is neither stored nor quarantined: the device is flagged", () => {
    const decoded = frame("dragino-lht65", 2, "CBC6 0082 00F2 01 7FFF 7FFF");
    expect(told(decoded)).toEqual([
      "dragino-lht65 power.battery 3.014",
      "dragino-lht65 air.temperature 1.3",
      "dragino-lht65 air.relativeHumidity 24.2",
    ]);
    expect(decoded.rejections).toEqual([]);
    expect(decoded.flags).toMatchObject([{ device: "dragino-lht65", flag: "probe-absent" }]);
    // The same out of a network's own decoding, or from a node that sends it by itself.
    expect(refused(thingsboard({ soil_temperature: "327.67" }))).toEqual(["sentinel soil.temperature"]);
  });

  test("-0.1 three times is three probes that are not there", () => {
    const decoded = frame("dragino-sn50v3-lb", 2, "0CE4 FFFF 0000 0C FFFF FFFF");
    expect(told(decoded).filter((line) => line.includes("temperature"))).toEqual([]);
    expect(decoded.flags).toMatchObject([{ flag: "probe-absent" }]);
  });

  test("zero in the place of an optional probe is no frost", () => {
    const decoded = frame("dragino-ldds75", 2, "0D0A 07E9 00 0000 01");
    expect(told(decoded)).toEqual([
      "dragino-ldds75 power.battery 3.338",
      "dragino-ldds75 water.distance 2.025",
    ]);
    expect(decoded.flags).toMatchObject([{ flag: "probe-absent" }]);
    // Beside a sensor on the bus, too; where the probe is what is measured, 0 °C is a temperature.
    const beside = frame("dragino-sn50v3-lb", 2, "0CE4 0000 0000 00 00FC 0205");
    expect(told(beside).filter((line) => line.includes("probe.temperature"))).toEqual([]);
    expect(beside.flags).toMatchObject([{ flag: "probe-absent" }]);
    expect(told(frame("dragino-sn50v3-lb", 2, "0CE4 0000 0000 18 0000"))).toContain(
      "dragino-sn50v3-lb air.temperature 0",
    );
  });

  test("a status in the place of ammonia is no 655.34 ppm: the sensor is warming up", () => {
    const decoded = frame("milesight-gs301", 85, "02671C01 047DFEFF 057DFEFF");
    expect(told(decoded)).toEqual(["milesight-gs301 air.temperature 28.4"]);
    expect(decoded.flags).toMatchObject([{ flag: "warming-up" }]);
  });

  test("an alarm alone fills nothing else with nulls or zeros", () => {
    const decoded = frame("milesight-em500-smtc", 85, "83D7 4A01 3200 02");
    expect([told(decoded), decoded.rejections]).toEqual([["milesight-em500-smtc soil.temperature 33"], []]);
  });
});

describe("numbers and their units", () => {
  test("a number in a string is a number", () => {
    expect(told(thingsboard({ soil_temperature: "24.59" }))).toEqual(["plain soil.temperature 24.59"]);
    expect(told(native({ values: { "soil.temperature": "24.59" } }))).toEqual([
      "plain soil.temperature 24.59",
    ]);
  });

  test("a unit in the string is converted, not dropped", () => {
    expect(told(thingsboard({ soil_ec: "57 uS/cm" }))).toEqual(["plain soil.ec 0.057"]);
  });

  test("one conductivity under three vendors' names and four units is one value", () => {
    const told1 = (body: object) => told(thingsboard(body, "soil-1"));
    const ec = ["soil-1 soil.ec 0.24"];
    expect(told1({ ec: "240 µS/cm" })).toEqual(ec);
    expect(told1({ conductivity: "0.24 mS/cm" })).toEqual(ec);
    expect(told1({ soilEc: "0.24 dS/m" })).toEqual(ec);
    expect(told1({ "soil.ec": "0.024 S/m" })).toEqual(ec);
    expect(told(senml([{ n: "soil.ec", u: "S/m", v: 0.024 }]))).toEqual(["plain soil.ec 0.24"]);
    expect(told(frame("milesight-em500-smtc", 85, "057FF000"))).toEqual([
      "milesight-em500-smtc soil.ec 0.24",
    ]);
  });

  test("a name for it that nobody listed is refused, and not guessed by the vendor", () => {
    expect(refused(thingsboard({ electricity: 240 }, "soil-1"))).toEqual(["unknown-quantity electricity"]);
  });

  test("0.63 as a ratio is 63 %, and no drought", () => {
    expect(told(senml([{ n: "soil.moisture", u: "/", v: 0.63 }]))).toEqual(["plain soil.moisture 63"]);
    expect(told(senml([{ n: "air.relativeHumidity", u: "1", v: 0.63 }]))).toEqual([
      "plain air.relativeHumidity 63",
    ]);
  });

  test("a battery of 50 volts is percent", () => {
    const topic = "v3/farm@ttn/devices/plain/up";
    const body = {
      uplink_message: { f_port: 85, frm_payload: "AXUy", normalized_payload: [{ battery: 50 }] },
    };
    expect(told(own(topic, "intake:ttn", body))).toEqual(["plain power.batteryPercent 50"]);
  });

  test("a distance in millimetres is no level: the mounting height makes one of it", () => {
    expect(told(frame("milesight-em500-udl", 85, "03823405"))).toEqual([
      "milesight-em500-udl water.distance 1.332",
      "milesight-em500-udl water.level 1.168",
    ]);
    expect(told(frame("dragino-ldds75", 2, "0D0A 07E9 00")).at(-1)).toBe(
      "dragino-ldds75 water.distance 2.025",
    );
  });

  test("one vendor's pressure is the pipe's in kPa or the air's in hPa, as the model has it", () => {
    expect(told(frame("milesight-em500-pp", 85, "037B0A00"))).toEqual([
      "milesight-em500-pp water.pressure 10",
    ]);
    expect(told(frame("milesight-em500-co2", 85, "06736827"))).toEqual([
      "milesight-em500-co2 air.pressure 1008.8",
    ]);
  });

  test("a negative temperature is not one hundredth off", () => {
    expect(told(frame("dragino-lse01", 2, "0E29 FFF1 07A5 FF9D 0064 00"))).toContain(
      "dragino-lse01 soil.temperature -0.99",
    );
  });

  test("28.2 dS/m would kill the crop, but is no fault of the probe: it is stored for the rules to judge", () => {
    const decoded = frame("dragino-lse01", 2, "CE29 00F1 07A5 099B 6E28 90");
    expect(told(decoded)).toContain("dragino-lse01 soil.ec 28.2");
    expect(decoded.rejections).toEqual([]);
  });
});

describe("measurement ids", () => {
  test("an id becomes the model's quantity", () => {
    expect(told(frame("sensecap-s2104", 1, "01 0610 44480000 01 0710 3CA50000 3607"))).toEqual([
      "sensecap-s2104 soil.temperature 18.5",
      "sensecap-s2104 soil.moisture 42.3",
    ]);
  });

  test("4099 is light on one model, and unknown on another: refused by itself and kept", () => {
    const light = "01 0310 00E1F505 A3E7";
    expect(told(frame("sensecap-s2102", 1, light))).toEqual(["sensecap-s2102 air.lightIntensity 100000"]);
    const decoded = frame("sensecap-s2104", 1, light);
    expect(told(decoded)).toEqual([]);
    expect(decoded.rejections).toMatchObject([{ reason: "unknown-quantity", device: "sensecap-s2104" }]);
  });
});

describe("time", () => {
  test("history keeps its own time, and is never news", () => {
    const seconds = Buffer.alloc(4);
    seconds.writeUInt32LE((receivedAtMs - 120 * minute) / 1000);
    const decoded = frame(
      "milesight-wts506",
      85,
      `20CE ${seconds.toString("hex")} FF00 79 4F27 BA04 3200 8D13`,
    );
    expect(decoded.readings).toHaveLength(6);
    for (const reading of decoded.readings) {
      expect(reading).toMatchObject({ measuredAtMs: receivedAtMs - 120 * minute, receivedAtMs, live: false });
    }
  });

  test("a clock 31 seconds off is believed; 1970 and 2036 are not; the server's time is kept beside", () => {
    const at = (ts: unknown) => native({ ts, values: { "soil.moisture": 31 } });
    expect(at(receivedAtMs + 31_000).readings).toMatchObject([
      { measuredAtMs: receivedAtMs + 31_000, receivedAtMs },
    ]);
    expect(refused(at(7200))).toEqual(["clock-implausible soil.moisture"]);
    expect(refused(at("2036-02-07T06:28:16Z"))).toEqual(["clock-implausible soil.moisture"]);
  });
});

describe("a vendor's codec that does not even parse", () => {
  test("costs nothing: the bytes are read without it", () => {
    const broken = { decoded_payload_warnings: ["SyntaxError: Unexpected token"], decoded_payload: null };
    const decoded = frame("dragino-lse01", 2, "CE29 00F1 07A5 099B 6E28 90", broken);
    expect(told(decoded)).toContain("dragino-lse01 soil.moisture 19.57");
  });

  test("for a model that nobody has read yet the bytes wait, and are read once it is there", () => {
    const devices: Record<string, { model: string }> = { "new-1": { model: "not-there-yet" } };
    const later = decoderOf(devices);
    const body = { uplink_message: { f_port: 2, frm_payload: base64Of("0D0A 07E9 00") } };
    const uplink = uplinkOf("intake:ttn", "v3/farm@ttn/devices/new-1/up", body);
    expect(refused(later.decode(uplink))).toEqual(["unknown-device"]);
    devices["new-1"] = { model: "dragino-ldds75" };
    expect(told(later.decodeAfresh(uplink))).toContain("new-1 water.distance 2.025");
  });
});
