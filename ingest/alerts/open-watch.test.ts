import { describe, expect, test } from "vitest";
import { createField, dry, hour, minute, noon, rulesOf } from "./test-field.ts";

const moisture = (value: number, receivedAtMs: number) => ({ receivedAtMs, readings: [{ value }] });

describe("an alert", () => {
  test("fires once in a drought and resolves with the rain that ends it", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(...[30, 24, 23, 22, 27, 35, 34].map((value, at) => moisture(value, noon + at * hour)));
    field.takes(4);
    expect(field.heard).toEqual([
      expect.objectContaining({
        rule: "dry",
        device: "n1",
        state: "firing",
        value: 24,
        limit: 25,
        firedAtMs: noon + hour,
      }),
    ]);
    field.takes();
    expect(field.heard.slice(1)).toEqual([
      expect.objectContaining({
        id: field.heard[0]!.id,
        state: "resolved",
        resolvedAtMs: noon + 5 * hour,
        resolvedBecause: "cleared",
      }),
    ]);
  });

  test("says where it is and what was measured, in both languages", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(moisture(23.46, noon));
    field.takes();
    expect(field.heard[0]).toMatchObject({
      title: { vi: "Thửa p1: 23,5%", en: "Thửa p1: 23.5%" },
      place: "p1",
      placeName: "Thửa p1",
      deviceName: "Nút n1",
      linkageModel: "m1",
    });
  });

  test("that fires again after it was over is another one", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(...[24, 30, 24].map((value, at) => moisture(value, noon + at * hour)));
    field.takes();
    const all = field.watch.alerts({ state: "all", limit: 10 });
    expect(all.map(({ state }) => state)).toEqual(["firing", "resolved"]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(2);
  });

  test("is acknowledged once, and resolves all the same", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(moisture(24, noon));
    field.takes();
    const { id } = field.heard[0]!;
    expect(field.watch.acknowledge(id, "lan", noon + 5)).toMatchObject({
      state: "acknowledged",
      acknowledgedBy: "lan",
    });
    expect(field.watch.acknowledge(id, "minh", noon + 9)).toMatchObject({
      acknowledgedBy: "lan",
      acknowledgedAtMs: noon + 5,
    });
    field.arrives(moisture(30, noon + hour));
    field.takes();
    expect(field.watch.alert(id)).toMatchObject({ state: "resolved", acknowledgedBy: "lan" });
    expect(field.watch.acknowledge(id, "minh", noon + hour)).toMatchObject({
      state: "resolved",
      acknowledgedBy: "lan",
    });
    expect(field.watch.acknowledge("no-such-alert", "minh", noon)).toBeUndefined();
  });

  test("is found by state and by device, newest first", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(
      moisture(24, noon),
      { ...moisture(20, noon + 1), device: "n2" },
      moisture(30, noon + 2),
      moisture(21, noon + 3),
    );
    field.takes();
    const found = (query: { state: "open" | "resolved" | "all"; device?: string; limit?: number }) =>
      field.watch.alerts({ limit: 10, ...query }).map(({ device, value }) => `${device} ${value}`);
    expect(found({ state: "open" })).toEqual(["n1 21", "n2 20"]);
    expect(found({ state: "resolved" })).toEqual(["n1 24"]);
    expect(found({ state: "all", device: "n1" })).toEqual(["n1 21", "n1 24"]);
    expect(found({ state: "all", limit: 1 })).toEqual(["n1 21"]);
  });
});

