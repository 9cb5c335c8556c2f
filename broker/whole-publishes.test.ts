import mqtt, { type Packet } from "mqtt-packet";
import { expect, test } from "vitest";
import type { PacketParser } from "./aedes-client.ts";
import { createWholePublishes } from "./whole-publishes.ts";

const maxPacketBytes = 300;
const readWholePublishes = createWholePublishes({ maxPacketBytes });

function openParser(quick: boolean) {
  const parser = mqtt.parser() as unknown as PacketParser & NodeJS.EventEmitter;
  parser.settings = { protocolVersion: 4 };
  const heard: object[] = [];
  parser.on("packet", ({ cmd, retain, qos, dup, length, topic, payload, messageId }) => {
    heard.push({ cmd, retain, qos, dup, length, topic, payload: payload && String(payload), messageId });
  });
  parser.on("error", (error: Error) => heard.push({ error: error.message }));
  if (quick) readWholePublishes({ _parser: parser as unknown as PacketParser });
  return { parser, heard };
}

/** What either parser makes of the same chunks. */
function heardBy(quick: boolean, chunks: readonly Buffer[]): object[] {
  const { parser, heard } = openParser(quick);
  for (const chunk of chunks) {
    parser.parse(Buffer.from(chunk));
    if (parser.error) break;
  }
  return heard;
}

function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}

function randomPacket(random: (below: number) => number): Packet {
  const messageId = 1 + random(65_535);
  const kind = random(10);
  if (kind === 0) return { cmd: "pingreq" };
  if (kind === 1) return { cmd: "puback", messageId };
  if (kind === 2) return { cmd: "subscribe", messageId, subscriptions: [{ topic: "a/b", qos: 1 }] };
  const topic = ["v1/devices/soil-1/telemetry", "đồng/lúa", "a", "x".repeat(random(140))][random(4)]!;
  return {
    cmd: "publish",
    topic: topic || "t",
    payload: Buffer.alloc(random(150), "p"),
    qos: random(3) as 0 | 1 | 2,
    dup: random(5) === 0,
    retain: random(5) === 0,
    ...({ messageId } as object),
  };
}

function inPieces(bytes: Buffer, random: (below: number) => number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random(random(2) === 0 ? 8 : 400);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

test("whatever packets come in whatever pieces, mqtt-packet would have heard the same", () => {
  let publishes = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const random = createRandom(seed);
    const packets = Array.from({ length: 20 }, () => mqtt.generate(randomPacket(random)));
    const chunks = random(2) === 0 ? packets : inPieces(Buffer.concat(packets), random);
    const heard = heardBy(true, chunks);
    expect(heard, `seed ${seed}`).toEqual(heardBy(false, chunks));
    publishes += heard.filter((packet) => (packet as { cmd?: string }).cmd === "publish").length;
  }
  expect(publishes).toBeGreaterThan(4_000);
});

test("whatever bytes were turned on the way, mqtt-packet would have said the same of them", () => {
  let errors = 0;
  for (let seed = 1; seed <= 2_000; seed++) {
    const random = createRandom(seed);
    const packets = Array.from({ length: 4 }, () => mqtt.generate(randomPacket(random)));
    const bytes = Buffer.concat(packets);
    for (let turned = 0; turned <= random(3); turned++) bytes[random(bytes.length)] = random(256);
    const chunks = random(2) === 0 ? [bytes] : inPieces(bytes, random);
    const heard = heardBy(true, chunks);
    expect(heard, `seed ${seed}`).toEqual(heardBy(false, chunks));
    errors += heard.filter((packet) => "error" in packet).length;
  }
  expect(errors).toBeGreaterThan(100);
});

test("whatever a header says of lengths, mqtt-packet would have believed as much of it", () => {
  for (const first of [0x30, 0x32, 0x34, 0x36, 0x3b])
    for (const length of [
      [0],
      [1],
      [2],
      [3],
      [4],
      [5],
      [7],
      [0x83, 0x80, 0],
      [0x83, 0x80, 0x80, 0],
      [0xff, 0xff, 0xff, 0xff, 1],
    ])
      for (let topicLength = 0; topicLength < 8; topicLength++) {
        const chunk = Buffer.from([
          first,
          ...length,
          0,
          topicLength,
          ...Buffer.from("abcdefgh"),
          0xc0,
          0,
          0xc0,
          0,
        ]);
        expect(heardBy(true, [chunk]), chunk.toString("hex")).toEqual(heardBy(false, [chunk]));
      }
});

test("one that is too large is left to whoever refuses it", () => {
  const { parser, heard } = openParser(true);
  const lengths: number[] = [];
  const parseLength = parser._parseLength;
  parser._parseLength = function (this: PacketParser) {
    const known = parseLength.call(this);
    if (known) lengths.push(this.packet.length);
    return known;
  };
  const of = (bytes: number) =>
    mqtt.generate({
      cmd: "publish",
      topic: "t",
      payload: Buffer.alloc(bytes - 3),
      qos: 0,
      dup: false,
      retain: false,
    });
  parser.parse(of(maxPacketBytes));
  expect(lengths).toEqual([]);
  parser.parse(of(maxPacketBytes + 1));
  expect(lengths).toEqual([maxPacketBytes + 1]);
  expect(heard).toHaveLength(2);
});
