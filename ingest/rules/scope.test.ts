import { expect, test } from "vitest";
import { inScope, scope } from "./scope.ts";

const standing = { place: "ao-1", placeKind: "pond", linkageModel: "tom-quang-tho", model: "pond-node" };
const covers = (written: unknown, device = "n1", where: Parameters<typeof inScope>[2] = standing) =>
  inScope(scope.parse(written), device, where);

test("`all` means every device", () => {
  expect(covers("all")).toBe(true);
});

test("any of a list will do", () => {
  expect(covers({ places: ["ao-2", "ao-1"] })).toBe(true);
  expect(covers({ devices: ["n2"] })).toBe(false);
  expect(covers({ linkageModels: ["tom-quang-tho"] })).toBe(true);
  expect(covers({ placeKinds: ["pond"] })).toBe(true);
  expect(covers({ placeKinds: ["shed"] })).toBe(false);
});

test("every list that is given must agree", () => {
  expect(covers({ places: ["ao-1"], deviceModels: ["pond-node"] })).toBe(true);
  expect(covers({ places: ["ao-1"], deviceModels: ["soil-node"] })).toBe(false);
});

test("a device that stands nowhere is in no place's scope", () => {
  expect(covers({ places: ["ao-1"] }, "n1", { ...standing, place: null })).toBe(false);
  expect(covers({ deviceModels: ["pond-node"] }, "n1", { ...standing, place: null })).toBe(true);
});

test("a scope that names nothing is refused, not taken for everything", () => {
  expect(scope.safeParse({}).error!.issues[0]!.message).toMatch(/names nothing/);
  expect(scope.safeParse({ places: [] }).success).toBe(false);
  expect(scope.safeParse({ villages: ["x"] }).success).toBe(false);
  expect(scope.safeParse("some").success).toBe(false);
});

test("what a place grows, how far it is, and its commune can be asked for; unknown is no", () => {
  const rice = { ...standing, crop: "rice", cropStage: "tillering", commune: "18685" };
  expect(covers({ crops: ["rice"], cropStages: ["seedling", "tillering"] }, "n1", rice)).toBe(true);
  expect(covers({ crops: ["tea"] }, "n1", rice)).toBe(false);
  expect(covers({ communes: ["18685"] }, "n1", rice)).toBe(true);
  for (const asked of [{ crops: ["rice"] }, { cropStages: ["tillering"] }, { communes: ["18685"] }])
    expect(covers(asked)).toBe(false);
});
