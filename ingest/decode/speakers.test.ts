import { expect, test } from "vitest";
import { ofEachDevice } from "./of-each-device.ts";
import { decoderOf, receivedAtMs, refused, told, uplinkOf } from "./test-uplinks.ts";

/** Who may speak for whom: the rule itself. How each dialect names devices is in its own tests. */

const decoder = decoderOf({
  "node-1": {},
  "cong-1": {},
  "con-1": { gateway: "cong-1" },
  "con-2": { gateway: "cong-1" },
});
const topic = "canhdong/v1/node-1/telemetry";
const body = { values: { "soil.moisture": 31 } };

test.each(["service:cau-noi", "intake:tinh"])(
  "%s speaks for the device that the topic names",
  (publisher) => {
    const decoded = decoder.decodeAfresh(uplinkOf(publisher, topic, body));
    expect([told(decoded), decoded.devices, decoded.decoder]).toEqual([
      ["node-1 soil.moisture 31"],
      ["node-1"],
      "native/2",
    ]);
  },
);

test("nobody speaks for a device that is not registered, and a service is no device", () => {
  const stranger = "canhdong/v1/node-9/telemetry";
  for (const publisher of ["service:cau-noi", "intake:tinh"]) {
    const decoded = decoder.decodeAfresh(uplinkOf(publisher, stranger, body));
    expect([told(decoded), refused(decoded), decoded.devices]).toEqual([[], ["unknown-device"], []]);
  }
});

test("a device speaks for itself, whatever the topic says", () => {
  const decoded = decoder.decodeAfresh(uplinkOf("con-1", topic, body));
  expect([told(decoded), decoded.devices]).toEqual([["con-1 soil.moisture 31"], undefined]);
});

test("what was handed over is told by its devices", () => {
  const item = (moisture: number) => [{ ts: receivedAtMs, values: { "soil.moisture": moisture } }];
  const payload = { "con-1": item(31), "con-2": item(300), "cong-1": item(33), nobody: item(34) };
  const decoded = decoder.decodeAfresh(uplinkOf("cong-1", "v1/gateway/telemetry", payload));
  const parts = ofEachDevice(decoded);
  expect(parts.map((part) => [part.uplink.device, told(part), refused(part)])).toEqual([
    ["cong-1", ["cong-1 soil.moisture 33"], ["unknown-device"]],
    ["con-1", ["con-1 soil.moisture 31"], []],
    ["con-2", [], ["implausible soil.moisture"]],
  ]);
  expect(parts.every(({ uplink }) => uplink.position === decoded.uplink.position)).toBe(true);
});

test("a device's own uplink is told as it is", () => {
  const decoded = decoder.decodeAfresh(uplinkOf("node-1", topic, body));
  expect(ofEachDevice(decoded)).toEqual([decoded]);
});

test("what a service hands over for nobody is nobody's", () => {
  const log = "application/a/device/0101010101010101/event/log";
  expect(ofEachDevice(decoder.decodeAfresh(uplinkOf("service:cau-noi", log, {})))).toEqual([]);
});

test("a native distance becomes a level, where the mounting height is known", () => {
  const heights = decoderOf({ "node-1": { mountingHeightCm: 250 }, "node-2": {} });
  const distance = { values: { "water.distance": 1.332 } };
  const levels = (device: string) =>
    told(heights.decodeAfresh(uplinkOf(device, `canhdong/v1/${device}/telemetry`, distance)));
  expect(levels("node-1")).toEqual(["node-1 water.distance 1.332", "node-1 water.level 1.168"]);
  expect(levels("node-2")).toEqual(["node-2 water.distance 1.332"]);
});
