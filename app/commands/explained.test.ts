import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { UserError } from "./context.ts";
import { explained } from "./explained.ts";

/** What SQLite itself throws when its file may not grow. */
function fullDatabase(): unknown {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-full-"));
  const db = openSqlite(join(folder, "a.db"), ["CREATE TABLE names (name TEXT) STRICT"]);
  try {
    db.exec("PRAGMA max_page_count = 1");
    db.prepare("INSERT INTO names VALUES (?)").run("x".repeat(100_000));
    return null;
  } catch (error) {
    return error;
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}

test("a full disk is told in words, whoever met it", () => {
  const ofFile = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  for (const error of [fullDatabase(), ofFile]) {
    const told = explained(error);
    expect(told).toBeInstanceOf(UserError);
    expect((told as Error).message).toMatch(/full.*Make room, and try again\. \(.*(full|no space).*\)/);
  }
});

test("a database of a newer version says which file it is", () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-newer-"));
  const file = join(folder, "a.db");
  openSqlite(file, ["CREATE TABLE names (name TEXT) STRICT"]).close();
  let thrown: unknown;
  try {
    openSqlite(file, []);
  } catch (error) {
    thrown = error;
  }
  rmSync(folder, { recursive: true });
  expect(explained(thrown)).toBeInstanceOf(UserError);
  expect((thrown as Error).message).toContain(`${file} has schema version 1`);
});

test("a mistake of ours stays what it is, with its stack", () => {
  const ours = new TypeError("undefined is not a function");
  expect(explained(ours)).toBe(ours);
});
