import { expect, test } from "vitest";
import type { Alert } from "./alert.ts";
import { type Arrival, createField, dry, hour, minute, noon, rulesOf, seeded } from "./test-field.ts";

/*
 * How it works: a seed makes a stream of uplinks with all the countryside's noise (repeated, late, out of order, several
 * readings at once, devices that nobody knows). One watch takes it in peace, uplink by uplink. Another takes it in
 * batches of random size, is stopped and killed at random moments, and is handed uplinks again; with every other seed it saves
 * its memories seldom. Both must end with the same alerts, word for word, and nobody may be told anything twice.
 */

const rules = rulesOf(
  [
    dry,
    { ...dry, name: "dry-for-long", below: 30, clear: 33, forMs: 25 * minute, severity: "critical" },
    {
      kind: "rate-of-change",
      name: "drying",
      quantity: "soil.moisture",
      fallsBy: 8,
      clear: 3,
      withinMs: 30 * minute,
    },
    { kind: "threshold", name: "hot", quantity: "air.temperature", above: 34, scope: { places: ["p2"] } },
  ],
  [{ to: "log" }, { to: "mail", severities: ["critical"] }],
);

const seeds = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: 12 }, (_, at) => at + 1);

test.each(seeds)("seed %i: kills, restarts and redeliveries change no alert and repeat no word", (seed) => {
  const uplinks = stream(seeded(seed), 400);

  const peaceful = createField({ rules });
  peaceful.arrives(...uplinks);
  for (const _ of uplinks) peaceful.takes(1);

  const troubled = createField({ rules, roundEveryMs: seed % 2 === 0 ? 6 * hour : 0 });
  troubled.arrives(...uplinks);
  const told = trouble(troubled, seeded(seed * 7919));

  const expected = allOf(peaceful);
  expect(expected.length).toBeGreaterThan(5);
  expect(allOf(troubled)).toEqual(expected);
  expect(new Set(told).size).toBe(told.length);
  // What flaps, and what only late readings told, is recorded and not told: in peace and in trouble alike.
  const toldInPeace = [...deliver(peaceful), ...deliver(peaceful)];
  expect(toldInPeace.length).toBeGreaterThan(5);
  expect(new Set(told.map(alertIn))).toEqual(new Set(toldInPeace.map(alertIn)));
});

/** Notification ids begin with the id of their alert. */
const alertIn = (notification: string) => notification.split(".")[0];

const allOf = (field: ReturnType<typeof createField>): Alert[] =>
  field.watch.alerts({ state: "all", limit: 10_000 });

/** @returns the ids of the notifications in the order in which they were delivered */
function trouble(field: ReturnType<typeof createField>, random: () => number): string[] {
  const told: string[] = [];
  let rounds = 0;
  do {
    field.takes(1 + Math.floor(random() * 30));
    const chance = random();
    if (chance < 0.15) field.crash();
    else if (chance < 0.25) field.restart();
    else if (chance < 0.35) field.tickEach(minute, field.clock.nowMs + minute);
    else if (chance < 0.45)
      field.watch.handle(field.journal.slice(0, field.watch.cursor()), field.watch.cursor());
    if (random() < 0.5) told.push(...deliver(field));
  } while (++rounds < 1000 && field.reads() < field.journal.length);
  // Twice: what is over waits for what it was.
  told.push(...deliver(field), ...deliver(field));
  expect(field.reads()).toBe(field.journal.length);
  return told;
}

function deliver({ watch, clock }: ReturnType<typeof createField>): string[] {
  return ["log", "mail"].flatMap((notifier) =>
    watch.outbox.claim(notifier, 1000, clock.nowMs).map((claim) => {
      watch.outbox.settle(claim, { atMs: clock.nowMs, tookMs: 0 }, { outcome: "delivered", detail: "" });
      return claim.id;
    }),
  );
}

function stream(random: () => number, count: number): Arrival[] {
  const moisture = { n1: 40, n2: 40, stranger: 10 };
  const uplinks: Arrival[] = [];
  for (let at = 0; at < count; at++) {
    const receivedAtMs = noon + at * 4 * minute;
    const device = random() < 0.05 ? "stranger" : random() < 0.5 ? "n1" : "n2";
    moisture[device] = Math.min(45, Math.max(15, moisture[device] + (random() - 0.5) * 9));
    const late = random() < 0.15 ? Math.floor(random() * 40) * minute : 0;
    const value = moisture[device];
    uplinks.push({
      device,
      receivedAtMs,
      readings: [
        { value, atMs: receivedAtMs - late, live: late < 20 * minute },
        { quantity: "air.temperature", value: 28 + random() * 9, atMs: receivedAtMs - late },
        ...(random() < 0.1 ? [{ value: value - 5, atMs: receivedAtMs - late - minute }] : []),
      ],
    });
    if (random() < 0.15) uplinks.push({ ...uplinks.at(-1)!, receivedAtMs: receivedAtMs + minute });
  }
  return uplinks;
}
