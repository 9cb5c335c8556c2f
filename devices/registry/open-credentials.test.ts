import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CredentialsFile, openCredentials } from "./open-credentials.ts";
import { openRegistry, type Registry } from "./registry.ts";

const key = new Uint8Array(32).fill(9);
let folder: string;
let registry: Registry;
let credentials: CredentialsFile;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-credentials-"));
  const file = join(folder, "registry.sqlite");
  registry = openRegistry(file, key);
  credentials = openCredentials(file, key);
});
afterEach(() => {
  credentials.close();
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a device comes in with its own secret from the moment it is registered, and not with another's", () => {
  expect(credentials.verifyDevice("soil-1", "x".repeat(43), 1)).toBe(false);
  const { secret } = registry.addDevice({ id: "soil-1" }, 1);
  const other = registry.addDevice({ id: "soil-2" }, 1);
  expect(credentials.verifyDevice("soil-1", secret, 1)).toBe(true);
  expect(credentials.verifyDevice("soil-1", other.secret, 1)).toBe(false);
  expect(credentials.verifyDevice("soil-1", "", 1)).toBe(false);
});

test("an old secret ends when its time is over, a removed device at once", () => {
  const { secret } = registry.addDevice({ id: "soil-1" }, 1);
  const fresh = registry.rotateSecret("soil-1", 10, { oldValidUntilMs: 20 });
  expect(credentials.verifyDevice("soil-1", secret, 19)).toBe(true);
  expect(credentials.verifyDevice("soil-1", secret, 20)).toBe(false);
  expect(credentials.verifyDevice("soil-1", fresh, 20)).toBe(true);
  registry.removeDevice("soil-1", 30);
  expect(credentials.verifyDevice("soil-1", fresh, 30)).toBe(false);
});

test("a service gets the filters it has now", () => {
  const { secret } = registry.addService({ name: "bridge", publish: ["a/+"], subscribe: ["b/#"] }, 1);
  expect(credentials.verifyService("bridge", secret, 1)).toEqual({ publish: ["a/+"], subscribe: ["b/#"] });
  registry.updateService("bridge", { publish: ["c"] }, 2);
  expect(credentials.verifyService("bridge", secret, 2)).toEqual({ publish: ["c"], subscribe: ["b/#"] });
  expect(credentials.verifyService("bridge", "x".repeat(43), 2)).toBeUndefined();
  expect(credentials.verifyService("nobody", secret, 2)).toBeUndefined();
});
