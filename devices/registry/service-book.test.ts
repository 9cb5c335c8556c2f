import { expect, test } from "vitest";
import { temporaryRegistry } from "./temporary-registry.ts";

const filters = { publish: ["canhdong/v1/+/command"], subscribe: ["canhdong/v1/#"] };

test("a service has a secret and the filters it may use", () => {
  const { registry, openAgain } = temporaryRegistry();
  const { service, secret } = registry.addService({ name: "node-red", ...filters }, 1);
  expect(service).toEqual({ name: "node-red", ...filters, addedAtMs: 1 });
  const again = openAgain();
  expect(again.service("node-red")).toEqual(service);
  expect(again.verifyService("node-red", secret, 2)).toBe(true);
  expect(again.verifyService("node-red", secret.toLowerCase(), 2)).toBe(false);
  expect(again.verifyService("grafana", secret, 2)).toBe(false);
});

test("a device's secret is no service's, even under the same name", () => {
  const { registry } = temporaryRegistry();
  registry.addService({ name: "soil-1" }, 1);
  const { secret } = registry.addDevice({ id: "soil-1" }, 1);
  expect(registry.verifyService("soil-1", secret, 2)).toBe(false);
});

test("its secret can be rotated with a delay", () => {
  const { registry } = temporaryRegistry();
  const { secret } = registry.addService({ name: "node-red" }, 1);
  const next = registry.rotateServiceSecret("node-red", 2, { oldValidUntilMs: 10 });
  const valid = (atMs: number) => [secret, next].map((it) => registry.verifyService("node-red", it, atMs));
  expect(valid(9)).toEqual([true, true]);
  expect(valid(10)).toEqual([false, true]);
});

test("a change of its filters is seen at once and leaves the secret alone", () => {
  const { registry } = temporaryRegistry();
  const { secret } = registry.addService({ name: "node-red", ...filters }, 1);
  registry.updateService("node-red", { publish: [] }, 2);
  expect(registry.service("node-red")).toMatchObject({ publish: [], subscribe: filters.subscribe });
  expect(registry.verifyService("node-red", secret, 3)).toBe(true);
});

test("a filter that MQTT would not understand is refused", () => {
  const { registry } = temporaryRegistry();
  expect(() => registry.addService({ name: "node-red", subscribe: ["canhdong/#/status"] }, 1)).toThrow(
    /subscribe.0: must be an MQTT topic filter/,
  );
});

test("a removed service is refused, and its name is free again", () => {
  const { registry } = temporaryRegistry();
  const { secret } = registry.addService({ name: "node-red" }, 1);
  registry.removeService("node-red", 2);
  expect(registry.verifyService("node-red", secret, 3)).toBe(false);
  expect(() => registry.removeService("node-red", 3)).toThrow(expect.objectContaining({ code: "not-found" }));
  registry.addService({ name: "node-red" }, 4);
  expect(registry.verifyService("node-red", secret, 5)).toBe(false);
});
