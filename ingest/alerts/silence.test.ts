import { describe, expect, test } from "vitest";
import { createField, hour, minute, noon, rulesOf, second, silent } from "./test-field.ts";

const speaks = (receivedAtMs: number, device = "n1") => ({ device, receivedAtMs });
const told = (field: ReturnType<typeof createField>) =>
  field.heard.map(({ device, state }) => `${device} ${state}`);

describe("a silent device", () => {
  test("is told of after three of its intervals, and again when it is heard", () => {
    const field = createField({ rules: rulesOf([silent]) });
    field.arrives(speaks(noon));
    field.takes();
    field.tickEach(second, noon + 30 * minute - second);
    expect(field.heard).toEqual([]);
    field.tickEach(second, noon + 40 * minute);
    expect(field.heard).toEqual([
      expect.objectContaining({
        state: "firing",
        sinceMs: noon,
        firedAtMs: noon + 30 * minute,
        quantity: null,
        value: null,
      }),
    ]);
    field.arrives(speaks(noon + 41 * minute));
    field.takes();
    expect(field.heard[1]).toMatchObject({
      state: "resolved",
      resolvedAtMs: noon + 41 * minute,
      resolvedBecause: "heard-again",
    });
  });

  test("is heard by any uplink, also one of which nothing could be read", () => {
    const field = createField({ rules: rulesOf([silent]) });
    field.arrives(speaks(noon));
    field.takes();
    field.tickEach(second, noon + 25 * minute);
    field.arrives({ device: "n1", receivedAtMs: noon + 25 * minute, readings: [] });
    field.takes();
    field.tickEach(second, noon + 50 * minute);
    expect(field.heard).toEqual([]);
    expect(field.watch.lastSeen("n1")).toBe(noon + 25 * minute);
  });

  test("that never spoke is told of by nobody", () => {
    const field = createField({ rules: rulesOf([{ ...silent, afterMs: minute }]) });
    field.tickEach(second, noon + hour);
    expect(field.heard).toEqual([]);
  });

  test("says since when and for how long in words", () => {
    const words = {
      vi: "{device} im lặng {value}, từ {since}",
      en: "{device} silent for {value}, since {since}",
    };
    const field = createField({ rules: rulesOf([{ ...silent, title: words }]) });
    field.arrives(speaks(noon));
    field.takes();
    field.tickEach(second, noon + 31 * minute);
    expect(field.heard[0]!.title).toEqual({
      vi: "Nút n1 im lặng 30 phút, từ 12:00 ngày 20/11/2026",
      en: "Nút n1 silent for 30 minutes, since 12:00 on 20 Nov 2026",
    });
  });

  test("is judged anew by a longer interval", () => {
    const field = createField({ rules: rulesOf([silent]) });
    field.arrives(speaks(noon));
    field.takes();
    field.settings.intervalMs = hour;
    field.tickEach(second, noon + 2 * hour);
    expect(field.heard).toEqual([]);
    field.tickEach(second, noon + 3 * hour);
    expect(told(field)).toEqual(["n1 firing"]);
  });
});

