import { expect, test } from "vitest";
import { temporaryRegistry } from "./temporary-registry.ts";

test("a place is kept with its commune, model and size", () => {
  const { registry, openAgain } = temporaryRegistry();
  const place = registry.addPlace(
    {
      id: "thua-12",
      kind: "parcel",
      name: "Thửa 12, đồng Bàu",
      communeCode: "01234",
      communeName: "Xã Cẩm Bình",
      linkageModel: "htx-lua",
      areaHa: 0.35,
      latitude: 18.3,
      longitude: 105.9,
    },
    1,
  );
  expect(openAgain().places()).toEqual([place]);
});

test("a place changes only in what is named", () => {
  const { registry } = temporaryRegistry();
  registry.addPlace({ id: "ao-1", kind: "pond", name: "Ao 1", areaHa: 0.2 }, 1);
  registry.updatePlace("ao-1", { linkageModel: "tom-vn" }, 2);
  expect(registry.place("ao-1")).toMatchObject({ name: "Ao 1", areaHa: 0.2, linkageModel: "tom-vn" });
});

test("bad fields are refused with what would be right", () => {
  const { registry } = temporaryRegistry();
  const add = (fields: object) => () =>
    registry.addPlace({ id: "ao-1", kind: "pond", name: "Ao", ...fields }, 1);
  expect(add({ communeCode: "1234" })).toThrow(/communeCode: must be the commune's five digits/);
  expect(add({ areaHa: -1 })).toThrow(/areaHa: /);
  expect(add({ name: " " })).toThrow(/name: must not be empty/);
  expect(add({ colour: "red" })).toThrow(/colour/);
  add({})();
  expect(add({})).toThrow(expect.objectContaining({ code: "already-exists" }));
});