describe("what wakes nobody", () => {
  test("a reading that was history when it arrived", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives({ receivedAtMs: noon, readings: [{ value: 10, atMs: noon - 5 * hour, live: false }] });
    field.takes();
    expect(field.heard).toEqual([]);
    expect(field.watch.counters()).toMatchObject({ history: 1, evaluated: 0 });
  });

  test("a reading told twice, or overtaken by a newer one", () => {
    const field = createField({ rules: rulesOf([{ ...dry, clear: 25 }]) });
    field.arrives(
      { receivedAtMs: noon, readings: [{ value: 20, atMs: noon }] },
      { receivedAtMs: noon + 1, readings: [{ value: 30, atMs: noon }] },
      { receivedAtMs: noon + 2, readings: [{ value: 30, atMs: noon - 1 }] },
    );
    field.takes();
    expect(field.heard.map(({ state }) => state)).toEqual(["firing"]);
    expect(field.watch.counters()).toMatchObject({ evaluated: 1, overtaken: 2 });
  });

  test("a device that is not of the rule's scope, or not known at all", () => {
    const field = createField({ rules: rulesOf([{ ...dry, scope: { places: ["p1"] } }]) });
    field.arrives({ ...moisture(10, noon), device: "n2" }, { ...moisture(10, noon), device: "stranger" });
    field.takes();
    expect(field.heard).toEqual([]);
    expect(field.watch.lastSeen("n2")).toBe(noon);
    expect(field.watch.lastSeen("stranger")).toBeNull();
  });
});

test("readings of one uplink are judged by time, whatever their order in it", () => {
  const field = createField({ rules: rulesOf([{ ...dry, forMs: 20 * minute }]) });
  const readings = [20, 10, 0].map((late) => ({ value: 20 + late / 10, atMs: noon - late * minute }));
  field.arrives({ receivedAtMs: noon, readings: readings.toReversed() });
  field.takes();
  expect(field.heard[0]).toMatchObject({ value: 20, sinceMs: noon - 20 * minute, firedAtMs: noon });
});

test("a device whose clock was hours ahead is watched again as soon as its clock is right", () => {
  const field = createField({ rules: rulesOf([dry]) });
  field.arrives(
    { receivedAtMs: noon, readings: [{ value: 30, atMs: noon + 6 * hour }] },
    { receivedAtMs: noon + minute, readings: [{ value: 20, atMs: noon + minute }] },
  );
  field.takes();
  expect(field.heard[0]).toMatchObject({ state: "firing", firedAtMs: noon + minute });
});

describe("across a restart", () => {
  test("a hold time goes on to the second", () => {
    const field = createField({ rules: rulesOf([{ ...dry, forMs: hour }]) });
    field.arrives(moisture(24, noon), moisture(24, noon + 30 * minute));
    field.takes();
    field.restart();
    field.arrives(moisture(24, noon + hour - 1000), moisture(24, noon + hour));
    field.takes();
    expect(field.heard.map(({ firedAtMs, sinceMs }) => [firedAtMs, sinceMs])).toEqual([[noon + hour, noon]]);
  });

  test("an open alert stays open, keeps its acknowledgement, and is not told again", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(moisture(24, noon));
    field.takes();
    field.watch.acknowledge(field.heard[0]!.id, "lan", noon);
    field.restart();
    field.arrives(moisture(23, noon + hour), moisture(30, noon + 2 * hour));
    field.takes();
    expect(field.heard.map(({ state }) => state)).toEqual(["firing", "acknowledged", "resolved"]);
    expect(field.watch.alerts({ state: "all", limit: 9 })).toHaveLength(1);
  });

  test("the cursor waits for what is not saved, and a tick saves it", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(moisture(30, noon), moisture(30, noon + 1));
    field.takes();
    expect(field.watch.cursor()).toBe(0);
    field.watch.tick(noon + 1);
    expect(field.watch.cursor()).toBe(2);
    field.crash();
    expect(field.watch.cursor()).toBe(2);
  });

  test("an alert is on disk, with the memory of its device, when the batch that fired it has been handled", () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(moisture(24, noon), moisture(24, noon + 1));
    field.takes();
    field.crash();
    expect(field.watch.cursor()).toBe(0);
    expect(field.watch.alerts({ state: "open", limit: 9 })).toHaveLength(1);
  });

  test("an uplink that was handled already is skipped", () => {
    const field = createField({ rules: rulesOf([{ ...dry, forMs: hour }]) });
    field.arrives(moisture(24, noon), moisture(30, noon + hour), moisture(24, noon + 2 * hour));
    field.takes();
    field.watch.handle(field.journal.slice(0, 3), 3);
    field.watch.handle(field.journal.slice(0, 1), 1);
    expect(field.watch.counters()).toMatchObject({ evaluated: 3, overtaken: 0 });
    field.watch.tick(noon);
    expect(field.watch.cursor()).toBe(3);
  });
});

