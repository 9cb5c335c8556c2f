import { generate } from "mqtt-packet";
import { expect, test } from "vitest";
import { PacketScanner } from "./packet-scanner.ts";

const stream = Buffer.concat([
  generate({ cmd: "connack", returnCode: 0, sessionPresent: false }),
  generate({ cmd: "puback", messageId: 1 }),
  generate({ cmd: "pingresp" }),
  generate({
    cmd: "publish",
    topic: "canhdong/v1/n/config",
    payload: Buffer.alloc(400, 0x40),
    qos: 0,
    dup: false,
    retain: true,
  }),
  generate({ cmd: "puback", messageId: 65_535 }),
  generate({ cmd: "puback", messageId: 258 }),
]);

test.each([1, 2, 3, 5, 100, 10_000])("acknowledgements are found in pieces of %i bytes", (size) => {
  const found: string[] = [];
  const scanner = new PacketScanner({
    connack: (code) => found.push(`connack ${code}`),
    puback: (messageId) => found.push(`puback ${messageId}`),
  });
  let pubacks = 0;
  for (let at = 0; at < stream.length; at += size) pubacks += scanner.push(stream.subarray(at, at + size));
  expect(found).toEqual(["connack 0", "puback 1", "puback 65535", "puback 258"]);
  expect(pubacks).toBe(3);
});

test("a refusal is told with its code", () => {
  const codes: number[] = [];
  const scanner = new PacketScanner({ connack: (code) => codes.push(code), puback: () => undefined });
  scanner.push(generate({ cmd: "connack", returnCode: 5, sessionPresent: false }));
  expect(codes).toEqual([5]);
});

test("what is no MQTT is an error", () => {
  const scanner = new PacketScanner({ connack: () => undefined, puback: () => undefined });
  expect(() => scanner.push(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff]))).toThrow("remaining length");
});
