import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { createWebSocketStream, WebSocketServer } from "ws";
import type { BrokerSettings } from "./broker-settings.ts";
import type { Refusals } from "./refusals.ts";

// An import would read every export, and behind one of them is a client of 2 MB that nobody here needs.
const { createServer: createHttpServer } = process.getBuiltinModule("node:http");

export interface ListenerParts {
  readonly settings: BrokerSettings;
  readonly refusals: Refusals;
  /** Whether this address may open one more connection. */
  readonly admit: (address: string) => boolean;
  readonly welcome: (conn: Duplex, address: string, request?: IncomingMessage) => void;
}

export interface Listeners {
  readonly mqttPort: number;
  readonly wsPort: number | null;
  readonly tlsPort: number | null;
  /** Takes no new connections; those there are stay. */
  close(): Promise<void>;
}

/** After a storm of reconnects thousands wait to be accepted; Node's 511 would make them wait a second and more. */
const backlog = 4_096;
/** A node that lost its power without a word is found out by the system, also when it asked for no keep-alive. */
const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 };

/** Opens what the settings ask for: TCP, and TLS and WebSocket besides. @throws when a port or a file cannot be had */
export async function openListeners(parts: ListenerParts): Promise<Listeners> {
  const { host, mqttPort, wsPort, tls } = parts.settings;
  const opened: Server[] = [];
  async function open(server: Server, port: number): Promise<number> {
    await listen(server, host, port);
    opened.push(server);
    server.maxConnections = parts.settings.limits.maxConnections;
    server.on("drop", (dropped) => refuseDropped(parts, dropped?.remoteAddress));
    server.on("error", (error) => parts.refusals.note("protocol", { error: error.message }, "listener"));
    return (server.address() as AddressInfo).port;
  }
  const closeAll = () => Promise.all(opened.map(stopListening));
  try {
    return {
      mqttPort: await open(tcpServer(parts), mqttPort),
      tlsPort: tls === null ? null : await open(tlsServer(parts, tls), tls.port),
      wsPort: wsPort === null ? null : await open(webSocketServer(parts), wsPort),
      close: async () => void (await closeAll()),
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function tcpServer(parts: ListenerParts): Server {
  return createServer(socketOptions, (socket) => receive(parts, socket));
}

function tlsServer(parts: ListenerParts, tls: NonNullable<BrokerSettings["tls"]>): Server {
  const options = {
    cert: readFileSync(tls.certFile),
    key: readFileSync(tls.keyFile),
    minVersion: "TLSv1.2" as const,
    handshakeTimeout: parts.settings.limits.connectTimeoutMs,
    ...socketOptions,
  };
  const server = createTlsServer(options, (socket) => receive(parts, socket));
  server.on("tlsClientError", (error, socket) => {
    parts.refusals.note(
      "tls",
      { address: socket.remoteAddress, error: error.message },
      "TLS handshake failed",
    );
  });
  return server;
}

function webSocketServer(parts: ListenerParts): Server {
  const { limits } = parts.settings;
  const timeouts = { headersTimeout: limits.connectTimeoutMs, requestTimeout: limits.connectTimeoutMs };
  const http = createHttpServer({ ...timeouts, ...socketOptions }, (_request, response) => {
    response.writeHead(426, { upgrade: "websocket" }).end("MQTT over WebSocket, subprotocol mqtt\n");
  });
  const webSockets = new WebSocketServer({
    server: http,
    maxPayload: limits.maxPacketBytes + 1_024,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has("mqtt") ? "mqtt" : false),
    verifyClient: ({ req }, answer) => answer(isAdmitted(parts, req.socket), 429),
  });
  webSockets.on("connection", (webSocket, request) => {
    if (webSocket.protocol !== "mqtt") webSocket.close(1002, "the subprotocol must be mqtt");
    else parts.welcome(createWebSocketStream(webSocket), addressOf(request.socket), request);
  });
  // It repeats the errors of `http`, which are looked after where that is opened.
  webSockets.on("error", () => {});
  return http;
}

function receive(parts: ListenerParts, socket: Socket): void {
  if (isAdmitted(parts, socket)) parts.welcome(socket, addressOf(socket));
  else socket.destroy();
}

function isAdmitted({ admit, refusals }: ListenerParts, socket: Socket): boolean {
  const address = addressOf(socket);
  if (admit(address)) return true;
  refusals.note("connect-rate", { address }, "opens connections too fast; turned away");
  return false;
}

function refuseDropped({ refusals, settings }: ListenerParts, address: string | undefined): void {
  const fields = { address, maxConnections: settings.limits.maxConnections };
  refusals.note("too-many-connections", fields, "the listener is full; turned away");
}

function addressOf(socket: Socket): string {
  return socket.remoteAddress ?? "unknown";
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, backlog }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Does not wait for the connections, which have yet to be closed. */
async function stopListening(server: Server): Promise<void> {
  server.close();
}
