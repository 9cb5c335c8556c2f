import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "../commands/context.ts";
import { holdDataFolder, openDataFolder } from "./open-data-folder.ts";
import { announceServer, findServer } from "./running-server.ts";

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "canhdong-folder-"));
});
afterEach(() => rmSync(path, { recursive: true }));

test("the key is made once, for the owner alone, and nothing unfinished stays beside it", () => {
  const first = openDataFolder(path);
  expect(openDataFolder(path).secretKey).toEqual(first.secretKey);
  expect(statSync(join(path, "secret.key")).mode & 0o777).toBe(0o600);
  expect(readdirSync(path)).toEqual(["secret.key"]);
});

test("processes that open a new folder at one moment agree about its key", { timeout: 120_000 }, async () => {
  const program = `
    const { openDataFolder } = await import(${JSON.stringify(resolve(import.meta.dirname, "open-data-folder.ts"))});
    process.stdout.write("ready");
    process.stdin.once("data", () => {
      process.stdout.write(Buffer.from(openDataFolder(process.argv[1]).secretKey).toString("hex"));
      process.exit();
    });`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", program, path], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  await Promise.all(children.map(({ stdout }) => once(stdout, "data")));
  const keys = children.map(({ stdout }) => once(stdout, "data"));
  for (const { stdin } of children) stdin.write("go");
  const told = (await Promise.all(keys)).map(([key]) => String(key));
  expect(new Set(told)).toEqual(new Set([readFileSync(join(path, "secret.key")).toString("hex")]));
});

test("a key that is not whole is told, never made anew", () => {
  writeFileSync(join(path, "secret.key"), "");
  expect(() => openDataFolder(path)).toThrow(/must hold 32 bytes, it holds 0/);
});

test("a second server on the same folder is told who has it, and what to do", () => {
  const data = openDataFolder(path);
  const hold = holdDataFolder(data);
  expect(() => holdDataFolder(data)).toThrow(UserError);
  expect(() => holdDataFolder(data)).toThrow(
    `A server runs on the data folder ${path} already (process ${process.pid}). Stop it, or give`,
  );
  hold.release();
  holdDataFolder(data).release();
});

test("what a power cut left of an announcement is no server", () => {
  const file = join(path, "server.json");
  const server = { pid: process.pid, url: "http://127.0.0.1:8080", token: "t", mqttPort: 1883 };
  announceServer(file, server);
  expect(findServer(file)).toEqual(server);
  for (const torn of ["", '{"pid": 1', "[]"]) {
    writeFileSync(file, torn);
    expect(findServer(file)).toBeNull();
  }
});
