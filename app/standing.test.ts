import { expect, test } from "vitest";
import { openRegistry } from "../devices/index.ts";
import { createGrowing } from "./growing.ts";
import { standingsOf } from "./standing.ts";

test("a device is nowhere, then here, then there, then nowhere again", () => {
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  registry.addPlace({ id: "ao-1", kind: "pond", name: "Ao 1", communeCode: "18685" }, 0);
  registry.addPlace({ id: "thua-1", kind: "parcel", name: "Thửa 1" }, 0);
  registry.addDevice({ id: "n1" }, 0);
  registry.moveDevice("n1", "ao-1", 1000);
  registry.moveDevice("n1", "thua-1", 2000);
  registry.moveDevice("n1", null, 3000);
  const stood = standingsOf(registry.device("n1")!, registry);
  const at = (ms: number) => stood.findLast(({ fromMs }) => fromMs <= ms)!.standing;
  expect([0, 1500, 2000, 3000].map((ms) => at(ms).place)).toEqual([null, "ao-1", "thua-1", null]);
  expect(at(1500)).toMatchObject({ placeKind: "pond", commune: "18685", model: "native" });
  expect(stood.map(({ fromMs }) => fromMs)).toEqual(
    stood.map(({ fromMs }) => fromMs).toSorted((a, b) => a - b),
  );
  registry.close();
});

test("what grows there goes on from stage to stage", () => {
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  registry.addPlace({ id: "thua-1", kind: "parcel", name: "Thửa 1" }, 0);
  registry.addDevice({ id: "n1" }, 0);
  const at = (date: string) => Date.parse(`${date}T00:00+07:00`);
  registry.moveDevice("n1", "thua-1", at("2026-06-01"));
  registry.cultivate("thua-1", { crop: "rice", stage: "early" }, at("2026-05-20"));
  registry.cultivate("thua-1", { stage: "tillering" }, at("2026-06-15"));
  const stood = standingsOf(registry.device("n1")!, registry);
  expect(
    stood.map(({ fromMs, standing }) => [fromMs, standing.crop ?? null, standing.cropStage ?? null]),
  ).toEqual([
    [Number.NEGATIVE_INFINITY, null, null],
    [at("2026-06-01"), "rice", "early"],
    [at("2026-06-15"), "rice", "tillering"],
  ]);
  registry.close();
});

test("a stage that nobody told follows from the sowing date where a source counts days, until a person tells one", () => {
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  registry.addPlace({ id: "thua-1", kind: "parcel", name: "Thửa 1" }, 0);
  registry.addDevice({ id: "n1" }, 0);
  const at = (date: string) => Date.parse(`${date}T00:00+07:00`);
  registry.moveDevice("n1", "thua-1", at("2026-05-01"));
  registry.cultivate("thua-1", { crop: "rice" }, at("2026-06-01"));
  // What is told of the soil does not make the rice younger.
  registry.cultivate("thua-1", { soilTexture: "clay" }, at("2026-06-10"));
  registry.cultivate("thua-1", { stage: "tillering" }, at("2026-06-25"));
  const stood = standingsOf(registry.device("n1")!, registry);
  const seen = (ms: number) => stood.findLast(({ fromMs }) => fromMs <= ms)!.standing.cropStage;
  const dates = ["2026-05-20", "2026-06-01", "2026-06-12", "2026-06-15", "2026-06-16", "2026-06-26"];
  expect(dates.map((date) => seen(at(date)))).toEqual([null, "early", "early", "early", null, "tillering"]);
  const live = dates.map((date) => {
    const growing = createGrowing({ registry, now: () => at(date) });
    return growing.standing("n1")!.cropStage;
  });
  expect(live).toEqual(dates.map((date) => seen(at(date))));
  registry.close();
});

test("where a device stood is asked as of then", () => {
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  registry.addPlace({ id: "ao-1", kind: "pond", name: "Ao 1" }, 0);
  registry.addPlace({ id: "thua-1", kind: "parcel", name: "Thửa 1" }, 0);
  registry.addDevice({ id: "n1" }, 0);
  registry.moveDevice("n1", "ao-1", 1000);
  registry.moveDevice("n1", "thua-1", 2000);
  const growing = createGrowing({ registry, now: () => 5000 });
  expect([500, 1500, 2500].map((ms) => growing.surroundingsAt("n1", ms)?.place)).toEqual([
    undefined,
    "ao-1",
    "thua-1",
  ]);
  registry.close();
});
