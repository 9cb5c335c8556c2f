import { setTimeout as pause } from "node:timers/promises";
import mqtt, { type MqttClient } from "mqtt";
import { expect, onTestFinished, vi } from "vitest";

/** Devices that publish one numbered message after another at QoS 1, and come back when the broker does. */
export interface Publishers {
  /** What they were promised: `2 17` is message 17 of publisher 2. */
  readonly promised: ReadonlySet<string>;
  /** Resolves when so many more than now are promised. */
  untilMore(count: number): Promise<void>;
  /** Resolves when each has been answered its last message. */
  stop(): Promise<void>;
}

/** Without a pace, what waits at the broker while a worker starts would be hundreds of thousands. */
const pacedMs = 10;

/**
 * Mosquitto saves its queues at the end of each round of its loop, after it has acknowledged what came in that round. So an
 * acknowledgement counts as a promise from the next one on; what was acknowledged last before a connection broke is
 * published again.
 */
export function startPublishers(url: string, count: number): Publishers {
  const promised = new Set<string>();
  let isStopping = false;

  async function publish(publisher: number): Promise<void> {
    for (let next = 0; !isStopping; ) {
      const client = await mqtt.connectAsync(url, { reconnectPeriod: 0 }, false).catch(() => null);
      // While the broker is down there is nothing to wait for but itself.
      if (client === null) await pause(10);
      else next = await publishUntilBroken(client, publisher, next);
    }
  }

  /** @returns the first number that is no promise yet */
  async function publishUntilBroken(client: MqttClient, publisher: number, from: number): Promise<number> {
    client.on("error", () => {});
    const broken = new Promise<false>((tell) => client.once("close", () => tell(false)));
    let number = from;
    for (; !isStopping; number++) {
      const answered = client.publishAsync(`farm/${publisher}`, `${publisher} ${number}`, { qos: 1 });
      if (
        !(await Promise.race([
          broken,
          answered.then(
            () => true,
            () => false,
          ),
        ]))
      )
        break;
      if (number > from) promised.add(`${publisher} ${number - 1}`);
      await pause(pacedMs);
    }
    client.end(true);
    return Math.max(from, number - 1);
  }

  const running = Promise.all(Array.from({ length: count }, (_, publisher) => publish(publisher)));
  async function stop(): Promise<void> {
    isStopping = true;
    await running;
  }
  onTestFinished(stop);
  return {
    promised,
    async untilMore(more) {
      const enough = promised.size + more;
      const patience = { timeout: 120_000, interval: 5 };
      await vi.waitFor(() => expect(promised.size).toBeGreaterThanOrEqual(enough), patience);
    },
    stop,
  };
}
