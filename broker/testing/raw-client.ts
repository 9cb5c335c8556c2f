import { connect as connectTcp, type Socket } from "node:net";
import mqttPacket, { type IConnectPacket, type Packet } from "mqtt-packet";
import { onTestFinished } from "vitest";

/** A client that does exactly what it is told, wrong things too. */
export interface RawClient {
  readonly socket: Socket;
  /** Everything received, oldest first. */
  readonly received: Packet[];
  readonly closed: Promise<void>;
  connect(packet: Login): void;
  send(...packets: Packet[]): void;
  sendBytes(bytes: Uint8Array): void;
  /** The next packet of this kind that no earlier call has returned. @throws when the connection ends before */
  next<Command extends Packet["cmd"]>(cmd: Command): Promise<Extract<Packet, { cmd: Command }>>;
}

type Login = Omit<Partial<IConnectPacket>, "cmd" | "password"> & { clientId: string; password?: string };

export async function connectRaw(port: number): Promise<RawClient> {
  const socket = connectTcp({ port, host: "127.0.0.1", noDelay: true });
  onTestFinished(() => void socket.destroy());
  await new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => {}); // a connection that is cut ends in one of several ways
  const received: Packet[] = [];
  const taken = new Set<Packet>();
  let wake = Promise.withResolvers<void>();
  let ended = false;
  const parser = mqttPacket.parser({ protocolVersion: 4 });
  function stir(): void {
    wake.resolve();
    wake = Promise.withResolvers();
  }
  parser.on("packet", (packet) => {
    received.push(packet);
    stir();
  });
  socket.on("data", (chunk) => parser.parse(chunk));
  const closed = new Promise<void>((resolve) => {
    socket.on("close", () => {
      ended = true;
      stir();
      resolve();
    });
  });

  function send(...packets: Packet[]): void {
    socket.write(Buffer.concat(packets.map((packet) => mqttPacket.generate(packet, { protocolVersion: 4 }))));
  }

  return {
    socket,
    received,
    closed,
    send,
    connect(login) {
      const { password, ...rest } = login;
      const secret = password === undefined ? {} : { password: Buffer.from(password) };
      const protocol = { protocolId: "MQTT", protocolVersion: 4, clean: true, keepalive: 0 } as const;
      send({ cmd: "connect", ...protocol, ...rest, ...secret } as IConnectPacket);
    },
    sendBytes: (bytes) => void socket.write(bytes),
    async next(cmd) {
      for (;;) {
        const packet = received.find((each) => each.cmd === cmd && !taken.has(each));
        if (packet !== undefined) {
          taken.add(packet);
          return packet as never;
        }
        if (ended) throw new Error(`closed without ${cmd}`);
        await wake.promise;
      }
    },
  };
}
