import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { announceServer } from "../data-folder/running-server.ts";
import { runCommandLine } from "./run-command-line.ts";

let folder: string;
let config: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-demo-"));
  config = join(folder, "canhdong.yaml");
  writeFileSync(config, `data: ${join(folder, "data")}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...words: string[]) {
  const told = { out: "", err: "" };
  const write = (to: "out" | "err") => (text: string) => {
    told[to] += text;
  };
  const code = await runCommandLine(["--config", config, ...words], {
    out: write("out"),
    err: write("err"),
    env: {},
    isTerminal: false,
    now: () => Date.UTC(2026, 10, 22, 5),
  });
  return { code, ...told };
}

test("a device that is added with --demo is a device of the demonstration", async () => {
  expect(await run("--demo", "device", "add", "ao-1")).toMatchObject({ code: 0, err: "" });
  expect((await run("device", "list", "--demo")).out).toContain("ao-1");
  expect((await run("device", "list")).out).not.toContain("ao-1");
});

test("whoever forgets --demo while the demonstration runs is told", async () => {
  const { server } = openDataFolder(join(folder, "data", "demo"));
  announceServer(server, { pid: process.pid, url: "http://127.0.0.1:1", token: "t", mqttPort: 1 });
  const hint = "The demonstration runs, on a data folder of its own: canhdong --demo …\n";
  expect(await run("device", "add", "ao-1")).toMatchObject({ code: 0, err: hint });
  expect(await run("alerts", "list")).toMatchObject({
    code: 1,
    err: `No server runs on this data folder. ${hint}`,
  });
  expect((await run("--demo", "device", "list")).err).toBe("");
});

test("a server that was announced and does not answer is told with its address", async () => {
  const { server } = openDataFolder(join(folder, "data"));
  announceServer(server, { pid: process.pid, url: "http://127.0.0.1:1", token: "t", mqttPort: 1 });
  expect(await run("alerts", "list")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/does not answer at http:\/\/127\.0\.0\.1:1 \(.+\)\. Look at its log/),
  });
});
