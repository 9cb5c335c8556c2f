import { expect, test } from "vitest";
import { temporaryRegistry } from "./temporary-registry.ts";

const day = 86_400_000;

function fieldOf() {
  const opened = temporaryRegistry();
  opened.registry.addPlace({ id: "thua-1", kind: "parcel", name: "Thửa 1" }, 0);
  return opened;
}

test("what grows somewhere is found as it was at a time, over an opening again", () => {
  const { registry, openAgain } = fieldOf();
  registry.cultivate("thua-1", { crop: "rice", variety: "ST25", stage: "early" }, 10 * day);
  registry.cultivate("thua-1", { stage: "tillering" }, 30 * day);
  registry.cultivate("thua-1", { crop: null }, 110 * day);
  const again = openAgain();
  const at = (ms: number) => again.cultivationAt("thua-1", ms);
  expect(at(9 * day)).toBeUndefined();
  expect(at(10 * day)).toMatchObject({ crop: "rice", variety: "ST25", stage: "early", toMs: 30 * day });
  expect(at(50 * day)).toMatchObject({ crop: "rice", variety: "ST25", stage: "tillering" });
  expect(at(200 * day)).toMatchObject({ crop: null, variety: null, stage: null, toMs: null });
});

test("the soil is told once, and holds through the crops, also when it is told late", () => {
  const { registry } = fieldOf();
  registry.cultivate("thua-1", { crop: "rice" }, 10 * day);
  registry.cultivate("thua-1", { crop: "peanut", rootDepthM: 0.5 }, 150 * day);
  registry.cultivate("thua-1", { soilTexture: "clay", altitudeM: 12 }, 5 * day, 160 * day);
  expect(registry.cultivationsOf("thua-1")).toMatchObject([
    { fromMs: 5 * day, crop: null, soilTexture: "clay" },
    { fromMs: 10 * day, crop: "rice", soilTexture: "clay", rootDepthM: null },
    { fromMs: 150 * day, crop: "peanut", soilTexture: "clay", altitudeM: 12, rootDepthM: 0.5 },
  ]);
});

test("the same moment told again is a correction of what was told, and no more", () => {
  const { registry } = fieldOf();
  registry.cultivate("thua-1", { crop: "rice", variety: "ST24" }, 10 * day);
  registry.cultivate("thua-1", { variety: "ST25" }, 10 * day);
  expect(registry.cultivationsOf("thua-1")).toMatchObject([{ crop: "rice", variety: "ST25" }]);
});

test("the record of changes says who told what of which place, and other processes follow", () => {
  const { registry, openAgain } = fieldOf();
  const other = openAgain();
  registry.as("lan").cultivate("thua-1", { crop: "rice" }, 10 * day, 12 * day);
  expect(registry.changes(1, 10)).toMatchObject([
    {
      who: "lan",
      atMs: 12 * day,
      kind: "place",
      id: "thua-1",
      action: "cultivated",
      after: { crop: "rice" },
    },
  ]);
  other.refresh();
  expect(other.cultivationAt("thua-1", 20 * day)?.crop).toBe("rice");
});

test("what cannot be is refused with what would be right", () => {
  const { registry } = fieldOf();
  expect(() => registry.cultivate("thua-2", { crop: "rice" }, day)).toThrow(/thua-2/);
  expect(() => registry.cultivate("thua-1", { crop: "Lúa nước" }, day)).toThrow(/such as `rice`/);
  expect(() => registry.cultivate("thua-1", { rootDepthM: 9 }, day)).toThrow(/rootDepthM/);
  expect(() => registry.cultivate("thua-1", {}, day)).toThrow(/tells nothing/);
  expect(registry.cultivationsOf("thua-1")).toEqual([]);
});
