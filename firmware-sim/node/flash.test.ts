import { expect, test } from "vitest";
import { FlashBuffer } from "./flash.ts";

function filled(count: number, capacity = 1000): FlashBuffer {
  const flash = new FlashBuffer("t", capacity);
  for (let i = 0; i < count; i++) flash.put(String(i), 2);
  return flash;
}

test("one measurement goes alone, a backlog in arrays", () => {
  expect(filled(1).next()).toEqual({ topic: "t", payload: "0" });
  const flash = filled(100);
  const lengths = [flash.next(), flash.next(), flash.next()].map(
    (message) => JSON.parse(message!.payload).length,
  );
  expect(lengths).toEqual([48, 48, 4]);
  expect(flash.next()).toBeNull();
});

test("what was handed out stays accounted for until it is confirmed, once", () => {
  const flash = filled(60);
  const message = flash.next()!;
  expect(flash.account()).toEqual({ acknowledged: 0, inFlight: 96, waiting: 24, dropped: 0 });
  expect([flash.confirmed(message), flash.confirmed(message)]).toEqual([true, false]);
  expect(flash.account()).toEqual({ acknowledged: 96, inFlight: 0, waiting: 24, dropped: 0 });
});

test("what is on its way is not overwritten", () => {
  const flash = filled(48, 50);
  const message = flash.next()!;
  for (let i = 0; i < 5; i++) flash.put("new", 2);
  expect(flash.account()).toEqual({ acknowledged: 0, inFlight: 96, waiting: 4, dropped: 6 });
  expect(flash.confirmed(message)).toBe(true);
});

test("a restart forgets what was on its way, and loses none of it", () => {
  const flash = filled(60);
  const message = flash.next()!;
  flash.restart();
  expect(flash.account()).toEqual({ acknowledged: 0, inFlight: 0, waiting: 120, dropped: 0 });
  expect(flash.confirmed(message)).toBe(false);
  expect(flash.next()).toEqual(message);
});
