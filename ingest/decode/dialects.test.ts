import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { topicsOf } from "../../devices/index.ts";
import { dialects } from "./dialects.ts";

test("each dialect has a folder of its name with a README, and each folder is in the list", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(dialects.map(({ name }) => name).sort()).toEqual(folders.sort());
  for (const folder of folders) expect(existsSync(`${import.meta.dirname}/${folder}/README.md`)).toBe(true);
});

test("a topic of ours is read by one dialect at most", () => {
  const readersOf = (topic: string) =>
    dialects.filter((dialect) => dialect.reads(topic)).map(({ name }) => name);
  const { telemetry, status, commandAck, configReported, command, config } = topicsOf("node-1");
  for (const topic of [telemetry, status, commandAck, configReported])
    expect(readersOf(topic)).toEqual(["native"]);
  for (const topic of [command, config, "", "canhdong/v1//telemetry"]) expect(readersOf(topic)).toEqual([]);
});
