import { describe, expect, test } from "vitest";
import type { Alert } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { lowOxygen, notificationOf, over, quiet } from "../test-alerts.ts";
import { mqtt } from "./mqtt.ts";

/** Keeps what is retained, as a broker does: an empty message clears its topic. */
function createShelf() {
  const retained = new Map<string, string>();
  const published: string[] = [];
  const notifier = mqtt.parse({ kind: "mqtt" })({
    name: "mqtt",
    log: quiet,
    now: () => 0,
    async publish(topic, payload, { qos, retain }) {
      published.push(`${topic} qos ${qos}`);
      if (!retain) return;
      if (payload === "") retained.delete(topic);
      else retained.set(topic, payload);
    },
  });
  const on = (topic: string) =>
    (JSON.parse(retained.get(topic)!) as { alerts: Alert[] }).alerts.map(({ rule }) => rule);
  return { notifier, retained, published, on };
}

const topic = "canhdong/v1/alerts/tom-quang-tho/ao-04";
const second = lowOxygen({ id: "f".repeat(32), rule: "pond-hot" });

describe("the mqtt notifier", () => {
  test("keeps an alert on its topic while it is open, and clears the topic when it is over", async () => {
    const shelf = createShelf();
    await shelf.notifier.deliver(notificationOf(lowOxygen()));
    expect(JSON.parse(shelf.retained.get(topic)!)).toMatchObject({
      device: "ao-04",
      alerts: [
        {
          rule: "pond-oxygen-low",
          severity: "critical",
          value: 2.4,
          limit: 3,
          title: { vi: expect.stringMatching(/^Ao số 4/) },
        },
      ],
    });
    await shelf.notifier.deliver(notificationOf(over(lowOxygen()), "resolved"));
    expect(shelf.retained.size).toBe(0);
    expect(shelf.published).toEqual([`${topic} qos 1`, `${topic} qos 1`]);
  });

  test("one alert that ends does not clear another on the same device", async () => {
    const shelf = createShelf();
    await shelf.notifier.deliver({ ...notificationOf(second), openOnDevice: [lowOxygen(), second] });
    expect(shelf.on(topic)).toEqual(["pond-oxygen-low", "pond-hot"]);
    await shelf.notifier.deliver({
      ...notificationOf(over(lowOxygen()), "resolved"),
      openOnDevice: [second],
    });
    expect(shelf.on(topic)).toEqual(["pond-hot"]);
  });

  test("a device that was moved to another model leaves its old topic empty", async () => {
    const shelf = createShelf();
    const moved = lowOxygen({ id: "e".repeat(32), linkageModel: "ca-long" });
    await shelf.notifier.deliver(notificationOf(lowOxygen()));
    await shelf.notifier.deliver({ ...notificationOf(over(lowOxygen()), "resolved"), openOnDevice: [moved] });
    expect(shelf.retained.has(topic)).toBe(false);
  });

  test("a device of no model, or of one with an odd id, has a topic all the same", async () => {
    const shelf = createShelf();
    await shelf.notifier.deliver(notificationOf(lowOxygen({ linkageModel: null })));
    await shelf.notifier.deliver(notificationOf(lowOxygen({ linkageModel: "tôm/sú #1" })));
    expect([...shelf.retained.keys()]).toEqual([
      "canhdong/v1/alerts/none/ao-04",
      "canhdong/v1/alerts/tôm_sú _1/ao-04",
    ]);
  });

  test("sends no names of people or places over the wire", async () => {
    const shelf = createShelf();
    await shelf.notifier.deliver(notificationOf(lowOxygen({ acknowledgedBy: "lan" })));
    expect(shelf.retained.get(topic)).not.toMatch(/lan"|deviceName|placeName/);
  });
});

notifierContract(async (farEnd) => {
  const taken: string[] = [];
  const notifier = mqtt.parse({ kind: "mqtt" })({
    name: "mqtt",
    log: quiet,
    now: () => 0,
    async publish(topic) {
      if (farEnd !== "takes") throw new Error("no broker");
      taken.push(topic);
    },
  });
  return { notifier, taken: () => taken, close: () => Promise.resolve() };
}, null);