describe("our own absence", () => {
  test("is nobody's silence: after a start every device has one interval to speak", () => {
    const field = createField({ rules: rulesOf([silent]) });
    field.arrives(speaks(noon), speaks(noon, "n2"));
    field.takes();
    field.clock.nowMs = noon + 5 * hour;
    field.restart();
    field.tickEach(second, noon + 5 * hour + 9 * minute);
    field.arrives(speaks(noon + 5 * hour + 9 * minute, "n2"));
    field.takes();
    expect(field.heard).toEqual([]);
    field.tickEach(second, noon + 5 * hour + 11 * minute);
    expect(told(field)).toEqual(["n1 firing"]);
    expect(field.heard[0]).toMatchObject({ sinceMs: noon, firedAtMs: noon + 30 * minute });
  });

  test("lasts until the journal is caught up with", () => {
    const field = createField({ rules: rulesOf([silent]) });
    field.arrives(speaks(noon), speaks(noon + 4 * hour, "n2"), speaks(noon + 5 * hour - second));
    field.clock.nowMs = noon + 5 * hour;
    field.takes(1);
    field.tickEach(second, noon + 5 * hour + 20 * minute);
    field.takes(1);
    field.tickEach(second, noon + 5 * hour + 40 * minute);
    expect(field.heard).toEqual([]);
    field.takes();
    field.tickEach(second, noon + 5 * hour + 49 * minute);
    expect(field.heard).toEqual([]);
    field.tickEach(second, noon + 5 * hour + 51 * minute);
    expect(told(field).sort()).toEqual(["n1 firing", "n2 firing"]);
  });

  test("includes a machine that was suspended", () => {
    const field = createField({ rules: rulesOf([silent]) });
    field.arrives(speaks(noon));
    field.takes();
    field.tickEach(second, noon + minute);
    field.tickEach(2 * hour, noon + 2 * hour);
    expect(field.heard).toEqual([]);
    field.tickEach(second, noon + 2 * hour + 10 * minute);
    expect(told(field)).toEqual(["n1 firing"]);
  });

  test("does not count while the journal always holds something new", () => {
    const field = createField({ rules: rulesOf([silent]) });
    field.arrives(speaks(noon));
    field.takes();
    for (let nowMs = noon; nowMs <= noon + 31 * minute; nowMs += second) {
      field.clock.nowMs = nowMs;
      // One uplink of a neighbour is always still waiting.
      field.arrives(speaks(nowMs, "n2"));
      if (nowMs > noon) field.takes(1);
      field.watch.tick(nowMs);
    }
    expect(told(field)).toEqual(["n1 firing"]);
  });

  test("a single uplink waiting after a quiet hour does not begin the grace anew", () => {
    const field = createField({ rules: rulesOf([{ ...silent, intervals: 6 }]) });
    field.arrives(speaks(noon));
    field.takes();
    field.tickEach(second, noon + hour - second);
    field.arrives(speaks(noon + hour - second, "n2"));
    field.tickEach(second, noon + hour);
    field.takes();
    field.tickEach(second, noon + hour + second);
    expect(told(field)).toEqual(["n1 firing"]);
  });
});

test("the silence of one device has one identity, whoever notices it when", () => {
  const [steady, restarted] = [1, 2].map(() => createField({ rules: rulesOf([silent]) }));
  for (const field of [steady!, restarted!]) {
    field.arrives(speaks(noon));
    field.takes();
  }
  steady!.tickEach(second, noon + hour);
  restarted!.tickEach(second, noon + 20 * minute);
  restarted!.clock.nowMs = noon + 50 * minute;
  restarted!.restart();
  restarted!.tickEach(second, noon + 2 * hour);
  expect(restarted!.heard).toEqual(steady!.heard);
});

test("a rule that comes to a device later counts only from then", () => {
  const field = createField({ rules: rulesOf([]) });
  field.arrives(speaks(noon));
  field.takes();
  field.tickEach(second, noon + 5 * minute);
  field.clock.nowMs = noon + hour;
  field.restart(rulesOf([silent]));
  field.tickEach(second, noon + hour + 29 * minute);
  expect(field.heard).toEqual([]);
  field.tickEach(second, noon + hour + 31 * minute);
  expect(field.heard[0]).toMatchObject({ state: "firing", sinceMs: noon + hour });
});

test("a device that stands nowhere is told of, too", () => {
  const standings = { n1: { place: null, linkageModel: null, model: "soil-node" } };
  const field = createField({ rules: rulesOf([silent]), standings });
  field.arrives(speaks(noon));
  field.takes();
  field.tickEach(second, noon + hour);
  expect(field.heard[0]).toMatchObject({
    title: { vi: "Chưa rõ vị trí: 30 phút" },
    place: null,
    placeName: null,
  });
});
