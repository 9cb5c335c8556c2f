import { describe, expect, test } from "vitest";
import { nobody } from "./audience.ts";
import { type Courier, createCourier } from "./courier.ts";
import { DeliveryError, type Notification, type Notifier } from "./notifier.ts";
import { openOutbox } from "./outbox.ts";
import { createField, dry, hour, minute, noon, quiet, rulesOf, second } from "./test-field.ts";

type Answer = "taken" | "later" | "never" | "hangs";

/** Somebody who receives notifications and answers as told; a delivery that hangs ends with `release`. */
function createReceiver(answers: Answer[] = []) {
  const got: Notification[] = [];
  let release: () => void = () => {};
  const notifier: Notifier = {
    atOnce: 1,
    async deliver(notification) {
      got.push(notification);
      const answer = answers.shift() ?? "taken";
      if (answer === "hangs") await new Promise<void>((resolve) => (release = resolve));
      if (answer === "later")
        throw new DeliveryError("come back", { failure: "unavailable", retryable: true });
      if (answer === "never")
        throw new DeliveryError("refused lan@example.vn", { failure: "rejected", retryable: false });
      return "250 queued for lan@example.vn";
    },
  };
  return { notifier, got, answers, release: () => release(), events: () => got.map(({ event }) => event) };
}

const retries = { firstMs: 10 * second, mostMs: minute, giveUpAfterMs: hour, mostAttempts: 4 };

function createOffice(
  receivers: Record<string, ReturnType<typeof createReceiver>>,
  rules: readonly object[] = [dry],
) {
  const field = createField({ rules: rulesOf(rules, [{ to: Object.keys(receivers) }]) });
  const notifiers = Object.fromEntries(
    Object.entries(receivers).map(([name, { notifier }]) => [name, notifier]),
  );
  const open = (outbox = field.watch.outbox): Courier =>
    createCourier({ outbox, notifiers, now: () => field.clock.nowMs, random: () => 1, log: quiet, retries });
  const courier = open();
  let receivedAtMs = noon;
  return {
    field,
    courier,
    open,
    measures(value: number, about: { device?: string; quantity?: string } = {}) {
      receivedAtMs += second;
      const { device = "n1", quantity = "soil.moisture" } = about;
      field.arrives({ device, receivedAtMs, readings: [{ value, quantity }] });
      field.takes();
    },
    async passes(ms: number) {
      field.clock.nowMs += ms;
      courier.tick(field.clock.nowMs);
      await courier.settled();
    },
  };
}

describe("a courier", () => {
  test("tells at once that an alert fired, and that it is over", async () => {
    const log = createReceiver();
    const { courier, measures } = createOffice({ log });
    courier.start();
    measures(20);
    await courier.settled();
    measures(30);
    await courier.settled();
    expect(log.got.map(({ event, alert }) => `${event}: ${alert.state} ${alert.value}`)).toEqual([
      "fired: firing 20",
      "resolved: resolved 20",
    ]);
    expect(courier.counters().delivered).toEqual({ log: 2 });
  });

  test("delivers what waited before it was started", async () => {
    const log = createReceiver();
    const { courier, measures } = createOffice({ log });
    measures(20);
    expect(log.got).toEqual([]);
    courier.start();
    await courier.settled();
    expect(log.events()).toEqual(["fired"]);
  });

  test("does not let the end of an alert overtake its beginning", async () => {
    const log = createReceiver(["hangs"]);
    const { courier, measures } = createOffice({ log: { ...log, notifier: { ...log.notifier, atOnce: 4 } } });
    courier.start();
    measures(20);
    measures(30);
    courier.tick(noon);
    expect(log.events()).toEqual(["fired"]);
    log.release();
    await courier.settled();
    expect(log.events()).toEqual(["fired", "resolved"]);
  });

  test("lets no notifier wait for another one", async () => {
    const [dead, log] = [createReceiver(["hangs"]), createReceiver()];
    const { courier, measures } = createOffice({ dead, log });
    courier.start();
    measures(20);
    measures(20, { device: "n2" });
    measures(30);
    await expect.poll(() => log.events()).toEqual(["fired", "fired", "resolved"]);
    expect(dead.events()).toEqual(["fired"]);
    dead.release();
    await courier.settled();
    expect(dead.got).toHaveLength(3);
  });

  test("tells the critical ones first", async () => {
    const log = createReceiver();
    const hot = {
      kind: "threshold",
      name: "hot",
      quantity: "air.temperature",
      above: 34,
      severity: "critical",
    };
    const { courier, measures } = createOffice({ log }, [dry, hot]);
    measures(20);
    measures(20, { device: "n2" });
    measures(40, { quantity: "air.temperature" });
    courier.start();
    await courier.settled();
    expect(log.got.map(({ alert }) => alert.rule)).toEqual(["hot", "dry", "dry"]);
  });

  test("names the open alerts of the device that the same notifier tells of", async () => {
    const log = createReceiver();
    const hot = { kind: "threshold", name: "hot", quantity: "air.temperature", above: 34 };
    const { courier, measures } = createOffice({ log }, [dry, hot]);
    courier.start();
    for (const [value, quantity] of [
      [20, "soil.moisture"],
      [40, "air.temperature"],
      [30, "soil.moisture"],
    ] as const) {
      measures(value, { quantity });
      await courier.settled();
    }
    expect(log.got.map(({ openOnDevice }) => openOnDevice.map(({ rule }) => rule))).toEqual([
      ["dry"],
      ["dry", "hot"],
      ["hot"],
    ]);
  });
});

