import { expect, test } from "vitest";
import { Command, CommandAck, Config, Status, Telemetry } from "./native.ts";

test.each([
  { ts: 1763712000000, seq: 41, values: { "soil.moisture": 31.2 } },
  { ts: "2025-11-21T08:00:00Z", values: { "soil.moisture": "31.2", "soil.temperature": null } },
  { values: {} },
  [
    { ts: 1, values: { "air.temperature": 20 } },
    { ts: 2, values: { "air.temperature": 21 } },
  ],
  [],
])("%j is telemetry", (payload) => {
  expect(Telemetry.parse(payload)).toEqual(payload);
});

test("what newer firmware adds is let through", () => {
  const payload = { values: { "soil.moisture": 31 }, boots: 3 };
  expect(Telemetry.parse(payload)).toEqual(payload);
});

test.each([
  null,
  7,
  {},
  { values: null },
  { values: [1, 2] },
  { ts: {}, values: {} },
  { seq: -1, values: {} },
  { values: { "soil.moisture": true } },
  { values: { "soil.moisture": { value: 3 } } },
  [[{ values: {} }]],
])("%j is no telemetry", (payload) => {
  expect(Telemetry.safeParse(payload).success).toBe(false);
});

test("a command without arguments has none, not undefined ones", () => {
  expect(Command.parse({ id: "c1", name: "reboot" })).toEqual({ id: "c1", name: "reboot", args: {} });
});

test("a command that could not be acknowledged is refused", () => {
  expect(Command.safeParse({ id: "", name: "irrigate" }).success).toBe(false);
  expect(Command.safeParse({ id: "c1", name: "irrigate", args: { at: new Date(0) } }).success).toBe(false);
});

test("an acknowledgement says one of four things", () => {
  expect(CommandAck.safeParse({ id: "c1", state: "done" }).success).toBe(true);
  expect(CommandAck.safeParse({ id: "c1", state: "ok" }).success).toBe(false);
});

test("the last will is a status", () => {
  expect(Status.parse({ online: false })).toEqual({ online: false });
  expect(Status.safeParse({ online: "no" }).success).toBe(false);
});

test("settings carry the revision that they belong to", () => {
  expect(Config.safeParse({ revision: 3, settings: { interval_s: 600 } }).success).toBe(true);
  expect(Config.safeParse({ settings: { interval_s: 600 } }).success).toBe(false);
});
