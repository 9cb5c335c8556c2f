import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { topicsOf } from "../../devices/index.ts";
import { FlashBuffer, Link } from "../../firmware-sim/index.ts";
import type { Measurement } from "./interpret.ts";

export interface PublisherParts {
  /** Secrets by device. */
  readonly credentials: ReadonlyMap<string, string>;
  readonly broker: { readonly host: string; readonly port: number };
  readonly now: () => number;
  /** Without any acknowledgement for so long, it gives up. Default a minute. */
  readonly patienceMs?: number;
}

export interface DeviceTally {
  /** Readings. */
  readonly sent: number;
  readonly acknowledged: number;
}

export interface Publisher {
  /** Takes a measurement; resolves when there is room for more. */
  publish(measurement: Measurement): Promise<void>;
  /** Resolves when everything is acknowledged: true; or when no acknowledgement came for too long: false. */
  finish(meanwhile: () => void): Promise<boolean>;
  tally(): ReadonlyMap<string, DeviceTally>;
  /** Uplinks without acknowledgement. */
  inFlight(): number;
  /** Why the broker let a device not in, last; null when it did. */
  refusal(): string | null;
  close(): void;
}

interface Sender {
  readonly link: Link;
  readonly flash: FlashBuffer;
}

const tickMs = 20;
/** Measurements of all devices that may wait; then the file is not read on. */
const mostWaiting = 4_000;
const usualPatienceMs = 60_000;

/** Devices that say what somebody else has measured: at least once, with a window, over real MQTT. */
export function createPublisher(parts: PublisherParts): Publisher {
  const { credentials, broker, now, patienceMs = usualPatienceMs } = parts;
  const senders = new Map<string, Sender>();
  let refusal: string | null = null;
  let lastProgressMs = now();
  let lastAcknowledged = 0;

  function openSender(device: string): Sender {
    const { telemetry, status } = topicsOf(device);
    const flash = new FlashBuffer(telemetry, Number.POSITIVE_INFINITY);
    const link = new Link({
      broker,
      identity: { id: device, secret: credentials.get(device)!, statusTopic: status },
      outbox: flash,
      listensTo: [],
      heard: () => {},
      refused: (why) => {
        refusal = `${device}: ${why}`;
      },
      now,
      random: () => randomInt(1_000_000) / 1_000_000,
    });
    link.want();
    const sender = { link, flash };
    senders.set(device, sender);
    return sender;
  }

  function tick(): void {
    const nowMs = now();
    let acknowledged = 0;
    for (const { link, flash } of senders.values()) {
      link.tick(nowMs);
      if (link.isDue(nowMs)) link.connect();
      link.pump();
      acknowledged += flash.account().acknowledged;
    }
    if (acknowledged > lastAcknowledged) lastProgressMs = nowMs;
    lastAcknowledged = acknowledged;
  }

  const timer = setInterval(tick, tickMs);
  const all = () => [...senders.values()];
  const waiting = () => all().reduce((sum, { flash }) => sum + flash.waiting, 0);
  const isStuck = () => now() - lastProgressMs > patienceMs;

  return {
    async publish({ device, measuredAtMs, values }) {
      const { flash } = senders.get(device) ?? openSender(device);
      if (flash.waiting === 0 && flash.account().inFlight === 0) lastProgressMs = now();
      flash.put(JSON.stringify({ ts: measuredAtMs, values }), Object.keys(values).length);
      if (waiting() < mostWaiting) return;
      while (waiting() > mostWaiting / 2 && !isStuck()) await sleep(tickMs);
    },
    async finish(meanwhile) {
      const isDone = () => all().every(({ flash }) => flash.waiting === 0 && flash.account().inFlight === 0);
      while (!isDone() && !isStuck()) {
        meanwhile();
        await sleep(tickMs);
      }
      return isDone();
    },
    tally: () =>
      new Map(
        [...senders].map(([device, { flash }]) => {
          const { acknowledged, inFlight } = flash.account();
          return [device, { sent: acknowledged + inFlight, acknowledged }];
        }),
      ),
    inFlight: () => all().reduce((sum, { link }) => sum + link.account().inFlight, 0),
    refusal: () => refusal,
    close() {
      clearInterval(timer);
      for (const { link } of all()) link.leave();
    },
  };
}