test("a journal out of an older backup is followed from its end, not ignored until it is as long again", () => {
  const field = createField({ rules: rulesOf([dry]) });
  field.arrives(moisture(30, noon), moisture(30, noon + 1), moisture(30, noon + 2));
  field.takes();
  field.watch.tick(noon + 2);
  field.journal.length = 1;
  field.restart();
  expect(field.watch.cursor()).toBe(1);
  field.arrives(moisture(24, noon + hour));
  field.takes();
  expect(field.heard).toHaveLength(1);
});

describe("an open alert is closed", () => {
  const firing = () => {
    const field = createField({ rules: rulesOf([dry]) });
    field.arrives(moisture(24, noon));
    field.takes();
    field.watch.tick(noon);
    return field;
  };

  test("when its rule is edited; the new rule may fire anew", () => {
    const field = firing();
    field.restart(rulesOf([{ ...dry, below: 26 }]));
    expect(field.watch.alerts({ state: "all", limit: 9 })).toEqual([
      expect.objectContaining({ state: "resolved", resolvedBecause: "rule-changed" }),
    ]);
    field.arrives(moisture(24, noon + hour));
    field.takes();
    expect(field.watch.alerts({ state: "open", limit: 9 })).toHaveLength(1);
  });

  test("when its rule is removed, and the rule's memory goes with it", () => {
    const field = firing();
    field.restart(rulesOf([]));
    expect(field.watch.counters().resolved["rule-changed"]).toBe(1);
    field.restart(rulesOf([{ ...dry, forMs: hour }]));
    field.restart(rulesOf([dry]));
    expect(field.watch.alerts({ state: "open", limit: 9 })).toEqual([]);
    field.arrives(moisture(27, noon + hour));
    field.takes();
    expect(field.watch.alerts({ state: "open", limit: 9 })).toEqual([]);
  });

  test("not when only the words of its rule are edited", () => {
    const field = firing();
    field.restart(rulesOf([{ ...dry, advice: { vi: "Bơm nước", en: "Pump" } }]));
    expect(field.watch.alerts({ state: "open", limit: 9 })).toHaveLength(1);
  });

  test.each([
    ["moved out of its scope", { place: "p9", linkageModel: "m1", model: "soil-node" }, "device-moved"],
    ["removed", undefined, "device-removed"],
  ])("when its device is %s, while running or at the next start", (_, standing, reason) => {
    const scoped = rulesOf([{ ...dry, scope: { places: ["p1"] } }]);
    for (const notice of ["tick", "restart"] as const) {
      const field = createField({ rules: scoped });
      field.arrives(moisture(24, noon));
      field.takes();
      if (standing) field.standings.n1 = standing;
      else delete field.standings.n1;
      if (notice === "tick") field.tickEach(1000, noon + 2 * minute);
      else field.restart();
      expect(field.watch.alerts({ state: "all", limit: 9 })).toEqual([
        expect.objectContaining({ state: "resolved", resolvedBecause: reason }),
      ]);
    }
  });

  test("not when its device moves within the scope; the alert keeps the place where it fired", () => {
    const field = firing();
    field.standings.n1 = { place: "p9", linkageModel: "m1", model: "soil-node" };
    field.tickEach(1000, noon + 2 * minute);
    expect(field.watch.alerts({ state: "open", limit: 9 })).toEqual([
      expect.objectContaining({ place: "p1" }),
    ]);
    field.arrives(moisture(30, noon + hour));
    field.takes();
    expect(field.watch.alerts({ state: "open", limit: 9 })).toEqual([]);
  });
});

test("a device that was removed and is back is a new one", () => {
  const field = createField({ rules: rulesOf([{ ...dry, forMs: hour }]) });
  field.arrives(moisture(24, noon));
  field.takes();
  const standing = field.standings.n1!;
  delete field.standings.n1;
  field.tickEach(1000, noon + minute);
  field.standings.n1 = standing;
  field.arrives(moisture(24, noon + hour));
  field.takes();
  field.restart();
  expect(field.heard).toEqual([]);
  field.arrives(moisture(24, noon + 2 * hour));
  field.takes();
  expect(field.heard[0]).toMatchObject({ sinceMs: noon + hour });
});
