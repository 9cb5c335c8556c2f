import { expect, test } from "vitest";
import { minute, noon, seeded } from "../alerts/test-field.ts";
import { createVillage } from "./test-village.ts";

/*
 * How it works: a seed makes an afternoon and a night of a village: oxygen falls, soil dries, people acknowledge, snooze and opt out. One
 * village lives it in peace. Another lives the same with its process killed at random moments: between saving and sending, while a
 * message is under way, in the middle of the night. Both must tell the same people the same things at the same times:
 * escalations, snoozes that end, what waited for the morning. A message under way in a crash is sent again, under its own id.
 */

const seeds = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, 3, 4, 5, 6];
const steps = 220;

test.each(seeds)(
  "seed %i: kills neither lose nor double what people are told, escalations, snoozes and digests included",
  (seed) => {
    const peaceful = live(seed, () => 1);
    const troubled = live(seed, seeded(seed * 7919));
    expect(troubled.crashes).toBeGreaterThan(10);
    expect(peaceful.told.length).toBeGreaterThan(15);
    for (const kind of ["escalated", "digest", "fired", "resolved"])
      expect(peaceful.told.join("\n")).toContain(kind);
    expect(troubled.told).toEqual(peaceful.told);
    expect(troubled.states).toEqual(peaceful.states);
  },
  120_000,
);

/** @param trouble from 0 to 1: below some of it, the process dies */
function live(seed: number, trouble: () => number) {
  const village = createVillage({
    startMs: noon + 6 * 60 * minute,
    policy: { limits: { perHour: 4, perDay: 40 } },
  });
  village.registry.updatePerson("hoa", { places: ["p1", "p2"] }, 2);
  const random = seeded(seed);
  const told = new Map<string, string>();
  let crashes = 0;
  const die = (chance: number) => {
    if (trouble() >= chance) return;
    village.dies();
    crashes++;
  };

  for (let step = 0; step < steps; step++) {
    const { field } = village;
    happen(village, random);
    die(0.1);
    field.tickEach(5 * minute, field.clock.nowMs + 5 * minute);
    die(0.1);
    send(
      village,
      told,
      () => trouble() < 0.15,
      () => die(1),
    );
  }
  const alerts = village.field.watch.alerts({ state: "all", limit: 1000 });
  return {
    told: [...told.values()],
    crashes,
    states: alerts.map(({ id, state, severity, acknowledgedBy }) => ({
      id,
      state,
      severity,
      acknowledgedBy,
      history: village.field.watch.history(id).map(({ atMs, what, who }) => [atMs, what, who]),
    })),
  };
}

function happen({ field, measures }: ReturnType<typeof createVillage>, random: () => number): void {
  const device = random() < 0.5 ? "n1" : "n2";
  const chance = random();
  if (chance < 0.25) measures(1 + random() * 4.5, { device, quantity: "water.dissolvedOxygen" });
  else if (chance < 0.5) measures(20 + random() * 12, { device });
  const [alert] = field.watch.alerts({ state: "open", limit: 1 });
  const deed = random();
  if (!alert || deed > 0.08) return;
  if (deed < 0.04) field.watch.acknowledge(alert.id, "hoa", field.clock.nowMs);
  else field.watch.snooze(alert.id, "hoa", field.clock.nowMs + 40 * minute, field.clock.nowMs);
}

/** Delivers what is due. A process that dies with a message under way sends it again; whoever gets it twice sees that it is the same. */
function send(
  { field }: ReturnType<typeof createVillage>,
  told: Map<string, string>,
  diesUnderWay: () => boolean,
  die: () => void,
): void {
  for (;;) {
    const { outbox } = field.watch;
    const [claim] = outbox.claim("sms", 1, field.clock.nowMs);
    if (!claim) return;
    const { id, recipient, event, alert, digest } = claim;
    const what = digest
      ? `digest of ${digest.map((each) => each.id.slice(0, 6)).sort()}`
      : `${event} ${alert.id.slice(0, 6)}`;
    const line = `${field.clock.nowMs} ${recipient?.personId}: ${what}`;
    // The same id says the same, also the second time.
    expect(told.get(id) ?? line).toBe(line);
    told.set(id, line);
    if (diesUnderWay()) die();
    else outbox.settle(claim, { atMs: field.clock.nowMs, tookMs: 0 }, { outcome: "delivered", detail: "" });
  }
}
