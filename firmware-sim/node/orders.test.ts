import { expect, test } from "vitest";
import { createWorld } from "../world/world.ts";
import { Orders } from "./orders.ts";

const startMs = Date.UTC(2026, 5, 1);
const place = { id: "ruong-1", latitude: 18.3, longitude: 105.9 };
const minute = 60_000;

function farm() {
  const { site } = createWorld(1, startMs).spot(place, "soil");
  const orders = new Orders(site);
  const take = (command: unknown, atMs = startMs) => orders.take(Buffer.from(JSON.stringify(command)), atMs);
  return { orders, take };
}

test("an order is accepted, runs for its minutes, and its end is told", () => {
  const { orders, take } = farm();
  expect(take({ id: "c1", name: "irrigate", args: { minutes: 20 } })).toEqual({
    id: "c1",
    state: "accepted",
    ts: startMs,
  });
  expect(orders.dueMs).toBe(startMs + 20 * minute);
  expect(orders.finish(startMs + 19 * minute)).toEqual([]);
  expect(orders.finish(startMs + 20 * minute)).toEqual([
    { id: "c1", state: "done", ts: startMs + 20 * minute },
  ]);
  expect(orders.dueMs).toBe(Number.POSITIVE_INFINITY);
});

test("a command that comes again is answered again, and not done again", () => {
  const { orders, take } = farm();
  const order = { id: "c1", name: "irrigate", args: { minutes: 20 } };
  const first = take(order);
  expect(take(order, startMs + minute)).toEqual(first);
  expect(orders.finish(startMs + 30 * minute)).toHaveLength(1);
  expect(take(order, startMs + 40 * minute)?.state).toBe("done");
});

test.each([
  [{ id: "c", name: "aerate", args: { minutes: 5 } }, /right is irrigate/],
  [{ id: "c", name: "irrigate" }, /minutes is needed/],
  [{ id: "c", name: "irrigate", args: { minutes: 1e9 } }, /at most 240/],
  [{ id: "c", name: "irrigate", args: { minutes: 5 }, expiresAt: startMs - 1 }, /too late/],
])("%j is refused with the reason", (command, reason) => {
  const { orders, take } = farm();
  expect(take(command)).toMatchObject({ state: "refused", message: expect.stringMatching(reason) });
  expect(orders.dueMs).toBe(Number.POSITIVE_INFINITY);
});

test("what is no command is not answered", () => {
  const { orders, take } = farm();
  expect(take({ name: "irrigate" })).toBeNull();
  expect(orders.take(Buffer.from("{"), startMs)).toBeNull();
});
