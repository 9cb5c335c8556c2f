import { expect, test } from "vitest";
import { EventQueue } from "./event-queue.ts";

function queueAt(time: { atMs: number }, capacity = 10) {
  const told: string[] = [];
  const queue = new EventQueue<string>({
    now: () => time.atMs,
    capacity,
    published: (note) => told.push(`published ${note}`),
    confirmed: (note) => told.push(`confirmed ${note}`),
    overwritten: (note) => told.push(`overwritten ${note}`),
  });
  const put = (name: string, dueMs: number) => queue.put({ topic: name, payload: "" }, dueMs, name);
  return { queue, told, put };
}

test("an event goes when it is due, in the order of time, and is kept until it is confirmed", () => {
  const time = { atMs: 0 };
  const { queue, told, put } = queueAt(time);
  put("late", 200);
  put("early", 100);
  expect(queue.next()).toBeNull();
  time.atMs = 200;
  const first = queue.next()!;
  expect([first.topic, queue.next()!.topic, queue.next()]).toEqual(["early", "late", null]);
  expect([queue.waiting, queue.inFlight]).toEqual([0, 2]);
  queue.confirmed(first);
  queue.confirmed(first);
  expect(queue.inFlight).toBe(1);
  expect(told).toEqual(["published early", "published late", "confirmed early"]);
});

test("when nobody fetches them the oldest gives room", () => {
  const { queue, told, put } = queueAt({ atMs: 1_000 }, 2);
  for (const [i, name] of ["a", "b", "c"].entries()) put(name, i);
  expect(told).toEqual(["overwritten a"]);
  expect([queue.next()!.topic, queue.next()!.topic]).toEqual(["b", "c"]);
});

test("at the end of time nothing waits to be due", () => {
  const { queue, put } = queueAt({ atMs: 0 });
  put("tomorrow", 86_400_000);
  expect(queue.next()).toBeNull();
  queue.flush();
  expect(queue.next()!.topic).toBe("tomorrow");
  expect(queue.next()).toBeNull();
});
