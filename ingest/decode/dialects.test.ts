import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { topicsOf } from "../../devices/index.ts";
import { dialects } from "./dialects.ts";

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const isThere = (path: string) => existsSync(`${import.meta.dirname}/${path}`);

/** What a folder's own file exports that could be a dialect. */
async function dialectsIn(folder: string): Promise<object[]> {
  if (!isThere(`${folder}/${folder}.ts`)) return [];
  const exported = Object.values(await import(`./${folder}/${folder}.ts`));
  return exported.filter((one) => typeof one === "object" && one !== null && "reads" in one) as object[];
}

test("each dialect has a folder of its name, and each folder with a dialect is in the list", async () => {
  const holding: string[] = [];
  for (const folder of folders) if ((await dialectsIn(folder)).length > 0) holding.push(folder);
  expect(dialects.map(({ name }) => name).sort()).toEqual(holding.sort());
});

test("each folder has a README", () => {
  expect(folders.filter((folder) => !isThere(`${folder}/README.md`))).toEqual([]);
});

const readersOf = (topic: string) =>
  dialects.filter((dialect) => dialect.reads(topic)).map(({ name }) => name);
const ours = topicsOf("node-1");

test.each([
  [ours.telemetry, "native"],
  [ours.status, "native"],
  [ours.commandAck, "native"],
  [ours.configReported, "native"],
  [ours.senml, "senml"],
  [ours.senmlCbor, "senml"],
  ["application/a/device/0101010101010101/event/up", "chirpstack"],
  ["v3/app@tenant/devices/node-1/up", "the-things-stack"],
  ["v1/devices/me/telemetry", "thingsboard"],
  ["v1/gateway/telemetry", "thingsboard"],
  ["v2/t", "thingsboard"],
  ["tele/node-1/SENSOR", "tasmota"],
  ["tele/node-1/LWT", "tasmota"],
  ["zigbee2mqtt/node-1", "zigbee2mqtt"],
  ["zigbee2mqtt/node-1/availability", "zigbee2mqtt"],
  // Not for us, but no mystery either: whoever subscribes to everything at a foreign broker gets it.
  ["application/a/device/0101010101010101/command/down", "chirpstack"],
  ["v3/app@tenant/devices/node-1/down/push", "the-things-stack"],
  ["v1/devices/me/rpc/response/1", "thingsboard"],
  ["stat/node-1/RESULT", "tasmota"],
  ["zigbee2mqtt/bridge/devices", "zigbee2mqtt"],
])("%s is read by %s alone", (topic, reader) => {
  expect(readersOf(topic)).toEqual([reader]);
});

test.each([ours.command, ours.config, "", "canhdong/v1//telemetry", "v1/other", "cmnd/node-1/POWER"])(
  "%j is read by none",
  (topic) => {
    expect(readersOf(topic)).toEqual([]);
  },
);
