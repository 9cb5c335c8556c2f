import { expect, test } from "vitest";
import { temporaryRegistry } from "../devices/registry/temporary-registry.ts";
import { knownDevices } from "./registry-watch.ts";

test("whoever another process registered a moment ago is known to the decoder", () => {
  const { registry: server, openAgain } = temporaryRegistry();
  const commandLine = openAgain();
  const known = knownDevices(server);
  expect(known.device("soil-1")).toBeUndefined();
  commandLine.addDevice({ id: "soil-1", devEui: "A84041FFFF123456" }, 1);
  expect(known.device("soil-1")?.id).toBe("soil-1");
  commandLine.addDevice({ id: "soil-2", devEui: "A84041FFFF123457" }, 2);
  expect(known.deviceByEui("A84041FFFF123457")?.id).toBe("soil-2");
});

test("who was removed is known no more, until registered again", () => {
  const { registry: server, openAgain } = temporaryRegistry();
  const known = knownDevices(server);
  server.addDevice({ id: "soil-1" }, 1);
  server.removeDevice("soil-1", 2);
  expect(known.device("soil-1")).toBeUndefined();
  expect(openAgain().device("soil-1")?.removedAtMs).toBe(2);
});
