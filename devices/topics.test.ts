import { expect, test } from "vitest";
import {
  alertTopic,
  channels,
  isDeviceId,
  isTopicFilter,
  parseForeignTopic,
  parseTopic,
  topicsOf,
} from "./topics.ts";

test("every topic of a device parses back to the device and its channel", () => {
  const parsed = Object.values(topicsOf("soil-7")).map(parseTopic);
  expect(parsed).toEqual(channels.map((channel) => ({ device: "soil-7", channel })));
});

test("topics are what the firmware has burnt in", () => {
  expect(topicsOf("ao-tom.3")).toEqual({
    telemetry: "canhdong/v1/ao-tom.3/telemetry",
    senml: "canhdong/v1/ao-tom.3/senml",
    senmlCbor: "canhdong/v1/ao-tom.3/senml-cbor",
    status: "canhdong/v1/ao-tom.3/status",
    command: "canhdong/v1/ao-tom.3/command",
    commandAck: "canhdong/v1/ao-tom.3/command/ack",
    config: "canhdong/v1/ao-tom.3/config",
    configReported: "canhdong/v1/ao-tom.3/config/reported",
  });
  expect(alertTopic("htx-tra", "soil-7")).toBe("canhdong/v1/alerts/htx-tra/soil-7");
});

test.each([
  "",
  "canhdong/v1/",
  "canhdong/v1/soil-7",
  "canhdong/v1/soil-7/",
  "canhdong/v1//telemetry",
  "canhdong/v1/soil-7/telemetry/",
  "canhdong/v1/soil-7/telemetry/x",
  "canhdong/v1/soil-7/Telemetry",
  "canhdong/v1/soil-7/constructor",
  "canhdong/v2/soil-7/telemetry",
  "/canhdong/v1/soil-7/telemetry",
  "canhdong/v1/alerts/status",
  "canhdong/v1/alerts/htx-tra/soil-7",
  "canhdong/v1/+/telemetry",
  "canhdong/v1/#",
  "$SYS/broker/clients",
])("%j is no device's topic", (topic) => {
  expect(parseTopic(topic)).toBeNull();
});

test.each(["a", "7", "_x", "soil-7", "lht65n.a84041", "a".repeat(64)])("%j is a device id", (id) => {
  expect(isDeviceId(id)).toBe(true);
});

test.each([
  "",
  ".soil",
  "-soil",
  "Soil",
  "soil 7",
  "soil/7",
  "soil+",
  "#",
  "ruộng",
  "alerts",
  "soil\0",
  "a".repeat(65),
])("%j is no device id", (id) => {
  expect(isDeviceId(id)).toBe(false);
});

test("no topic is built from an id that would widen it", () => {
  expect(() => topicsOf("+")).toThrow(/"\+" is no device id; right is 1 to 64/);
  expect(() => topicsOf("a/b")).toThrow(RangeError);
  expect(() => alertTopic("#", "soil-7")).toThrow(/"#" is no level of a topic/);
  expect(() => alertTopic("", "soil-7")).toThrow(RangeError);
});

test.each(["#", "+", "a/+/c", "canhdong/v1/#", "+/+/#", "/", "a//b", "$SYS/#"])(
  "%j is a filter",
  (filter) => {
    expect(isTopicFilter(filter)).toBe(true);
  },
);

test.each(["", "a#", "#/a", "a/#/b", "a+/b", "++", "a\0", "a".repeat(65_536)])(
  "%j is no filter",
  (filter) => {
    expect(isTopicFilter(filter)).toBe(false);
  },
);

test.each([
  ["application/1/device/00FFaa1122334455/event/up", "chirpstack", "00ffaa1122334455", "up", "readings"],
  ["v3/farm@ttn/devices/lse01-a/up", "the-things-stack", "lse01-a", "up", "readings"],
  ["v3/coop/devices/lse01-a/down/ack", "the-things-stack", "lse01-a", "down/ack", "readings"],
  ["application/1/device/00ffaa1122334455/command/down", "chirpstack", "00ffaa1122334455", "down", "chatter"],
  ["v3/farm@ttn/devices/lse01-a/down/push", "the-things-stack", "lse01-a", "down/push", "chatter"],
  ["v3/farm@ttn/devices/lse01-a/up/normalized", "the-things-stack", "lse01-a", "up/normalized", "chatter"],
  ["v1/devices/me/telemetry", "thingsboard", null, "devices/me/telemetry", "readings"],
  ["v1/gateway/telemetry", "thingsboard", null, "gateway/telemetry", "readings"],
  ["v1/devices/me/rpc/response/3", "thingsboard", null, "devices/me/rpc/response/3", "chatter"],
  ["v2/t", "thingsboard", null, "devices/me/telemetry", "readings"],
  ["v2/t/p", "thingsboard", null, "devices/me/telemetry", "readings"],
  ["v2/a/j", "thingsboard", null, "devices/me/attributes", "readings"],
  ["v2/r/res/7", "thingsboard", null, "r/res/7", "chatter"],
  ["tele/ao-1/SENSOR", "tasmota", "ao-1", "SENSOR", "readings"],
  ["tele/ao-1/LWT", "tasmota", "ao-1", "LWT", "presence"],
  ["stat/ao-1/RESULT", "tasmota", "ao-1", "RESULT", "chatter"],
  ["zigbee2mqtt/chuồng gà/1", "zigbee2mqtt", "chuồng gà/1", "state", "readings"],
  ["zigbee2mqtt/bridge/devices", "zigbee2mqtt", null, "bridge/devices", "chatter"],
  ["zigbee2mqtt/chuồng gà/1/set", "zigbee2mqtt", "chuồng gà/1", "set", "chatter"],
  ["zigbee2mqtt/ga-1/availability", "zigbee2mqtt", "ga-1", "availability", "presence"],
])("%s is %s's", (topic, system, device, channel, tells) => {
  expect(parseForeignTopic(topic)).toEqual({ system, device, channel, tells });
});

test.each([
  "application/1/device/short/event/up",
  "v1/devices/other/telemetry",
  "v2/x",
  "tele/SENSOR",
  "tele//SENSOR",
  "zigbee2mqtt/",
  "zigbee2mqtt//availability",
  "v3/farm@ttn/devices//up",
  "canhdong/v1/ao-1/telemetry",
  "application",
  "",
])("%j is no topic of another system that we read", (topic) => {
  expect(parseForeignTopic(topic)).toBeNull();
});
