import { expect, test } from "vitest";
import type { IntakeUsage } from "../../ingest/intake/intake.ts";
import { usage } from "../intakes/testing/usage.ts";
import { healthOf, type PartsHealth } from "./health-of.ts";
import { intakeHealth } from "./intake-health.ts";

const nowMs = Date.UTC(2026, 10, 22);
const dayMs = 86_400_000;
const well: PartsHealth = {
  journal: { usage: () => ({ failing: null, pendingUplinks: 3 }) },
  followers: { store: { lag: 0, failing: null }, watch: { lag: 2, failing: null } },
  store: {},
  watch: { failing: () => null },
  intakes: [],
  broker: { usage: () => ({ sessionsFailing: null }) },
  certificates: [
    { setting: "http.tls", certFile: "a.pem", validFromMs: nowMs - dayMs, validToMs: nowMs + 90 * dayMs },
  ],
  outbox: { counts: () => [{ notifier: "sms", waiting: 1, failed: 0 }] },
};
const trouble = new Error("ENOSPC");
const badly: PartsHealth = {
  ...well,
  journal: { usage: () => ({ failing: trouble, pendingUplinks: 9 }) },
  followers: { store: { lag: 70, failing: trouble } },
  store: { refused: { byReason: () => ({ "type-conflict": 4 }), lastAtMs: () => nowMs - 1 } },
  watch: { failing: () => trouble },
  broker: { usage: () => ({ sessionsFailing: "ENOSPC" }) },
  certificates: [
    { setting: "http.tls", certFile: "a.pem", validFromMs: nowMs - 9 * dayMs, validToMs: nowMs - dayMs },
    { setting: "broker.tls", certFile: "b.pem", validFromMs: nowMs + dayMs, validToMs: nowMs + 9 * dayMs },
  ],
  outbox: { counts: () => [{ notifier: "sms", waiting: 1, failed: 2 }] },
};

test("every part that does well is ok", () => {
  const checks = healthOf(well, nowMs);
  expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "journal ok",
    "store ok",
    "watch ok",
    "alerts ok",
    "broker ok",
    "certificate of http.tls ok",
    "notifier sms ok",
  ]);
});

test("only what keeps acknowledgements back is a failure, everything else is degraded", () => {
  const checks = healthOf(badly, nowMs);
  expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "journal failing",
    "store degraded",
    "refused readings degraded",
    "alerts degraded",
    "broker degraded",
    "certificate of http.tls degraded",
    "certificate of broker.tls degraded",
    "notifier sms degraded",
  ]);
});

test("what was refused long ago is told, and is no trouble any more", () => {
  const [, , , refused] = healthOf(
    { ...well, store: { refused: { byReason: () => ({ other: 1 }), lastAtMs: () => nowMs - 2 * dayMs } } },
    nowMs,
  );
  expect(refused).toMatchObject({ name: "refused readings", status: "ok" });
});

test("people read it in their language: the same numbers and causes in both", () => {
  const facts = (text: string) => (text.match(/ENOSPC|type-conflict|\d+/g) ?? []).toSorted();
  for (const parts of [well, badly])
    for (const { name, label, says, message } of healthOf(parts, nowMs)) {
      expect(message).toBe(says.en);
      expect(label.vi, name).not.toBe(label.en);
      expect(says.vi, name).not.toBe(says.en);
      // A certificate's trouble names its file in English.
      if (!name.startsWith("certificate")) expect(facts(says.vi), name).toEqual(facts(says.en));
    }
});

test("what keeps an intake from bringing anything degrades the health, in its own words", () => {
  const statusOf = (changed: Partial<IntakeUsage>) => {
    const check = intakeHealth({ name: "chirpstack", usage: () => ({ ...usage, ...changed }) });
    return `${check.name} ${check.status}: ${check.message}`;
  };
  expect(statusOf({})).toBe("intake chirpstack ok: 41 uplinks since the start, 2 on their way to the disk");
  expect(statusOf({ trouble: "nobody listens", connectedSinceMs: null })).toMatch(
    /degraded: nobody listens$/,
  );
  expect(statusOf({ connectedSinceMs: null })).toMatch(/degraded: connecting$/);
  expect(statusOf({ refusedFilters: [{ filter: "a/#", reason: "not authorized" }] })).toMatch(
    /degraded: a\/#: not authorized$/,
  );
});
