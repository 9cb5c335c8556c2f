/** The runner with the real program and very little data: does it measure, and does it leave nothing behind? */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";

function startRunner(words: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-runner-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const json = join(folder, "results.json");
  const child = spawn(process.execPath, [join(import.meta.dirname, "run.ts"), ...words, "--json", json], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, folder, json, ended: outcomeOf(child), says: (words: string) => said(child, words) };
}

async function outcomeOf(child: ChildProcess) {
  let err = "";
  child.stderr!.on("data", (chunk) => {
    err += chunk;
  });
  const [out, [code]] = await Promise.all([text(child.stdout!), once(child, "close")]);
  return { out, err, code };
}

/** Resolves when the runner has told this while it is at work. */
function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve) => {
    let err = "";
    child.stderr!.on("data", (chunk) => {
      err += chunk;
      if (err.includes(words)) resolve();
    });
  });
}

/** What the runner has made in its temporary folder and not taken away again. */
const leftIn = (folder: string) => readdirSync(folder).filter((name) => /^canhdong/.test(name));

test("a row is measured against the real program, told, written down, and nothing is left behind", async () => {
  const { folder, json, ended } = startRunner(["sustained", "--short", "--seconds", "1"]);
  const { out, err, code } = await ended;
  expect(code, err).toBe(0);
  expect(out).toMatch(/SHORT RUN/);
  expect(out).toMatch(/sustained .* 20,000 \/s +50,000 \/s +[\d,]+ \/s/);
  const { rows, machine } = JSON.parse(readFileSync(json, "utf8"));
  expect(machine.cores).toBeGreaterThan(0);
  expect(rows).toMatchObject([{ name: "sustained", problem: null, figures: [{ aim: 50_000 }] }]);
  expect(rows[0].figures[0].measured).toBeGreaterThan(0);
  expect(leftIn(folder)).toEqual([]);
});

test("an interrupted run tells what it has, and leaves nothing behind", async () => {
  const { child, folder, json, ended, says } = startRunner(["memory", "--short", "--seconds", "600"]);
  await says("each once a minute");
  child.kill("SIGINT");
  const { out, code } = await ended;
  expect(code).toBe(1);
  expect(out).toMatch(/memory .*failed/);
  expect(out).toMatch(/FAILED: interrupted/);
  expect(JSON.parse(readFileSync(json, "utf8")).rows).toMatchObject([{ problem: "interrupted" }]);
  expect(leftIn(folder)).toEqual([]);
});

test("a word that it does not know is answered with those that it does", async () => {
  const { code, err } = await startRunner(["sustaind"]).ended;
  expect(code).toBe(2);
  expect(err).toMatch(/no row is called sustaind; there are sustained, reckoned, acknowledgement,/);
});
