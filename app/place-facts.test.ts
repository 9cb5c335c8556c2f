import { expect, test } from "vitest";
import { openRegistry } from "../devices/index.ts";
import { placeFacts, stageAt, surroundingsAt } from "./place-facts.ts";

const at = (local: string) => Date.parse(`${local}+07:00`);

test("a stage holds from its local date until the next", () => {
  const rice = placeFacts.parse({
    stages: [
      { stage: "flowering", from: "2026-08-10" },
      { stage: "early", from: "2026-06-10" },
    ],
  });
  expect(
    ["2026-06-09T23:59", "2026-06-10T00:00", "2026-08-12T12:00"].map((time) => stageAt(rice, at(time))),
  ).toEqual([null, "early", "flowering"]);
});

test("a device's own coordinates count before those of its place; crops that FAO-56 lacks have no roots", () => {
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  const place = registry.addPlace({ id: "p", kind: "parcel", name: "P", latitude: 18, longitude: 105 }, 0);
  const near = registry.addDevice({ id: "n1", latitude: 18.5, longitude: 105.5 }, 0).device;
  const bare = registry.addDevice({ id: "n2" }, 0).device;
  const facts = placeFacts.parse({ crop: "lychee", soilTexture: "loam", altitudeM: 40 });
  expect(surroundingsAt(near, place, facts)).toMatchObject({
    latitudeDeg: 18.5,
    crop: null,
    soilTexture: "loam",
  });
  expect(surroundingsAt(bare, place, placeFacts.parse({ crop: "tea" }))).toMatchObject({
    latitudeDeg: 18,
    crop: "tea",
    altitudeM: null,
  });
  expect(surroundingsAt(bare, undefined, undefined)).toMatchObject({ place: null, latitudeDeg: null });
  registry.close();
});
