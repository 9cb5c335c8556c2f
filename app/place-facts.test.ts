import { expect, test } from "vitest";
import { openRegistry } from "../devices/index.ts";
import { surroundingsAt } from "./place-facts.ts";

test("a device's own coordinates count before those of its place; crops that FAO-56 lacks have no roots", () => {
  const registry = openRegistry(":memory:", new Uint8Array(32).fill(1));
  const place = registry.addPlace({ id: "p", kind: "parcel", name: "P", latitude: 18, longitude: 105 }, 0);
  const near = registry.addDevice({ id: "n1", latitude: 18.5, longitude: 105.5 }, 0).device;
  const bare = registry.addDevice({ id: "n2" }, 0).device;
  const lychee = registry.cultivate("p", { crop: "lychee", soilTexture: "loam", altitudeM: 40 }, 0);
  expect(surroundingsAt(near, place, lychee)).toMatchObject({
    latitudeDeg: 18.5,
    crop: null,
    soilTexture: "loam",
  });
  const tea = registry.cultivate("p", { crop: "tea", soilTexture: "mud", altitudeM: null }, 10);
  expect(surroundingsAt(bare, place, tea)).toMatchObject({
    latitudeDeg: 18,
    crop: "tea",
    soilTexture: null,
    altitudeM: null,
  });
  expect(surroundingsAt(bare, undefined, undefined)).toMatchObject({ place: null, latitudeDeg: null });
  registry.close();
});
