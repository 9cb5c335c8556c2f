import { expect, test } from "vitest";
import { agrees, canBeReached, idsIn, type Person, toldBy } from "./people.ts";

const hoa: Person = {
  id: "hoa",
  name: "Nguyễn Thị Hoa",
  role: "farmer",
  language: "vi",
  addresses: [
    { kind: "phone", masked: "+84••••••678" },
    { kind: "telegram", masked: "••••••99" },
  ],
  places: ["thua-1"],
  communes: [],
  telling: { media: {}, digestAt: null },
  consents: [
    { purpose: "alerts", medium: "sms" },
    { purpose: "alerts", medium: "zalo" },
    { purpose: "digest", medium: "telegram" },
  ],
  addedAtMs: 0,
};

test("somebody is told where they have agreed and have an address, and nowhere else", () => {
  expect(toldBy(hoa)).toEqual(["sms"]);
  expect(agrees(hoa, "alerts", "zalo")).toBe(true);
  expect(canBeReached(hoa, "zalo")).toBe(false);
  expect(agrees(hoa, "alerts", "telegram")).toBe(false);
});

test("one telephone is for messages and for calls, each with a consent of its own", () => {
  expect([canBeReached(hoa, "sms"), canBeReached(hoa, "voice")]).toEqual([true, true]);
  expect(toldBy(hoa)).not.toContain("voice");
});

test.each([
  ["", []],
  [" thua-1, thua-2;ao-3\n", ["thua-1", "thua-2", "ao-3"]],
])("ids are taken from %o", (text, ids) => expect(idsIn(text)).toEqual(ids));
