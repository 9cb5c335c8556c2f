import { expect, test } from "vitest";
import { PowerSupply } from "./power-supply.ts";

const hour = 3_600_000;

test("a cell that ran empty in the dark comes back with some reserve, not with the first light", () => {
  const supply = new PowerSupply(false, 0.5, 0);
  supply.reckon(6 * 24 * hour, 0);
  expect(supply.gives(true)).toBe(false);
  supply.reckon(6 * 24 * hour + hour, 700);
  expect(supply.gives(true)).toBe(false);
  supply.reckon(6 * 24 * hour + 4 * hour, 700);
  expect(supply.gives(true)).toBe(true);
});

test("a power cut stops what has a socket, and not what has a panel", () => {
  expect(new PowerSupply(true, 1, 0).gives(false)).toBe(false);
  expect(new PowerSupply(false, 1, 0).gives(false)).toBe(true);
});
