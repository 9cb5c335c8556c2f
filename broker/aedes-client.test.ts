import mqtt from "mqtt-packet";
import { expect, test } from "vitest";
import { type AedesClient, forgetConnect, type PacketParser } from "./aedes-client.ts";

test("of a CONNECT only that is kept by which later packets are read", () => {
  const parser = mqtt.parser() as unknown as PacketParser & ReturnType<typeof mqtt.parser>;
  const packets: string[] = [];
  parser.on("packet", ({ cmd }) => packets.push(cmd));
  parser.parse(
    mqtt.generate({
      cmd: "connect",
      clientId: "n-1",
      username: "n-1",
      password: Buffer.from("secret"),
      protocolVersion: 5,
    }),
  );
  expect(parser.settings).toMatchObject({ password: Buffer.from("secret") });

  forgetConnect({ _parser: parser } as unknown as AedesClient);
  expect(parser.settings).toEqual({ protocolVersion: 5 });

  // In MQTT 5 a publication has properties, which an older one has not: the version is still known.
  const properties = { contentType: "application/json" };
  parser.on("packet", (packet) => expect(packet).toMatchObject({ properties, payload: Buffer.from("{}") }));
  parser.parse(
    mqtt.generate(
      { cmd: "publish", topic: "t", payload: "{}", qos: 0, dup: false, retain: false, properties },
      { protocolVersion: 5 },
    ),
  );
  expect(packets).toEqual(["connect", "publish"]);
});
