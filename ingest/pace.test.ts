import { expect, test } from "vitest";
import { createPace, type Walker } from "./pace.ts";

function walking(position: number, isFailing = false) {
  return { position, isFailing } satisfies Walker as { position: number; isFailing: boolean };
}

/** Whether it is settled once everything that can go on has gone on. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  return over;
}

const forEver = 2_000_000_000;

test("whoever is far ahead waits until the last one is near", async () => {
  const pace = createPace({ within: 100 });
  const [first, last] = [walking(1000), walking(0)];
  const member = pace.join(first);
  const slow = pace.join(last);
  const together = member.together(forEver);
  expect(await isOver(together)).toBe(false);
  last.position = 899;
  slow.moved();
  expect(await isOver(together)).toBe(false);
  last.position = 900;
  slow.moved();
  expect(await isOver(together)).toBe(true);
  expect(await isOver(slow.together(forEver))).toBe(true);
});

test("nobody waits for one that cannot go on, nor for one that has left", async () => {
  const pace = createPace({ within: 100 });
  const stuck = walking(0);
  const member = pace.join(walking(1000));
  const failing = pace.join(stuck);
  const together = member.together(forEver);
  stuck.isFailing = true;
  failing.moved();
  expect(await isOver(together)).toBe(true);
  stuck.isFailing = false;
  const again = member.together(forEver);
  failing.leave();
  expect(await isOver(again)).toBe(true);
});

test("patience ends", async () => {
  const pace = createPace({ within: 100 });
  const member = pace.join(walking(1000));
  pace.join(walking(0));
  await member.together(1);
});

test("what everybody has left behind is told, without those who cannot go on", () => {
  const told: number[] = [];
  const pace = createPace({ within: 100, allPassed: (position) => told.push(position) });
  const [one, other, stuck] = [walking(0), walking(0), walking(0, true)];
  const [first, second] = [one, other, stuck].map((walker) => pace.join(walker));
  one.position = 5000;
  first!.moved();
  expect(told).toEqual([]);
  other.position = 3000;
  second!.moved();
  other.position = 3001;
  second!.moved();
  expect(told).toEqual([3000]);
});
