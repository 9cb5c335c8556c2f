import { expect, test } from "vitest";
import { temporaryRegistry } from "./temporary-registry.ts";

test("a gateway that devices name cannot be removed", () => {
  const { registry, openAgain } = temporaryRegistry();
  registry.addGateway({ id: "a84041ffff1eb5c0", label: "Nhà văn hóa" }, 1);
  registry.addDevice({ id: "soil-1", gateway: "a84041ffff1eb5c0" }, 1);
  expect(() => registry.removeGateway("a84041ffff1eb5c0", 2)).toThrow(
    expect.objectContaining({ code: "in-use", message: expect.stringContaining("soil-1") }),
  );
  registry.updateDevice("soil-1", { gateway: null }, 3);
  registry.removeGateway("a84041ffff1eb5c0", 4);
  expect(openAgain().gateways()).toEqual([]);
  expect(openAgain().gateway("a84041ffff1eb5c0")).toMatchObject({ label: "Nhà văn hóa", removedAtMs: 4 });
});

test("a gateway changes only in what is named", () => {
  const { registry } = temporaryRegistry();
  registry.addGateway({ id: "gw-1", latitude: 18, longitude: 105 }, 1);
  expect(registry.updateGateway("gw-1", { label: "Trạm bơm" }, 2)).toEqual({
    id: "gw-1",
    label: "Trạm bơm",
    latitude: 18,
    longitude: 105,
    addedAtMs: 1,
    removedAtMs: null,
  });
});
