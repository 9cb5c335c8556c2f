import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { topicsOf } from "../../devices/index.ts";
import { dialects } from "./dialects.ts";

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const isThere = (path: string) => existsSync(`${import.meta.dirname}/${path}`);

test("each dialect has a folder of its name, and each folder with a dialect is in the list", () => {
  const holding = folders.filter((folder) => isThere(`${folder}/${folder}.ts`));
  expect(dialects.map(({ name }) => name).sort()).toEqual(holding.sort());
});

test("each folder has a README", () => {
  expect(folders.filter((folder) => !isThere(`${folder}/README.md`))).toEqual([]);
});

test("a topic is read by one dialect at most", () => {
  const readersOf = (topic: string) =>
    dialects.filter((dialect) => dialect.reads(topic)).map(({ name }) => name);
  const { telemetry, status, commandAck, configReported, command, config } = topicsOf("node-1");
  for (const topic of [telemetry, status, commandAck, configReported])
    expect(readersOf(topic)).toEqual(["native"]);
  for (const topic of [command, config, "", "canhdong/v1//telemetry"]) expect(readersOf(topic)).toEqual([]);
});
