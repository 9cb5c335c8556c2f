import { expect, test } from "vitest";
import { brokerSettings } from "./broker-settings.ts";

test("nothing set is a broker on this machine only", () => {
  const settings = brokerSettings.parse({});
  expect(settings.host).toBe("127.0.0.1");
  expect(settings.mqttPort).toBe(1883);
  expect(settings.wsPort).toBeNull();
  expect(settings.limits.maxPacketBytes).toBe(2_097_152);
});

test("one limit set leaves the others as they are", () => {
  const settings = brokerSettings.parse({ limits: { maxTopicLevels: 5 } });
  expect(settings.limits.maxTopicLevels).toBe(5);
  expect(settings.limits.maxConnections).toBe(20_000);
});

test("a port that is none is refused with its path", () => {
  const result = brokerSettings.safeParse({ mqttPort: 70_000 });
  expect(result.error?.issues[0]?.path).toEqual(["mqttPort"]);
});
