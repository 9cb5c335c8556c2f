import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderInUse, lockFolder } from "./lock-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a folder has one owner, and is free again once it has been let go", () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.pid}`);
  lock.release();
  lockFolder(folder).release();
});

test("a killed owner leaves nothing behind that would keep the next one out", {
  timeout: 60_000,
}, async () => {
  const program = `
    const { lockFolder } = await import(${JSON.stringify(resolve(import.meta.dirname, "lock-folder.ts"))});
    lockFolder(process.argv[1]);
    console.log("held");
    setTimeout(() => {}, 3_600_000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", program, folder], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(owner.stdout, "data");
  expect(() => lockFolder(folder)).toThrow(`process ${owner.pid}`);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  lockFolder(folder).release();
});

test("a folder that is not there is told as such, not as one in use", () => {
  expect(() => lockFolder(join(folder, "missing"))).toThrow(/unable to open/);
  mkdirSync(join(folder, "missing"));
  lockFolder(join(folder, "missing")).release();
});
