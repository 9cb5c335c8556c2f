import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readRuleFiles } from "../rules/index.ts";
import { openArming } from "./arming.ts";
import { createField, dry, hour, minute, noon, rulesOf } from "./test-field.ts";

const text = (below: number) => `
rules:
  - { kind: threshold, name: dry, severity: warning, quantity: soil.moisture, below: 25,
      title: { vi: K, en: D }, advice: { vi: T, en: W } }
  - { kind: threshold, name: cold, enabled: false, severity: warning, quantity: air.temperature, below: ${below},
      title: { vi: L, en: C }, advice: { vi: Đ, en: C } }
`;

function openOffice() {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-arming-"));
  const opened: ReturnType<typeof openArming>[] = [];
  onTestFinished(() => {
    for (const each of opened) each.close();
    rmSync(folder, { recursive: true });
  });
  return (below = 15) => {
    const arming = openArming(
      join(folder, "watch.db"),
      readRuleFiles([{ file: "r", text: text(below) }], null),
    );
    opened.push(arming);
    return { arming, names: () => arming.armed().map(({ name }) => name) };
  };
}

const admin = { who: "lan", reason: null };

test("the configuration says how it begins, and whatever is said afterwards counts more, also after a restart", () => {
  const open = openOffice();
  const { arming, names } = open();
  expect(names()).toEqual(["dry"]);
  arming.say({ ...admin, rule: "dry", armed: false }, noon);
  arming.say({ ...admin, rule: "cold", armed: true, reason: "thesis of the station, 2024" }, noon + minute);
  expect(names()).toEqual(["cold"]);
  const again = open();
  expect(again.names()).toEqual(["cold"]);
  again.arming.say({ ...admin, rule: "dry", armed: null }, noon + hour);
  expect(again.names()).toEqual(["dry", "cold"]);
  expect(again.arming.history("dry")).toEqual([
    { ...admin, rule: "dry", armed: false, atMs: noon },
    { ...admin, rule: "dry", armed: null, atMs: noon + hour },
  ]);
});

test("an unconfirmed limit is armed with a reason only; a confirmed one needs none", () => {
  const { arming, names } = openOffice()();
  for (const reason of [null, "  "])
    expect(() => arming.say({ who: "lan", reason, rule: "cold", armed: true }, noon)).toThrow(
      expect.objectContaining({ code: "unconfirmed-limit" }),
    );
  expect(names()).toEqual(["dry"]);
  arming.say({ ...admin, rule: "dry", armed: false }, noon);
  arming.say({ ...admin, rule: "dry", armed: true }, noon);
  expect(names()).toEqual(["dry"]);
});

test("a rule that is not there is refused", () => {
  const { arming } = openOffice()();
  expect(() => arming.say({ ...admin, rule: "frost", armed: true }, noon)).toThrow(
    expect.objectContaining({ code: "no-such-rule" }),
  );
});

test("whoever armed a limit has not armed another one", () => {
  const open = openOffice();
  open().arming.say({ ...admin, rule: "cold", armed: true, reason: "measured" }, noon);
  expect(open(15).names()).toEqual(["dry", "cold"]);
  const changed = open(12);
  expect(changed.names()).toEqual(["dry"]);
  expect(changed.arming.standings().get("cold")).toMatchObject({ armed: false, lapsed: true });
});

test("a rule that is disarmed while it fires ends its alert; armed again it begins anew, and the others know what they knew", () => {
  const wet = { kind: "threshold", name: "wet", quantity: "air.temperature", above: 30, forMs: hour };
  const rules = rulesOf([dry, wet]);
  const field = createField({ rules });
  const says = (value: number, atMs: number, quantity = "soil.moisture") => {
    field.arrives({ receivedAtMs: atMs, readings: [{ value, quantity }] });
    field.takes();
  };
  says(20, noon);
  says(35, noon, "air.temperature");
  field.watch.useRules(rules.rules.slice(1), noon + minute);
  expect(field.watch.alerts({ state: "all", limit: 9 })).toMatchObject([
    { rule: "dry", state: "resolved", resolvedBecause: "rule-changed" },
  ]);
  says(19, noon + 2 * minute);
  expect(field.watch.alerts({ state: "open", limit: 9 })).toEqual([]);
  field.watch.useRules(rules.rules, noon + 3 * minute);
  says(18, noon + 4 * minute);
  says(36, noon + hour, "air.temperature");
  field.crash();
  expect(field.watch.alerts({ state: "open", limit: 9 }).map(({ rule, sinceMs }) => [rule, sinceMs])).toEqual(
    [
      ["wet", noon],
      ["dry", noon + 4 * minute],
    ],
  );
});
