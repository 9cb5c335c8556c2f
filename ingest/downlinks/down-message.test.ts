import { describe, expect, test } from "vitest";
import { downMessage } from "./down-message.ts";
import { downTopicOf } from "./down-topic.ts";

const id = "0192f7a1-5d1c-7d3a-9a4e-2f6f0c1b7e55";
const up = "application/17c82e96-be03-4f38-aef3-f83d48582d97/device/24e124460c123456/event/up";
const chirpstackTopic = up.replace("event/up", "command/down");

function sent(name: string, args: unknown, topic: string, model = "milesight-uc511") {
  const message = downMessage({ id, name, args }, model, topic);
  if ("refusal" in message) throw new Error(message.refusal);
  expect(message.topic).toBe(topic);
  return message.payload;
}

function refusal(name: string, args: unknown, topic: string, model = "milesight-uc511") {
  const message = downMessage({ id, name, args }, model, topic);
  return "refusal" in message ? message.refusal : null;
}

test.each([
  [up, chirpstackTopic],
  [up.replace("event/up", "event/status"), chirpstackTopic],
  ["v3/htx@ttn/devices/van-1/up", "v3/htx@ttn/devices/van-1/down/push"],
  ["v3/htx@ttn/devices/van-1/down/ack", "v3/htx@ttn/devices/van-1/down/push"],
  ["zigbee2mqtt/nhà kính/van 1", "zigbee2mqtt/nhà kính/van 1/set"],
  ["tele/bom-1/SENSOR", "cmnd/bom-1/Backlog"],
])("what came by %s is answered by %s", (topic, down) => {
  expect(downTopicOf(topic)).toBe(down);
});

test.each([
  "canhdong/v1/van-1/telemetry",
  "v1/devices/me/telemetry",
  "v1/gateway/telemetry",
  "zigbee2mqtt/bridge/state",
  "x",
])("%s has no way back of its own", (topic) => {
  expect(downTopicOf(topic)).toBeNull();
});

describe("behind a LoRaWAN network", () => {
  test("ChirpStack gets the model's bytes, confirmed, under the command's id", () => {
    expect(JSON.parse(sent("irrigate", { minutes: 20 }, chirpstackTopic))).toEqual({
      id,
      devEui: "24e124460c123456",
      confirmed: true,
      fPort: 85,
      // FF 1D, valve 1 open for a time, at once, 1200 s.
      data: Buffer.from("ff1da000b00400", "hex").toString("base64"),
    });
  });

  test("The Things Stack gets them behind what waits already", () => {
    const payload = sent("close", { valve: 2 }, "v3/htx@ttn/devices/van-1/down/push", "uc512");
    expect(JSON.parse(payload)).toEqual({
      downlinks: [
        {
          f_port: 85,
          frm_payload: Buffer.from("ff1d0100", "hex").toString("base64"),
          confirmed: true,
          priority: "NORMAL",
          correlation_ids: [`canhdong:${id}`],
        },
      ],
    });
  });

  test("what the model does not obey is not sent, and what it would is told", () => {
    expect(refusal("dance", {}, chirpstackTopic)).toBe(
      'milesight-uc511 does not obey "dance"; right is irrigate, open, close, set-interval',
    );
    expect(refusal("constructor", {}, chirpstackTopic)).toMatch(/does not obey/);
    expect(refusal("open", {}, chirpstackTopic, "dragino-lse01")).toBe(
      "the model dragino-lse01 obeys no commands",
    );
    expect(refusal("irrigate", { minutes: "20" }, chirpstackTopic)).toBe("minutes must be a number");
  });
});

describe("behind Zigbee2MQTT", () => {
  const topic = "zigbee2mqtt/van-1/set";

  test.each([
    ["open", {}, { state: "ON" }],
    ["close", { valve: 2 }, { state_l2: "OFF" }],
    ["irrigate", { minutes: 20 }, { state: "ON", on_time: 1200, off_wait_time: 0 }],
    ["set", { brightness: 120, state: "ON" }, { brightness: 120, state: "ON" }],
  ])("%s %j is %j", (name, args, state) => {
    expect(JSON.parse(sent(name, args, topic, "native"))).toEqual(state);
  });

  test("what it does not know is refused", () => {
    expect(refusal("reboot", {}, topic)).toMatch(/right is open, close, irrigate, set/);
    expect(refusal("set", [1], topic)).toBe("args must be an object");
  });
});

describe("behind somebody's broker, Tasmota", () => {
  const topic = "cmnd/bom-1/Backlog";

  test.each([
    // PulseTime counts 100 ahead of the seconds; 0 is for ever.
    ["irrigate", { minutes: 20 }, "PulseTime1 1300; Power1 ON"],
    ["irrigate", { minutes: 1, valve: 2 }, "PulseTime2 160; Power2 ON"],
    ["open", {}, "PulseTime1 0; Power1 ON"],
    ["close", {}, "Power1 OFF"],
    ["set-interval", { minutes: 10 }, "TelePeriod 600"],
  ])("%s %j is %s", (name, args, backlog) => {
    expect(sent(name, args, topic, "native")).toBe(backlog);
  });

  test("no more commands can be smuggled in", () => {
    expect(refusal("Reset 1; Power", {}, topic)).toMatch(/does not obey/);
    expect(refusal("open", { valve: "1; Reset 1" }, topic)).toBe("valve must be 1 to 4");
    expect(refusal("irrigate", { minutes: 2000 }, topic)).toBe("minutes must be at most 1080");
  });
});
