import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quantities, type Reading } from "../../devices/index.ts";
import { rulesFile, type Standing } from "../rules/index.ts";
import { day, hour, midnight, minute, rulesWords } from "../rules/testing/judged.ts";
import { type EmbeddedStore, openEmbeddedStore } from "../stores/embedded/open-embedded-store.ts";
import { backTest, TooMuchHistory } from "./back-test.ts";
import { inWords } from "./in-words.ts";
import { plotOf } from "./plot.ts";

const pond: Standing = { place: "ao-1", placeKind: "pond", linkageModel: null, model: "native" };
const days = 14;
const toMs = midnight + days * day;

/** Oxygen falls below 3 from two to five each night but the fourth; on the tenth day the probe sticks at 2.5. */
function oxygenAt(atMs: number): number {
  const [n, hours] = [Math.floor((atMs - midnight) / day), ((atMs - midnight) % day) / hour];
  if (n >= 9 && n < 12) return 2.5;
  if (hours >= 2 && hours < 5 && n !== 3) return 2 + hours / 100;
  return 6 + Math.sin(hours);
}

let store: EmbeddedStore;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-back-test-"));
  const log = { info() {}, warn() {}, error() {} };
  store = await openEmbeddedStore({ folder, quantities, retentionDaysOf: () => null, log, now: () => toMs });
  const readings = ["n1", "n2"].flatMap((device) =>
    Array.from({ length: days * 144 }, (_, n): Reading => {
      const measuredAtMs = midnight + n * 10 * minute;
      const value = oxygenAt(measuredAtMs);
      return {
        device,
        quantity: "water.dissolvedOxygen",
        measuredAtMs,
        receivedAtMs: measuredAtMs,
        value,
        live: true,
      };
    }),
  );
  await store.write(readings, 1);
}, 60_000);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const oxygenLow = {
  kind: "threshold",
  quantity: "water.dissolvedOxygen",
  severity: "warning",
  below: 3,
  clear: 4,
  forMs: 30 * minute,
  ...rulesWords,
};
const rulesOf = (...rules: object[]) => rulesFile.parse({ rules }).rules;
const stood = [{ fromMs: Number.NEGATIVE_INFINITY, standing: pond }];
const tested = (over: object = {}) =>
  backTest({
    store,
    rules: rulesOf(oxygenLow),
    devices: [{ id: "n1", stood }],
    fromMs: midnight,
    toMs,
    mostReadings: 1_000_000,
    ...over,
  });

describe("a rule over two weeks of history", () => {
  test("fires as it would have in the field, and says how often by night and in a fault of the probe", async () => {
    const { episodes, readings, devices } = await tested();
    // Thirteen nights, of which three belong to the days at which the probe stood still: those are one episode.
    expect(episodes).toHaveLength(11);
    expect(episodes.filter(({ atNight }) => atNight)).toHaveLength(11);
    expect(episodes.filter(({ withinProbeFault }) => withinProbeFault)).toHaveLength(1);
    expect([readings, devices]).toEqual([days * 144, 1]);
    expect(inWords(episodes)).toEqual({
      vi: "lẽ ra đã báo 11 lần, 11 lần vào ban đêm, 1 lần khi đầu đo có lỗi",
      en: "would have fired 11 times, 11 at night, 1 of them within a probe fault",
    });
  });

  test("tells when each began, fired and ended, with the value that fired it", async () => {
    const [first] = (await tested()).episodes;
    expect(first).toMatchObject({
      device: "n1",
      severity: "warning",
      sinceMs: midnight + 2 * hour,
      firedAtMs: midnight + 2.5 * hour,
      endedAtMs: midnight + 5 * hour,
      limit: 3,
    });
    expect(first!.value).toBeCloseTo(2.025, 10);
  });

  test("a fault is told by the rule for it, where there is one", async () => {
    const fault = {
      kind: "probe-fault",
      severity: "info",
      quantity: "water.dissolvedOxygen",
      believedFrom: 2.03,
      refusals: 1,
      ...rulesWords,
      name: "fault",
    };
    const { episodes } = await tested({ rules: rulesOf(oxygenLow, fault) });
    const low = episodes.filter(({ rule }) => rule === "rule");
    expect(low.filter(({ withinProbeFault }) => withinProbeFault)).toHaveLength(10);
    expect(episodes.filter(({ rule }) => rule === "fault").length).toBeGreaterThan(5);
  });

  test("what still fires at the end has no end", async () => {
    const { episodes } = await tested({ toMs: midnight + 3 * hour });
    expect(episodes.map(({ endedAtMs }) => endedAtMs)).toEqual([null]);
  });

  test("a device is judged where it stood, and by no rule where that does not hold", async () => {
    const moved = [
      { fromMs: midnight, standing: { ...pond, placeKind: "parcel" } },
      { fromMs: midnight + 5 * day, standing: pond },
      { fromMs: midnight + 6 * day, standing: { ...pond, placeKind: "parcel" } },
    ];
    const rules = rulesOf({ ...oxygenLow, scope: { placeKinds: ["pond"] } });
    const { episodes } = await tested({ rules, devices: [{ id: "n1", stood: moved }] });
    expect(episodes.map(({ firedAtMs }) => Math.floor((firedAtMs - midnight) / day))).toEqual([5]);
  });

  test("episodes of several devices come in order of time", async () => {
    const devices = ["n1", "n2"].map((id) => ({ id, stood }));
    const { episodes } = await tested({ devices });
    expect(episodes).toHaveLength(22);
    const times = episodes.map(({ firedAtMs }) => firedAtMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test("rules about silence are left out and named", async () => {
    const silent = { kind: "device-silent", severity: "info", intervals: 3, ...rulesWords, name: "silent" };
    expect((await tested({ rules: rulesOf(silent) })).leftOut).toEqual(["silent"]);
  });

  test("more history than was allowed is refused with what would be right", async () => {
    await expect(tested({ mostReadings: 1000 })).rejects.toThrow(TooMuchHistory);
    await expect(tested({ mostReadings: 1000 })).rejects.toThrow(/less time or fewer devices/);
  });
});

test("nothing that fired is said so", () => {
  expect(inWords([]).en).toBe("would not have fired");
});

test("the plot shows every episode, the limit, and gaps as gaps", async () => {
  const { episodes } = await tested();
  const span = { fromMs: midnight, toMs };
  const quantity = "water.dissolvedOxygen";
  const buckets = await store.series({ device: "n1", quantity, ...span, buckets: 400 });
  const holed = buckets.filter(({ startMs }) => startMs < midnight + 5 * day || startMs > midnight + 6 * day);
  const svg = plotOf({ ...span, title: "Ao <1> & 2", quantity, language: "vi", buckets: holed, episodes });
  expect(svg.match(/class="episode"/g)).toHaveLength(11);
  expect(svg.match(/<polyline/g)).toHaveLength(2);
  expect(svg).toContain("Ao &lt;1&gt; &amp; 2");
  expect(svg).toContain('stroke-dasharray="6 4"');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test("a plot without readings is still a plot", () => {
  const svg = plotOf({
    language: "vi",
    fromMs: midnight,
    toMs,
    title: "",
    quantity: "water.ph",
    buckets: [],
    episodes: [],
  });
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});
