import { describe, expect, test } from "vitest";
import { createField, dry, hour, minute, noon, rulesOf, second } from "./test-field.ts";

const moisture = (value: number, receivedAtMs: number) => ({ receivedAtMs, readings: [{ value }] });
type Field = ReturnType<typeof createField>;

const levels = {
  kind: "threshold",
  name: "dry",
  quantity: "soil.moisture",
  levels: [
    { below: 25, clear: 28, severity: "warning" },
    { below: 15, clear: 18, severity: "critical" },
  ],
};

function dryField(rules: readonly object[] = [dry]) {
  const field = createField({ rules: rulesOf(rules) });
  const at = { ms: noon };
  return {
    field,
    measures(value: number, afterMs = minute) {
      at.ms += afterMs;
      field.arrives(moisture(value, at.ms));
      field.takes();
    },
    steps: (alert = 0) => stepsOf(field, alert),
  };
}

const stepsOf = (field: Field, alert: number) =>
  field.watch
    .history(all(field)[alert]!.id)
    .map(({ what, who, detail }) => [what, who, detail].filter(Boolean).join(" "));
const all = (field: Field) => field.watch.alerts({ state: "all", limit: 99 }).toReversed();

/** Delivers all that is due to the log. @returns the events */
function told({ watch, clock }: Field): string[] {
  return watch.outbox.claim("log", 100, clock.nowMs).map((claim) => {
    watch.outbox.settle(claim, { atMs: clock.nowMs, tookMs: 0 }, { outcome: "delivered", detail: "" });
    return claim.event;
  });
}

describe("a snoozed alert", () => {
  test("is quiet until its time, and wakes by itself, also after a restart", () => {
    const { field, measures, steps } = dryField();
    measures(20);
    expect(told(field)).toEqual(["fired"]);
    const { id } = all(field)[0]!;
    expect(field.watch.snooze(id, "hoa", noon + hour, noon + minute)).toMatchObject({
      state: "snoozed",
      snoozedUntilMs: noon + hour,
    });
    field.restart();
    field.tickEach(minute, noon + hour - second);
    expect(told(field)).toEqual([]);
    field.tickEach(second, noon + hour);
    expect(field.watch.alert(id)).toMatchObject({ state: "firing", snoozedUntilMs: null });
    expect(told(field)).toEqual(["fired"]);
    field.crash();
    field.tickEach(minute, noon + 3 * hour);
    expect(told(field)).toEqual([]);
    expect(steps()).toEqual(["fired", `snoozed hoa ${noon + hour}`, "woke"]);
  });

  test("that is over meanwhile does not wake", () => {
    const { field, measures } = dryField();
    measures(20);
    told(field);
    field.watch.snooze(all(field)[0]!.id, "hoa", noon + hour, noon + minute);
    measures(30);
    expect(told(field)).toEqual(["resolved"]);
    field.tickEach(minute, noon + 2 * hour);
    expect(told(field)).toEqual([]);
    expect(all(field)[0]).toMatchObject({ state: "resolved", snoozedUntilMs: null });
  });

  test("of which nobody could be told yet is told when it wakes, not before", () => {
    const { field, measures } = dryField();
    measures(20);
    field.watch.snooze(all(field)[0]!.id, "hoa", noon + hour, noon + minute);
    expect(told(field)).toEqual([]);
    field.tickEach(minute, noon + hour);
    expect(told(field)).toEqual(["fired"]);
  });
});

describe("severity", () => {
  test("rises and falls within one alert, with one identity and one history", () => {
    const { field, measures, steps } = dryField([levels]);
    for (const value of [20, 10, 20, 30]) measures(value);
    expect(all(field)).toHaveLength(1);
    expect(steps()).toEqual(["fired", "worsened", "eased", "resolved cleared"]);
    expect(field.heard.map(({ severity, value }) => [severity, value])).toEqual([
      ["warning", 20],
      ["critical", 10],
      ["warning", 20],
      ["warning", 20],
    ]);
  });

  test("that rises is told as worse, with the value and the limit that made it so", () => {
    const { field, measures } = dryField([levels]);
    measures(20);
    told(field);
    measures(12);
    const [claim] = field.watch.outbox.claim("log", 9, noon);
    expect(claim).toMatchObject({ event: "worsened", alert: { value: 12, limit: 15, severity: "critical" } });
    expect(claim!.alert.title.vi).toBe("Thửa p1: 12%");
  });

  test("that rises ends an acknowledgement and a snooze: they were for something lesser", () => {
    const { field, measures, steps } = dryField([levels]);
    measures(20);
    const { id } = all(field)[0]!;
    field.watch.acknowledge(id, "hoa", noon);
    field.watch.snooze(id, "hoa", noon + hour, noon);
    measures(10);
    expect(field.watch.alert(id)).toMatchObject({ state: "firing", snoozedUntilMs: null });
    expect(steps()).toEqual(["fired", "acknowledged hoa", `snoozed hoa ${noon + hour}`, "worsened"]);
    field.watch.acknowledge(id, "minh", noon);
    measures(20);
    expect(field.watch.alert(id)).toMatchObject({ state: "acknowledged", acknowledgedBy: "minh" });
  });

  test("is the same after a crash", () => {
    const { field, measures } = dryField([levels]);
    measures(10);
    field.crash();
    measures(9);
    expect(all(field)).toMatchObject([{ severity: "critical", state: "firing" }]);
    expect(stepsOf(field, 0)).toEqual(["fired"]);
  });
});

