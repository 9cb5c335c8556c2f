import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import mqttPacket, { type Packet } from "mqtt-packet";
import { onTestFinished } from "vitest";

/** What passed on the wire between an intake and its broker, in order. */
export interface WireTap {
  /** Connect here instead of to the broker. */
  readonly url: string;
  readonly packets: readonly { readonly from: "us" | "broker"; readonly packet: Packet }[];
}

/** Passes everything on as it is, both ways, and writes down the packets. */
export async function tapWire(brokerPort: number, protocolVersion: 4 | 5): Promise<WireTap> {
  const packets: { from: "us" | "broker"; packet: Packet }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((us) => {
    const broker = connect(brokerPort, "127.0.0.1");
    for (const [from, source, target] of [
      ["us", us, broker],
      ["broker", broker, us],
    ] as const) {
      const parser = mqttPacket.parser({ protocolVersion });
      parser.on("packet", (packet) => packets.push({ from, packet }));
      sockets.add(source);
      source.on("data", (bytes) => parser.parse(bytes as Buffer));
      source.on("error", () => {});
      source.on("close", () => target.destroy());
      source.pipe(target);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  return { url: `mqtt://127.0.0.1:${(server.address() as { port: number }).port}`, packets };
}
