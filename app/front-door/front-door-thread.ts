import { flushCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Log } from "../../broker/broker.ts";
import { openBroker } from "../../broker/open-broker.ts";
import { openCredentials } from "../../devices/registry/open-credentials.ts";
import { openInlet } from "../../ingest/journal/segments/open-inlet.ts";
import {
  type FromFrontDoor,
  type FrontDoorStart,
  failureOf,
  type PresenceChange,
  type ToFrontDoor,
} from "./messages.ts";

/**
 * The thread of the front door: connections, and the way of an uplink to the disk and of its acknowledgement back. A pause
 * of whatever stands behind the journal (queries, rules, the collection of their garbage) is not felt here.
 */
const usageEveryMs = 250;
const tickEveryMs = 1_000;

const main = parentPort!;
const tell = (message: FromFrontDoor) => main.postMessage(message);

try {
  await open(workerData as FrontDoorStart);
} catch (error) {
  tell({ failed: failureOf(error) });
  main.close();
}

async function open({ settings, registryFile, secretKey, sessionsFile, inlet: end }: FrontDoorStart) {
  const inlet = openInlet(end);
  const credentials = openCredentials(registryFile, secretKey);
  const letGo = async () => {
    await inlet.close();
    credentials.close();
  };
  const broker = await openBroker({
    settings,
    credentials: {
      device: (id, secret) => credentials.verifyDevice(id, secret, Date.now()),
      service: (name, secret) => credentials.verifyService(name, secret, Date.now()) ?? null,
    },
    uplinks: { accept: (uplink, accepted) => inlet.append(uplink, accepted) },
    sessionsFile,
    log: logTo(tell),
    now: Date.now,
  }).catch(async (error: unknown) => {
    await letGo();
    throw error;
  });
  broker.onPresence(createPresenceTeller());
  const clocks = [
    setInterval(() => broker.tick(Date.now()), tickEveryMs),
    setInterval(() => tell({ usage: broker.usage() }), usageEveryMs),
  ];
  main.on("message", (message: ToFrontDoor) => {
    if (message === "close") void close();
    else if ("disconnect" in message) broker.disconnect(message.disconnect, message.reason);
    else void publish(message);
  });

  async function publish({ publish, topic, payload, options }: Extract<ToFrontDoor, { publish: number }>) {
    const failure = await broker.publish(topic, payload, options).then(() => null, failureOf);
    tell({ published: publish, failure });
  }

  async function close() {
    await broker.close();
    for (const clock of clocks) clearInterval(clock);
    await letGo();
    tell({ usage: broker.usage() });
    tell("closed");
    main.close();
  }

  const { mqttPort, wsPort, tlsPort } = broker;
  tell({ usage: broker.usage() });
  tell({ open: { mqttPort, wsPort, tlsPort } });
  flushCompileCache();
}

/** Thousands may come at once, after an outage: those of one turn of the event loop go in one message. */
function createPresenceTeller() {
  let changes: PresenceChange[] = [];
  return (device: string, connected: boolean, atMs: number) => {
    if (changes.push({ device, connected, atMs }) > 1) return;
    setImmediate(() => {
      tell({ presence: changes });
      changes = [];
    });
  };
}

function logTo(send: (message: FromFrontDoor) => void): Log {
  const at = (log: "info" | "warn" | "error") => (fields: object, message: string) =>
    send({ log, fields, message });
  return { info: at("info"), warn: at("warn"), error: at("error") };
}