describe("a delivery that failed", () => {
  test("is tried again after ever longer waits, under the same id", async () => {
    const log = createReceiver(["later", "later"]);
    const { courier, field, measures, passes } = createOffice({ log });
    courier.start();
    measures(20);
    await passes(0);
    await passes(10 * second - 1);
    expect(log.got).toHaveLength(1);
    await passes(1);
    expect(log.got).toHaveLength(2);
    await passes(20 * second - 1);
    expect(log.got).toHaveLength(2);
    await passes(1);
    expect(new Set(log.got.map(({ id }) => id)).size).toBe(1);
    const [alert] = field.watch.alerts({ state: "all", limit: 1 });
    expect(
      field.watch.outbox.deliveries(alert!.id).map(({ attempt, outcome }) => [attempt, outcome]),
    ).toEqual([
      [1, "again"],
      [2, "again"],
      [3, "delivered"],
    ]);
    expect(courier.counters().failures).toEqual({ log: { unavailable: 2 } });
  });

  test("is given up after so many attempts, and stays visible", async () => {
    const log = createReceiver(["later", "later", "later", "later"]);
    const { courier, field, measures, passes } = createOffice({ log });
    courier.start();
    measures(20);
    for (let i = 0; i < 10; i++) await passes(minute);
    expect(log.got).toHaveLength(4);
    expect(field.watch.outbox.counts()).toEqual([{ notifier: "log", waiting: 0, failed: 1 }]);
  });

  test("is given up when the news would be too old", async () => {
    const log = createReceiver(["later", "later"]);
    const { courier, field, measures, passes } = createOffice({ log });
    courier.start();
    measures(20);
    await passes(0);
    await passes(hour);
    expect(log.got).toHaveLength(2);
    expect(field.watch.outbox.counts()).toEqual([{ notifier: "log", waiting: 0, failed: 1 }]);
  });

  test("is given up at once when it will never be taken", async () => {
    const log = createReceiver(["never"]);
    const { courier, field, measures, passes } = createOffice({ log });
    courier.start();
    measures(20);
    await passes(hour);
    expect(log.got).toHaveLength(1);
    expect(field.watch.outbox.counts()).toEqual([{ notifier: "log", waiting: 0, failed: 1 }]);
  });

  test("leaves no address in the log of deliveries", async () => {
    const log = createReceiver(["never"]);
    const { courier, field, measures } = createOffice({ log });
    courier.start();
    measures(20);
    measures(30);
    await courier.settled();
    const [alert] = field.watch.alerts({ state: "all", limit: 1 });
    expect(field.watch.outbox.deliveries(alert!.id).map(({ detail }) => detail)).toEqual([
      "rejected: refused l***@example.vn",
      "250 queued for l***@example.vn",
    ]);
  });

  test("by a mistake of ours is tried again and counted as such", async () => {
    const broken: Notifier = { atOnce: 1, deliver: () => Promise.reject(new TypeError("x is undefined")) };
    const { courier, measures } = createOffice({ log: { ...createReceiver(), notifier: broken } });
    courier.start();
    measures(20);
    await courier.settled();
    expect(courier.counters().failures).toEqual({ log: { defect: 1 } });
  });

  test("is not made up for when the alert is over: one message tells the whole", async () => {
    const log = createReceiver(["later"]);
    const { courier, measures, passes } = createOffice({ log });
    courier.start();
    measures(20);
    await courier.settled();
    measures(30);
    await passes(minute);
    expect(log.events()).toEqual(["fired", "resolved"]);
    await passes(hour);
    expect(log.got).toHaveLength(2);
  });
});

describe("across a crash", () => {
  test("what was under way is sent again, under the same id", async () => {
    const log = createReceiver(["hangs"]);
    const { courier, field, measures, open } = createOffice({ log });
    courier.start();
    measures(20);
    expect(log.got).toHaveLength(1);
    const outbox = openOutbox(field.file, nobody);
    const next = open(outbox);
    next.start();
    await next.settled();
    outbox.close();
    expect(log.got.map(({ id }) => id)).toEqual([log.got[0]!.id, log.got[0]!.id]);
    log.release();
    await courier.stop();
  });

  test("what was delivered is not sent again", async () => {
    const log = createReceiver();
    const { courier, field, measures, open } = createOffice({ log });
    courier.start();
    measures(20);
    await courier.stop();
    field.crash();
    const next = open(field.watch.outbox);
    next.start();
    await next.stop();
    expect(log.got).toHaveLength(1);
  });

  test("what waits for a notifier that is gone is given up, with a reason", async () => {
    const log = createReceiver();
    const { field, measures } = createOffice({ log });
    measures(20);
    const other = createCourier({
      outbox: field.watch.outbox,
      notifiers: {},
      now: () => noon,
      random: () => 0,
      log: quiet,
    });
    other.start();
    expect(field.watch.outbox.counts()).toEqual([{ notifier: "log", waiting: 0, failed: 1 }]);
    await other.stop();
  });
});

test("a courier that is stopped takes on nothing more, and waits for what is under way", async () => {
  const log = createReceiver(["hangs"]);
  const { courier, measures } = createOffice({ log });
  courier.start();
  measures(20);
  const stopped = courier.stop();
  measures(20, { device: "n2" });
  courier.tick(noon + hour);
  log.release();
  await stopped;
  expect(log.got).toHaveLength(1);
});
