import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { createAcknowledgements } from "./acknowledgements.ts";
import { createAdmission } from "./admission.ts";
import { type AedesClient, forgetConnect, forgetNumbers, visitOf } from "./aedes-client.ts";
import type { Broker, Credentials, Log, UplinkSink } from "./broker.ts";
import type { BrokerSettings } from "./broker-settings.ts";
import { createEmitter } from "./emitter.ts";
import { createHookGuard } from "./guard-hook.ts";
import { createConnectRate } from "./guards/connect-rate.ts";
import { createFlapping } from "./guards/flapping.ts";
import { createPacketSizeGuard } from "./guards/packet-size.ts";
import { createHooks } from "./hooks.ts";
import { openListeners } from "./listeners.ts";
import { noteErrors } from "./note-errors.ts";
import { openPersistence, type PersistenceSettings } from "./persistence/open-persistence.ts";
import { createPresence } from "./presence.ts";
import { checkPrivateFields, probeClient } from "./private-fields.ts";
import { createPublisher } from "./publisher.ts";
import { QuietAedes } from "./quiet-aedes.ts";
import { createRefusals } from "./refusals.ts";
import { createUplinkGate } from "./uplink-gate.ts";
import { createVisit, nameOf, pause, stopReading, type Visit } from "./visit.ts";
import { createWholePublishes } from "./whole-publishes.ts";

