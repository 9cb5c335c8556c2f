import { Duplex } from "node:stream";
import mqttPacket, { type Packet } from "mqtt-packet";
import { expect, onTestFinished, test } from "vitest";
import type { Uplink } from "../devices/index.ts";
import { createAcknowledgements } from "./acknowledgements.ts";
import { createAdmission } from "./admission.ts";
import { type AedesClient, visitOf } from "./aedes-client.ts";
import { brokerSettings } from "./broker-settings.ts";
import { createHookGuard } from "./guard-hook.ts";
import { createFlapping } from "./guards/flapping.ts";
import { createHooks } from "./hooks.ts";
import { openPersistence } from "./persistence/open-persistence.ts";
import { QuietAedes } from "./quiet-aedes.ts";
import { createRefusals } from "./refusals.ts";
import { createUplinkGate } from "./uplink-gate.ts";
import { createVisit } from "./visit.ts";

/** Real Aedes with our hooks, on a connection whose bytes arrive when the test says. */
async function openOnPipe(knows: boolean) {
  const { limits, flapping } = brokerSettings.parse({});
  const log = { info() {}, warn() {}, error() {} };
  const now = () => 0;
  const uplinks: Uplink[] = [];
  const refusals = createRefusals({ log, now });
  const acknowledgements = createAcknowledgements(limits.maxInFlightPerClient, () => {});
  const sink = {
    accept(uplink: Uplink, accepted: (error: null) => void) {
      uplinks.push(uplink);
      accepted(null);
    },
  };
  const nobody = { wanted: () => false, notKept: () => {} };
  const retained = { maxMessages: 1, maxBytes: 1, maxPayloadBytes: 1 };
  const settings = {
    queue: { maxMessages: 1, maxBytes: 1 },
    retained,
    sessionExpiryMs: 1,
    queuedExpiryMs: 1,
  };
  const persistence = openPersistence({ file: ":memory:", settings, now, mayKeep: () => true });
  const credentials = { device: () => knows, service: () => null };
  const aedes: QuietAedes = new QuietAedes({
    persistence,
    ...createHooks({
      aedes: () => aedes,
      guard: createHookGuard(refusals),
      admission: createAdmission({ credentials, flapping: createFlapping(flapping), refusals, now }),
      gate: createUplinkGate({ sink, limits, acknowledgements, refusals, now, ...nobody }),
      acknowledgements,
      persistence,
      refusals,
      notKept: nobody.notKept,
      limits,
    }),
  });
  await aedes.listen();
  onTestFinished(() => new Promise<void>((resolve) => aedes.close(resolve)));
  const conn = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const client = aedes.handle(conn) as AedesClient;
  client[visitOf] = createVisit(client, "127.0.0.1", 0);
  const arrive = (packet: Packet) => conn.push(mqttPacket.generate(packet, { protocolVersion: 4 }));
  return { conn, arrive, uplinks, refusals };
}

const connect: Packet = {
  cmd: "connect",
  clientId: "n-1",
  username: "n-1",
  password: Buffer.from("?"),
  clean: true,
  protocolId: "MQTT",
  protocolVersion: 4,
  keepalive: 0,
};
const publish: Packet = {
  cmd: "publish",
  topic: "canhdong/v1/n-1/telemetry",
  payload: "31.2",
  messageId: 1,
  qos: 1,
  dup: false,
  retain: false,
};
const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The PUBLISH arrives after Aedes has taken the CONNECT and before it asks whose it is. */
async function publishOnTheHeels(knows: boolean) {
  const pipe = await openOnPipe(knows);
  pipe.arrive(connect);
  await nextTick();
  await nextTick();
  pipe.arrive(publish);
  for (let i = 0; i < 20; i++) await nextTurn();
  return pipe;
}

test("what follows on the heels of a CONNECT is not taken before its secret is checked", async () => {
  const { conn, uplinks, refusals } = await publishOnTheHeels(false);
  expect(conn.destroyed).toBe(true);
  expect(uplinks).toEqual([]);
  expect(refusals.counts()).toMatchObject({ credentials: 1, "hook-failed": 0 });
});

test("what follows on the heels of a good CONNECT arrives", async () => {
  const { conn, uplinks } = await publishOnTheHeels(true);
  expect(conn.destroyed).toBe(false);
  expect(uplinks).toMatchObject([{ device: "n-1" }]);
});
