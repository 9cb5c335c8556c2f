import { describe, expect, test } from "vitest";
import type { ReadingRule } from "../rule.ts";
import { threshold } from "./threshold.ts";

const minute = 60_000;
const words = { title: { vi: "Khô", en: "Dry" }, advice: { vi: "Tưới", en: "Irrigate" } };

function rule(config: object): ReadingRule {
  return threshold.parse({
    kind: "threshold",
    name: "dry",
    severity: "warning",
    quantity: "soil.moisture",
    ...words,
    ...config,
  });
}

/** The verdicts over values measured a minute apart. */
function verdicts(config: object, values: readonly number[]): boolean[] {
  const watcher = rule(config).watch(null);
  return values.map((value, at) => watcher.judge(at * minute, value));
}

const problems = (config: object) =>
  threshold
    .safeParse({
      kind: "threshold",
      name: "dry",
      severity: "warning",
      quantity: "soil.moisture",
      ...words,
      ...config,
    })
    .error!.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("a threshold", () => {
  test("fires below its limit, and the limit itself is not below", () => {
    expect(verdicts({ below: 25 }, [26, 25, 24.9, 25])).toEqual([false, false, true, false]);
  });

  test("fires above its limit, and the limit itself is not above", () => {
    expect(verdicts({ above: 25 }, [24, 25, 25.1, 25])).toEqual([false, false, true, false]);
  });

  test("once fired resolves only at the clear value", () => {
    expect(verdicts({ below: 25, clear: 30 }, [24, 26, 29.9, 30, 29])).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(verdicts({ above: 50, clear: 45 }, [51, 49, 45.1, 45, 46])).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("fires with the first reading at the end of its hold time", () => {
    expect(verdicts({ below: 25, forMs: 2 * minute }, [24, 24, 24, 24])).toEqual([false, false, true, true]);
  });

  test("one wet reading restarts the dry period, also one short of the clear value", () => {
    const dry = { below: 25, clear: 30, forMs: 2 * minute };
    expect(verdicts(dry, [24, 24, 26, 24, 24, 24])).toEqual([false, false, false, false, false, true]);
  });

  test("tells since when it has been so", () => {
    const watcher = rule({ below: 25, forMs: minute }).watch(null);
    [26, 24, 24, 24].forEach((value, at) => {
      watcher.judge(at * minute, value);
    });
    expect(watcher.sinceMs).toBe(minute);
    expect(watcher.judged).toBe(24);
  });

  test("goes on from what it saved as if nothing had happened", () => {
    const dry = rule({ below: 25, clear: 30, forMs: 3 * minute });
    const values = [24, 24, 24, 24, 26, 31, 24, 24, 24, 24];
    const whole = dry.watch(null);
    let broken = dry.watch(null);
    values.forEach((value, at) => {
      expect(broken.judge(at * minute, value)).toBe(whole.judge(at * minute, value));
      broken = dry.watch(JSON.parse(JSON.stringify(broken.save())));
    });
  });

  test("a clock that is put right restarts the hold time", () => {
    const watcher = rule({ below: 25, forMs: 2 * minute }).watch(null);
    expect([600, 1, 2, 3].map((at) => watcher.judge(at * minute, 24))).toEqual([false, false, false, true]);
  });

  test("remembers nothing of a value that is as it should be", () => {
    const watcher = rule({ below: 25 }).watch(null);
    watcher.judge(0, 24);
    watcher.judge(minute, 40);
    expect(watcher.save()).toBeNull();
  });
});

describe("the configuration of a threshold", () => {
  test("needs exactly one limit", () => {
    expect(problems({})).toEqual([": needs either `above` or `below`"]);
    expect(problems({ above: 1, below: 2 })).toEqual([": needs either `above` or `below`"]);
  });

  test("refuses a clear value beyond the limit", () => {
    expect(problems({ below: 25, clear: 24 })[0]).toMatch(/^clear: .*could never resolve/);
    expect(problems({ above: 25, clear: 26 })[0]).toMatch(/^clear: .*could never resolve/);
  });

  test("refuses a limit that no believable value passes", () => {
    expect(problems({ below: -5 })[0]).toMatch(
      /^below: -5 lies outside what is believed of soil.moisture \(0 to /,
    );
  });

  test("refuses a quantity that is not in the catalogue, and a key it does not know", () => {
    expect(problems({ below: 25, quantity: "soil.wetness" })[0]).toMatch(
      /`soil.wetness` is not in the catalogue/,
    );
    expect(problems({ below: 25, fromMs: 3 })[0]).toMatch(/fromMs/);
  });

  test("is another rule when its limit changes, and the same one when its words do", () => {
    const dry = rule({ below: 25 });
    expect(rule({ below: 26 }).fingerprint).not.toBe(dry.fingerprint);
    expect(rule({ below: 25, severity: "critical" }).fingerprint).not.toBe(dry.fingerprint);
    expect(rule({ below: 25, advice: { vi: "Bơm nước", en: "Pump" } }).fingerprint).toBe(dry.fingerprint);
  });
});
