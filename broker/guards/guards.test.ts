import { describe, expect, test } from "vitest";
import { createConnectRate } from "./connect-rate.ts";
import { createFlapping } from "./flapping.ts";
import { fullBucket, solvent, take } from "./token-bucket.ts";

describe("a token bucket", () => {
  const rate = { perSecond: 10, burst: 3 };

  test("gives its burst, then its rate", () => {
    const bucket = fullBucket(rate, 0);
    expect([1, 2, 3, 4].map(() => take(bucket, rate, 0))).toEqual([true, true, true, false]);
    expect(solvent(bucket, rate, 99)).toBe(false);
    expect(solvent(bucket, rate, 101)).toBe(true);
  });

  test("never saves more than its burst", () => {
    const bucket = fullBucket(rate, 0);
    const taken = [1, 2, 3, 4].map(() => take(bucket, rate, 3_600_000));
    expect(taken).toEqual([true, true, true, false]);
  });

  test("forgives a debt of more than five seconds", () => {
    const bucket = fullBucket(rate, 0);
    for (let i = 0; i < 1_000; i++) take(bucket, rate, 0);
    expect(solvent(bucket, rate, 4_999)).toBe(false);
    expect(solvent(bucket, rate, 5_001)).toBe(true);
  });

  test("goes on when the clock is set back", () => {
    const bucket = fullBucket(rate, 1_000_000);
    for (let i = 0; i < 4; i++) take(bucket, rate, 1_000_000);
    expect(solvent(bucket, rate, 0)).toBe(false);
    expect(solvent(bucket, rate, 101)).toBe(true);
  });
});

test("addresses are counted apart, and quiet ones are forgotten", () => {
  const connectRate = createConnectRate({ perSecond: 1, burst: 1 });
  expect(connectRate.admit("10.0.0.1", 0)).toBe(true);
  expect(connectRate.admit("10.0.0.1", 0)).toBe(false);
  expect(connectRate.admit("10.0.0.2", 0)).toBe(true);
  connectRate.tick(10_000);
  expect(connectRate.admit("10.0.0.1", 10_000)).toBe(true);
});

describe("flapping", () => {
  const settings = { maxConnects: 2, windowMs: 1_000, banMs: 5_000 };

  test("connects spread over many windows are no flapping", () => {
    const flapping = createFlapping(settings);
    const admitted = Array.from({ length: 20 }, (_, i) => flapping.admit("n-1", i * 500));
    expect(admitted.every(Boolean)).toBe(true);
  });

  test("one too many in a window bans for the whole time, and asking does not prolong it", () => {
    const flapping = createFlapping(settings);
    const admitted = [0, 1, 2, 3, 4_000, 5_001, 5_003].map((atMs) => flapping.admit("n-1", atMs));
    expect(admitted).toEqual([true, true, false, false, false, false, true]);
  });

  test("a ban outlives the tidying up", () => {
    const flapping = createFlapping(settings);
    for (const atMs of [0, 1, 2]) flapping.admit("n-1", atMs);
    flapping.tick(4_000);
    expect(flapping.admit("n-1", 4_001)).toBe(false);
    flapping.tick(6_000);
    expect(flapping.admit("n-1", 6_001)).toBe(true);
  });

  test("what is forgiven is not counted", () => {
    const flapping = createFlapping(settings);
    const admitted = [0, 1, 2, 3].map((atMs) => {
      const admits = flapping.admit("n-1", atMs);
      flapping.forgive("n-1");
      return admits;
    });
    expect(admitted).toEqual([true, true, true, true]);
  });
});
