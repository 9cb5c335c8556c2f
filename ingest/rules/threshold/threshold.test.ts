import { describe, expect, test } from "vitest";
import type { ReadingRule } from "../rule.ts";
import { expectTheSameAfterRestarts, firesAt, minute, verdictsOf, watcherAfter } from "../testing/judged.ts";
import { threshold } from "./threshold.ts";

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
  return firesAt(
    rule(config),
    values.map((value, at) => [at * minute, value]),
  );
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
    const readings = [26, 24, 24, 24].map((value, at) => [at * minute, value] as const);
    const watcher = watcherAfter(rule({ below: 25, forMs: minute }), readings);
    expect(watcher.sinceMs).toBe(minute);
    expect(watcher.judged).toBe(24);
  });

  test("goes on from what it saved as if nothing had happened", () => {
    const dry = rule({ below: 25, clear: 30, forMs: 3 * minute });
    const values = [24, 24, 24, 24, 26, 31, 24, 24, 24, 24];
    const verdicts = expectTheSameAfterRestarts(
      dry,
      values.map((value, at) => [at * minute, value]),
    );
    expect(verdicts.filter((verdict) => verdict === "warning")).toHaveLength(3);
  });

  test("a clock that is put right restarts the hold time", () => {
    const readings = [600, 1, 2, 3].map((at) => [at * minute, 24] as const);
    expect(firesAt(rule({ below: 25, forMs: 2 * minute }), readings)).toEqual([false, false, false, true]);
  });

  test("remembers nothing of a value that is as it should be", () => {
    const watcher = watcherAfter(rule({ below: 25 }), [
      [0, 24],
      [minute, 40],
    ]);
    expect(watcher.save()).toBeNull();
  });
});

describe("a threshold that the value may not even reach", () => {
  test("fires at its limit, and is over just short of it", () => {
    expect(verdicts({ atLeast: 25 }, [24.9, 25, 25, 24.9])).toEqual([false, true, true, false]);
    expect(verdicts({ atMost: 25 }, [25.1, 25, 25.1])).toEqual([false, true, false]);
    expect(verdicts({ atMost: 25, clear: 27 }, [25, 26, 27])).toEqual([true, true, false]);
  });
});

describe("a threshold of several levels", () => {
  const levels = [
    { severity: "warning", below: 30, clear: 33 },
    {
      severity: "critical",
      below: 20,
      forMs: minute,
      title: { vi: "Héo", en: "Wilting" },
      source: "A table",
    },
  ];
  const levelled = (config: object = {}) => rule({ severity: undefined, levels, ...config });
  const readings = [31, 29, 19, 19, 25, 32, 33].map((value, at) => [at * minute, value] as const);

  test("tells the worst that holds, and eases with it", () => {
    const told = [null, "warning", "warning", "critical", "warning", "warning", null];
    expect(verdictsOf(levelled(), readings)).toEqual(told);
    expect(expectTheSameAfterRestarts(levelled(), readings)).toEqual(told);
  });

  test("tells limit and time of the level that it tells", () => {
    const { limit, sinceMs } = watcherAfter(levelled(), readings.slice(0, 4));
    expect([limit, sinceMs]).toEqual([20, 2 * minute]);
  });

  test("has its own words where it has some, else those of the rule", () => {
    const { severity, told } = levelled();
    expect(severity).toBe("critical");
    expect(told("critical")).toEqual({ title: levels[1]!.title, advice: words.advice });
    expect(told("warning")).toEqual(words);
  });

  test("leaves out a level that is not armed, and is itself unarmed without any", () => {
    const [warning, critical] = levels;
    const half = levelled({ levels: [warning, { ...critical, enabled: false }] });
    expect(verdictsOf(half, readings)[3]).toBe("warning");
    expect(half.enabled).toBe(true);
    expect(levelled({ levels: [{ ...warning, enabled: false }] }).enabled).toBe(false);
  });

  test("has no limit, and no severity, beside its levels", () => {
    expect(problems({ severity: "warning", below: 3, levels })).toEqual([
      "severity: stands in each of the levels when there are levels",
      "below: stands in each of the levels when there are levels",
    ]);
    expect(problems({ severity: undefined, levels: [levels[0], levels[0]] })).toEqual([
      "levels.1.severity: `warning` is already another level",
    ]);
    expect(problems({ severity: undefined, levels: [{ severity: "info", below: 3, clear: 2 }] })).toEqual([
      "levels.0.clear: lies beyond the limit, so it could never resolve",
    ]);
    expect(problems({ severity: undefined, below: 3 })).toEqual([
      "severity: must be one of info, warning, critical",
    ]);
    expect(problems({ title: undefined, below: 3 })[0]).toMatch(/^title: is missing/);
  });
});

describe("the configuration of a threshold", () => {
  test("needs exactly one limit", () => {
    expect(problems({})).toEqual([": needs one of `above`, `atLeast`, `below`, `atMost`"]);
    expect(problems({ above: 1, below: 2 })).toEqual([
      ": needs one of `above`, `atLeast`, `below`, `atMost`",
    ]);
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