export interface BrokerParts {
  readonly settings: BrokerSettings;
  readonly credentials: Credentials;
  readonly uplinks: UplinkSink;
  /** SQLite file for what outlives the process, or `:memory:`. */
  readonly sessionsFile: string;
  readonly log: Log;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

const sweepEveryMs = 60_000;
/** The device keeps what was not acknowledged; a disk that hangs must not hang the stop. */
const longestGoodbyeMs = 5_000;

/**
 * Opens the front door: connections come in through the listeners, prove who they are (admission), say what they may
 * (access), and what they say goes to the sink (uplinks) or to those who listen (messages).
 *
 * @throws when a port, a certificate or the sessions' file cannot be had, or a library is not the one relied on
 */
export async function openBroker(parts: BrokerParts): Promise<Broker> {
  const { settings, credentials, uplinks, sessionsFile, log, now } = parts;
  const { limits } = settings;
  const visits = new Set<Visit>();
  const handshakes = new Set<Visit>();

  const refusals = createRefusals({ log, now });
  const guard = createHookGuard(refusals);
  const flapping = createFlapping(settings.flapping);
  const rate = { perSecond: limits.connectsPerSecond, burst: limits.connectBurst };
  const connectRate = createConnectRate(rate);
  const limitPacketSize = createPacketSizeGuard(limits, (client, bytes, limit) => {
    const visit = client[visitOf];
    const fields = { ...(visit && nameOf(visit)), bytes, limit };
    refusals.note("packet-too-large", fields, "announced a packet that is too large; cut");
  });
  const readWholePublishes = createWholePublishes(limits);

  const emitter = createEmitter();
  const persistence = openPersistence({
    file: sessionsFile,
    settings: persistenceSettings(settings),
    now,
    mayKeep: (client, filter) => (client as AedesClient)[visitOf]?.filters.has(filter) ?? false,
  });
  const acknowledgements = createAcknowledgements(limits.maxInFlightPerClient, (visit) => {
    refusals.note(
      "slow-receiver",
      nameOf(visit),
      "does not take its acknowledgements; the connection is cut",
    );
    visit.client.conn.destroy();
  });
  // A device that comes back because of us is not flapping.
  const notKept = (visit: Visit) => flapping.forgive(visit.client.id);
  const gate = createUplinkGate({
    sink: uplinks,
    limits,
    acknowledgements,
    refusals,
    now,
    wanted: (topic) => emitter.wants(topic) || persistence.wants(topic),
    notKept,
  });
  const admission = createAdmission({ credentials, flapping, refusals, now });

  const aedes = new QuietAedes({
    mq: emitter,
    persistence,
    connectTimeout: limits.connectTimeoutMs,
    drainTimeout: limits.drainTimeoutMs,
    maxTopicLevels: limits.maxTopicLevels,
    // MQTT 3.1 knew no longer ids; ours may be 64 long, and nobody minds.
    maxClientsIdLength: 128,
    ...createHooks({
      aedes: () => aedes,
      guard,
      admission,
      gate,
      acknowledgements,
      persistence,
      refusals,
      notKept,
      limits,
    }),
  });

  function welcome(conn: Duplex, address: string, request?: IncomingMessage): void {
    const client = aedes.handle(conn, request) as AedesClient;
    const visit = createVisit(client, address, now());
    client[visitOf] = visit;
    limitPacketSize(client);
    forgetNumbers(client, aedes.id);
    visits.add(visit);
    handshakes.add(visit);
    conn.once("close", () => {
      visits.delete(visit);
      handshakes.delete(visit);
    });
  }

  function closeLate(nowMs: number): void {
    for (const visit of handshakes) {
      // In the order of their coming: whoever follows is younger.
      if (nowMs - visit.openedAtMs <= limits.connectTimeoutMs) return;
      refusals.note("connect-timeout", nameOf(visit), "did not finish its CONNECT in time");
      visit.client.conn.destroy();
    }
  }

  aedes.on("client", (client) => {
    handshakes.delete((client as AedesClient)[visitOf]!);
    forgetConnect(client as AedesClient);
    readWholePublishes(client as AedesClient);
    persistence.connected(client.id);
  });
  aedes.on("clientDisconnect", (client) => {
    // Who says goodbye is no flapper: a node that lives on a battery comes for each uplink and goes again.
    if ((client as AedesClient)._disconnected) flapping.forgive(client.id);
    persistence.disconnected(client.id);
  });
  aedes.on("unsubscribe", (filters, client) => {
    for (const filter of filters) (client as AedesClient)[visitOf]?.filters.delete(filter);
  });
  noteErrors(aedes, refusals, log);
  const presence = createPresence(aedes, refusals, now);
  const publish = createPublisher(aedes, limits);

  async function start() {
    await aedes.listen();
    const probe = probeClient(aedes);
    try {
      checkPrivateFields(probe);
    } finally {
      probe.conn.destroy();
    }
    for (const will of persistence.willsLeft()) {
      await publish(will.topic, will.payload, will);
      persistence.dropWillLeft(will.clientId!);
    }
    return openListeners({
      settings,
      refusals,
      admit: (address) => connectRate.admit(address, now()),
      welcome,
    });
  }

  async function stop(): Promise<void> {
    for (const visit of visits) stopReading(visit, pause.closing);
    await atMost(longestGoodbyeMs, (then) => gate.whenIdle(then));
    await atMost(longestGoodbyeMs, (then) => whenFlushed(visits, then));
    await new Promise<void>((resolve) => aedes.close(resolve));
    for (const visit of visits) visit.client.conn.destroy();
    // The wills of all those who were connected.
    await atMost(longestGoodbyeMs, (then) => aedes.whenIdle(then));
    await persistence.destroy();
  }

  const listeners = await start().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  let sweptAtMs = now();
  let closed: Promise<void> | null = null;

  return {
    mqttPort: listeners.mqttPort,
    wsPort: listeners.wsPort,
    tlsPort: listeners.tlsPort,
    publish,
    connected: (device) => presence.has(device),
    connectedDevices: () => presence.size,
    disconnect(deviceOrService, reason) {
      for (const visit of visits) {
        if (visit.visitor?.id !== deviceOrService) continue;
        refusals.note("dismissed", { ...nameOf(visit), why: reason }, "connection closed by us");
        visit.client.conn.destroy();
      }
    },
    onPresence: (listener) => presence.onChange(listener),
    usage() {
      const { sessions, queued, retained, failing } = persistence.usage();
      return {
        connections: visits.size,
        connectedDevices: presence.size,
        uplinks: gate.usage(),
        refusals: refusals.counts(),
        sessions,
        queued,
        retained,
        sessionsFailing: failing?.message ?? null,
      };
    },
    tick(nowMs) {
      gate.tick(nowMs);
      closeLate(nowMs);
      const { failing } = persistence.usage();
      if (failing !== null) {
        refusals.note("sessions-disk", { error: failing.message }, "sessions and commands cannot be written");
      }
      if (nowMs - sweptAtMs < sweepEveryMs) return;
      sweptAtMs = nowMs;
      connectRate.tick(nowMs);
      flapping.tick(nowMs);
      persistence.expire(nowMs);
    },
    close() {
      closed ??= listeners.close().then(stop);
      return closed;
    },
  };
}

function persistenceSettings({
  limits,
  sessionExpiryMs,
  queuedExpiryMs,
}: BrokerSettings): PersistenceSettings {
  return {
    queue: { maxMessages: limits.maxQueuedMessages, maxBytes: limits.maxQueuedBytes },
    retained: {
      maxMessages: limits.maxRetainedMessages,
      maxBytes: limits.maxRetainedBytes,
      maxPayloadBytes: limits.maxRetainedPayloadBytes,
    },
    sessionExpiryMs,
    queuedExpiryMs,
  };
}

/** Calls back when what was written to the connections so far has been handed to the system. */
function whenFlushed(visits: ReadonlySet<Visit>, then: () => void): void {
  let left = visits.size;
  if (left === 0) then();
  for (const { client } of visits) {
    client.conn.write(Buffer.alloc(0), () => {
      if (--left === 0) then();
    });
  }
}

function atMost(ms: number, wait: (then: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wait(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
