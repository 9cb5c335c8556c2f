import { join } from "node:path";
import { expect, test } from "vitest";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { announceServer } from "../data-folder/running-server.ts";
import { openCommandLine } from "../testing/command-line.ts";

test("a device that is added with --demo is a device of the demonstration", async () => {
  const { run } = openCommandLine();
  expect(await run("--demo", "device", "add", "ao-1")).toMatchObject({ code: 0, err: "" });
  expect((await run("device", "list", "--demo")).out).toContain("ao-1");
  expect((await run("device", "list")).out).not.toContain("ao-1");
});

test("whoever forgets --demo while the demonstration runs is told", async () => {
  const { data, run } = openCommandLine();
  const { server } = openDataFolder(join(data, "demo"));
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
  const { data, run } = openCommandLine();
  const { server } = openDataFolder(data);
  announceServer(server, { pid: process.pid, url: "http://127.0.0.1:1", token: "t", mqttPort: 1 });
  expect(await run("alerts", "list")).toMatchObject({
    code: 1,
    err: expect.stringMatching(/does not answer at http:\/\/127\.0\.0\.1:1 \(.+\)\. Look at its log/),
  });
});
