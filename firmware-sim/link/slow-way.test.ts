import { expect, test } from "vitest";
import { SlowWay } from "./slow-way.ts";

function way() {
  const through: string[] = [];
  return { through, way: new SlowWay((bytes) => through.push(String(bytes))) };
}

test("a way that is not slow lets everything through at once", () => {
  const { through, way: fast } = way();
  fast.take(Buffer.from("a"), 0, 1_000);
  expect(through).toEqual(["a"]);
});

test("what is slow comes late and in its order, also when the way is fast again before", () => {
  const { through, way: slow } = way();
  slow.take(Buffer.from("a"), 500, 1_000);
  slow.take(Buffer.from("b"), 100, 1_100);
  slow.take(Buffer.from("c"), 0, 1_200);
  slow.proceed(1_499);
  expect(through).toEqual([]);
  slow.proceed(1_500);
  expect(through).toEqual(["a", "b", "c"]);
});

test("what is on its way when the connection breaks never comes", () => {
  const { through, way: slow } = way();
  slow.take(Buffer.from("a"), 500, 0);
  slow.clear();
  slow.proceed(1_000);
  expect(through).toEqual([]);
});
