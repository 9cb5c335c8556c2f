import { expect, test } from "vitest";
import { applicationId } from "./chirpstack-event.ts";
import { type Downlink, DownlinkQueue } from "./downlink-queue.ts";

const devEui = "24e124460c123456";
const topic = `application/${applicationId}/device/${devEui}/command/down`;
const id = "0192f7a1-5d1c-7d3a-9a4e-2f6f0c1b7e55";
const command = { id, devEui, confirmed: true, fPort: 85, data: "/x0gAA==" };

const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body));

function queueWith(...bodies: unknown[]) {
  const queue = new DownlinkQueue();
  const taken = bodies.map((body) => queue.take(topic, bytesOf(body)));
  const sent: Downlink[] = [];
  const afterUplink = (isHeard: boolean) =>
    queue.afterUplink(devEui, (downlink) => {
      sent.push(downlink);
      return isHeard;
    });
  return { queue, taken, sent, afterUplink };
}

test("a command waits until the device has sent, and goes down once", () => {
  const { queue, sent, afterUplink } = queueWith(command);
  expect(queue.concerns(devEui)).toBe(true);
  expect(queue.concerns("24e124460c123457")).toBe(false);
  expect(sent).toEqual([]);
  expect(afterUplink(true)).toEqual([{ event: "txack", id, frameCounterDown: 0 }]);
  expect(sent).toEqual([{ id, confirmed: true, port: 85, bytes: Buffer.from("ff1d2000", "hex") }]);
  expect(afterUplink(true)).toEqual([{ event: "ack", id, frameCounterDown: 0, acknowledged: true }]);
  expect(afterUplink(true)).toEqual([]);
  expect(queue.concerns(devEui)).toBe(false);
  expect(sent.length).toBe(1);
});

test("a confirmed one that the device did not hear is told as such, and is not sent again", () => {
  const { sent, afterUplink } = queueWith(command);
  afterUplink(false);
  expect(afterUplink(true)).toEqual([{ event: "ack", id, frameCounterDown: 0, acknowledged: false }]);
  expect(sent.length).toBe(1);
});

test("several go down one after each uplink, and what need not be confirmed is not", () => {
  const second = { ...command, id: "b", confirmed: false };
  const { afterUplink, sent } = queueWith(command, second);
  afterUplink(true);
  expect(afterUplink(true)).toEqual([
    { event: "ack", id, frameCounterDown: 0, acknowledged: true },
    { event: "txack", id: "b", frameCounterDown: 1 },
  ]);
  expect(afterUplink(true)).toEqual([]);
  expect(sent.map((downlink) => downlink.id)).toEqual([id, "b"]);
});

test("what ChirpStack would not take is not taken", () => {
  const { taken, queue } = queueWith(
    { ...command, devEui: "24e124460c123457" },
    { ...command, fPort: 0 },
    { ...command, data: "§" },
    "x",
  );
  expect(taken).toEqual([false, false, false, false]);
  expect(queue.concerns(devEui)).toBe(false);
  expect(queue.take(topic.replace("command/down", "event/up"), bytesOf(command))).toBe(false);
});