describe("by when", () => {
  const timed = {
    ...levels,
    levels: [
      { below: 25, clear: 28, severity: "warning", actWithinMs: 24 * hour },
      { below: 15, clear: 18, severity: "critical" },
    ],
  };

  test("a deadline counts from the firing, stays through further readings and a restart, and changes with the severity", () => {
    const { field, measures } = dryField([timed]);
    measures(20);
    const firedAtMs = all(field)[0]!.firedAtMs;
    expect(all(field)[0]).toMatchObject({ severity: "warning", actByMs: firedAtMs + 24 * hour });
    measures(19);
    field.restart();
    expect(all(field)[0]).toMatchObject({ actByMs: firedAtMs + 24 * hour });
    measures(10);
    expect(all(field)[0]).toMatchObject({ severity: "critical", actByMs: null });
    measures(20, hour);
    expect(all(field)[0]).toMatchObject({ severity: "warning", actByMs: firedAtMs + 25 * hour + 2 * minute });
  });

  test("a rule without one leaves it to the severity", () => {
    const { field, measures } = dryField();
    measures(20);
    expect(all(field)[0]).toMatchObject({ actByMs: null });
  });
});

describe("what comes and goes", () => {
  test("is told to flap at the fourth time within an hour, then nothing; its state stays true", () => {
    const { field, measures } = dryField();
    const events: string[] = [];
    for (let at = 0; at < 8; at++) {
      measures(20, 3 * minute);
      events.push(...told(field));
      measures(30, 3 * minute);
      events.push(...told(field));
    }
    const twice = ["fired", "resolved"];
    expect(events).toEqual([...twice, ...twice, ...twice, "flapping"]);
    expect(all(field).map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "resolved"));
  });

  test("is told when the quiet ends and it still fires, also after a crash", () => {
    const { field, measures } = dryField();
    for (const value of [20, 30, 20, 30, 20, 30, 20, 30, 20]) {
      measures(value);
      told(field);
    }
    field.crash();
    field.tickEach(minute, noon + hour);
    expect(told(field)).toEqual([]);
    field.tickEach(minute, noon + hour + 8 * minute);
    expect(told(field)).toEqual(["fired"]);
    measures(30);
    expect(told(field)).toEqual(["resolved"]);
  });

  test("at long intervals does not flap", () => {
    const { field, measures } = dryField();
    for (let at = 0; at < 6; at++) {
      measures(20, 20 * minute);
      expect(told(field)).toEqual(["fired"]);
      measures(30, 10 * minute);
      expect(told(field)).toEqual(["resolved"]);
    }
  });
});

describe("late readings", () => {
  const late = (value: number, hoursAgo: number) => ({ value, atMs: noon - hoursAgo * hour, live: false });

  test("correct the record and wake nobody", () => {
    const { field } = dryField();
    field.arrives(moisture(30, noon - 9 * hour), {
      receivedAtMs: noon,
      readings: [late(20, 5), late(19, 4), late(30, 3), { value: 31 }],
    });
    field.takes();
    expect(told(field)).toEqual([]);
    expect(field.heard).toEqual([]);
    expect(all(field)).toMatchObject([
      { state: "resolved", value: 20, firedAtMs: noon - 5 * hour, resolvedAtMs: noon - 3 * hour },
    ]);
  });

  test("are told once a live reading says that it is still so, with the time at which it began", () => {
    const { field, measures } = dryField();
    field.arrives({ receivedAtMs: noon, readings: [late(20, 5)] });
    field.takes();
    field.crash();
    expect(told(field)).toEqual([]);
    measures(21);
    expect(told(field)).toEqual(["fired"]);
    expect(field.heard).toMatchObject([{ state: "firing", firedAtMs: noon - 5 * hour }]);
    measures(21);
    expect(told(field)).toEqual([]);
  });

  test("that were overtaken change nothing", () => {
    const { field, measures } = dryField();
    measures(30);
    field.arrives({ receivedAtMs: noon + hour, readings: [late(10, 1)] });
    field.takes();
    expect(all(field)).toEqual([]);
  });
});

describe("retention", () => {
  test("old alerts go with their histories and messages, open ones stay whatever their age", () => {
    const { field, measures } = dryField();
    measures(20);
    told(field);
    measures(30);
    told(field);
    measures(20);
    const keep = { alertsMs: 30 * 24 * hour, messagesMs: hour };
    expect(field.watch.prune(noon + 29 * 24 * hour, keep)).toBe(0);
    const [over, open] = all(field).map(({ id }) => id);
    expect(field.watch.prune(noon + 31 * 24 * hour, keep)).toBe(1);
    expect(all(field).map(({ id }) => id)).toEqual([open]);
    expect(field.watch.history(over!)).toEqual([]);
    expect(field.watch.outbox.deliveries(over!)).toEqual([]);
    expect(told(field)).toEqual(["fired"]);
  });
});
