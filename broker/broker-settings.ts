import { z } from "zod";

const count = (fallback: number) => z.number().int().positive().default(fallback);
const port = z.number().int().min(0).max(65_535);
const kib = 1_024;
const mib = 1_024 * kib;
const day = 86_400_000;

const limits = z.strictObject({
  maxPacketBytes: count(2 * mib).describe("A longer MQTT packet cuts the connection."),
  maxConnectPacketBytes: count(8 * kib).describe("The same before the client has proved who it is."),
  maxTopicLevels: z.number().int().min(1).max(100).default(8),
  maxConnections: count(20_000).describe("Of each listener."),
  connectTimeoutMs: count(10_000).describe("From the open socket to the accepted CONNECT."),
  connectsPerSecond: count(1_000).describe(
    "New connections from one address. Generous, because a gateway may stand for a whole commune.",
  ),
  connectBurst: count(20_000).describe("New connections from one address at once."),
  uplinksPerSecond: count(200).describe(
    "Of one device. Above it its socket is not read for a while, so that TCP slows it down; nothing is lost.",
  ),
  uplinkBurst: count(2_000).describe("Uplinks of one device at once, as after an outage."),
  maxInFlightPerClient: count(100).describe(
    "Uplinks of one client that wait for the disk; above it its socket is not read until half of them are there.",
  ),
  maxPendingBytes: count(64 * mib).describe(
    "Payload bytes of all clients that wait for the disk; above it no publishing client is read until half is there.",
  ),
  maxBufferedBytes: count(8 * mib).describe(
    "Bytes that wait for one client to take them; above it the client is cut.",
  ),
  drainTimeoutMs: count(10_000).describe("A client whose socket takes nothing for so long is cut."),
  maxSubscriptionsPerClient: count(100),
  maxQueuedMessages: count(1_000).describe(
    "Commands and settings that wait for one sleeping client; then the oldest goes.",
  ),
  maxQueuedBytes: count(1 * mib).describe("Their bytes, likewise."),
  maxRetainedMessages: count(100_000),
  maxRetainedBytes: count(64 * mib).describe("Of all retained messages together."),
  maxRetainedPayloadBytes: count(64 * kib).describe("A larger message is delivered, but not retained."),
});

const flapping = z.strictObject({
  maxConnects: count(30).describe("Connects of one client id within the window; one more bans it."),
  windowMs: count(60_000),
  banMs: count(60_000),
});

/** Everything that can be configured about the front door. */
export const brokerSettings = z.strictObject({
  host: z.string().min(1).default("127.0.0.1").describe("Address to listen on; 0.0.0.0 for all."),
  mqttPort: port.default(1883).describe("MQTT over TCP; 0 takes any free port."),
  wsPort: port
    .nullable()
    .default(null)
    .describe("MQTT over WebSocket, on a listener of its own; null turns it off."),
  tls: z
    .strictObject({
      certFile: z.string().min(1).describe("Certificate chain, PEM."),
      keyFile: z.string().min(1).describe("Private key, PEM."),
      port: port.default(8883),
    })
    .nullable()
    .default(null)
    .describe("MQTT over TLS, besides the plain listener; null turns it off."),
  sessionExpiryMs: count(30 * day).describe("A sleeping client that stays away longer is forgotten."),
  queuedExpiryMs: count(7 * day).describe("A command that waited longer is not delivered any more."),
  limits: limits.prefault({}),
  flapping: flapping
    .prefault({})
    .describe("A client id that connects over and over is kept out for a while."),
});
export type BrokerSettings = z.infer<typeof brokerSettings>;
export type BrokerLimits = BrokerSettings["limits"];
