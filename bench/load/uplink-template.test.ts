import { type IPublishPacket, type Packet, parser } from "mqtt-packet";
import { expect, test } from "vitest";
import { createUplinkTemplate, firstSeq, type OutgoingUplink } from "./uplink-template.ts";

function written(
  device: string,
  uplink: OutgoingUplink,
  messageId: number,
): { bytes: Buffer; packet: IPublishPacket } {
  const template = createUplinkTemplate(device);
  const bytes = Buffer.alloc(template.bytes + 3, 0xee);
  template.write(bytes, 3, uplink, messageId);
  const packets: Packet[] = [];
  const reader = parser();
  reader.on("packet", (packet) => packets.push(packet));
  reader.parse(bytes.subarray(3));
  expect(packets).toHaveLength(1);
  return { bytes, packet: packets[0] as IPublishPacket };
}

const uplink = { seq: firstSeq + 41, tsMs: 1_763_712_000_123, probe: false };

test("an uplink is a QoS 1 PUBLISH with five values under the device's own topic", () => {
  const { packet } = written("canhdong-7", uplink, 0x1234);
  expect(packet).toMatchObject({
    topic: "canhdong/v1/canhdong-7/telemetry",
    qos: 1,
    messageId: 0x1234,
    dup: false,
  });
  const body = JSON.parse(packet.payload.toString());
  expect(body).toMatchObject({ ts: uplink.tsMs, seq: uplink.seq });
  expect(Object.keys(body.values)).toHaveLength(5);
  expect(body.values["air.temperature"]).toBeGreaterThanOrEqual(20);
  expect(body.values["air.temperature"]).toBeLessThan(30);
});

test("a probe is warmer than 40 °C and differs in nothing else", () => {
  const plain = written("n-1", uplink, 7).packet.payload.toString();
  const probe = written("n-1", { ...uplink, probe: true }, 7).packet.payload.toString();
  expect(JSON.parse(probe).values["air.temperature"]).toBeGreaterThanOrEqual(40);
  expect(probe.replace('"air.temperature":4', '"air.temperature":2')).toBe(plain);
});

test("the same uplink sent again has the same body, and another one other values", () => {
  const first = written("n-1", uplink, 7).packet.payload;
  expect(written("n-1", uplink, 8).packet.payload).toEqual(first);
  const other = written("n-1", { ...uplink, seq: uplink.seq + 1 }, 7).packet.payload;
  expect(JSON.parse(other.toString()).values).not.toEqual(JSON.parse(first.toString()).values);
});

test("two nodes do not measure the same", () => {
  const [one, other] = ["n-1", "n-2"].map(
    (id) => JSON.parse(written(id, uplink, 1).packet.payload.toString()).values,
  );
  expect(one).not.toEqual(other);
});

test("every value of a thousand uplinks is a number within its range", () => {
  for (let index = 0; index < 1000; index++) {
    const { values } = JSON.parse(
      written("n-1", { ...uplink, seq: firstSeq + index }, 1).packet.payload.toString(),
    );
    expect(values["air.relativeHumidity"]).toBeGreaterThanOrEqual(70);
    expect(values["air.relativeHumidity"]).toBeLessThan(80);
    expect(values["soil.moisture"]).toBeGreaterThanOrEqual(30);
    expect(values["power.battery"]).toBeLessThan(3.7);
  }
});
