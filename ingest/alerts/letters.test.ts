import { expect, test } from "vitest";
import { nobody } from "./audience.ts";
import { createField, dry, noon, rulesOf } from "./test-field.ts";

test("a storm longer than one look at the line is still one message to each person", () => {
  const devices = Array.from({ length: 70 }, (_, at) => `n${at}`);
  const field = createField({
    rules: rulesOf([dry], []),
    standings: Object.fromEntries(devices.map((id) => [id, { place: "p1", linkageModel: null, model: "m" }])),
    audience: {
      ...nobody,
      plan: (_alert, event, nowMs) =>
        ["hoa", "minh"].map((person) => ({ person, notifier: "sms", event, dueAtMs: nowMs })),
      recipient: (personId) => ({ personId, language: "vi", address: "+84912345678" }),
    },
  });
  for (const device of devices) field.arrives({ device, receivedAtMs: noon, readings: [{ value: 20 }] });
  field.takes();
  const claims = field.watch.outbox.claim("sms", 9, noon);
  expect(claims.map(({ recipient, digest }) => [recipient?.personId, digest?.length])).toEqual([
    ["hoa", 70],
    ["minh", 70],
  ]);
  expect(field.watch.outbox.claim("sms", 9, noon)).toEqual([]);
});
