import { readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryRegistry } from "../../devices/registry/temporary-registry.ts";
import { enlist, readCredentials } from "./enlist.ts";
import { simulatedFarm } from "./simulated-farm.ts";

const nowMs = Date.UTC(2026, 5, 1);

function farm(count: number) {
  const { registry, file } = temporaryRegistry();
  const book = join(dirname(file), "secrets.csv");
  const wanted = simulatedFarm(count, 60_000).map(({ enlisted }) => enlisted);
  return { registry, book, wanted };
}

test("nodes that are missing are registered with their places, and their secrets work", () => {
  const { registry, book, wanted } = farm(24);
  const secrets = enlist(registry, wanted, book, nowMs);
  expect(secrets.size).toBe(24);
  for (const [id, secret] of secrets) expect(registry.verifyDevice(id, secret, nowMs)).toBe(true);
  expect(registry.places().length).toBe(12);
  expect(registry.placementAt("sim-soil-0001", nowMs)?.place).toBe("sim-parcel-0001");
  expect(registry.device("sim-pond-0011")?.intervalMs).toBe(60_000);
});

test("a second run uses the same secrets, and one whose secret was changed meanwhile gets a new one", () => {
  const { registry, book, wanted } = farm(4);
  const first = enlist(registry, wanted, book, nowMs);
  expect(enlist(registry, wanted, book, nowMs + 1)).toEqual(first);
  registry.rotateSecret("sim-soil-0002", nowMs + 2);
  registry.removeDevice("sim-soil-0003", nowMs + 2);
  const third = enlist(registry, wanted, book, nowMs + 3);
  for (const { id } of wanted) expect(registry.verifyDevice(id, third.get(id)!, nowMs + 3)).toBe(true);
  expect(third.get("sim-soil-0001")).toBe(first.get("sim-soil-0001"));
  expect(third.get("sim-soil-0002")).not.toBe(first.get("sim-soil-0002"));
});

test("a node that was moved by hand stays where it was put", () => {
  const { registry, book, wanted } = farm(4);
  enlist(registry, wanted, book, nowMs);
  registry.moveDevice("sim-soil-0001", "sim-parcel-0002", nowMs + 1);
  enlist(registry, wanted, book, nowMs + 2);
  expect(registry.placementAt("sim-soil-0001", nowMs + 2)?.place).toBe("sim-parcel-0002");
});

test("the secrets are in a file that only its owner can read", () => {
  const { registry, book, wanted } = farm(2);
  const secrets = enlist(registry, wanted, book, nowMs);
  expect(statSync(book).mode & 0o777).toBe(0o600);
  expect(readFileSync(book, "utf8")).toMatch(/^id,secret\nsim-soil-0001,/);
  expect(readCredentials(book)).toEqual(secrets);
});

test("lines that are no credentials are named", () => {
  const { book } = farm(1);
  writeFileSync(book, "id,secret\nnode-1,abc\n\nnode-2\nNode 3,x\n");
  expect(() => readCredentials(book)).toThrow(/wrong: 4, 5/);
  expect(() => readCredentials(`${book}.not`)).toThrow(/ENOENT/);
});
