import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqlite, transaction } from "./open-sqlite.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-sqlite-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const names = "CREATE TABLE names (name TEXT NOT NULL) STRICT";
const ages = "ALTER TABLE names ADD COLUMN age INTEGER";

test("migrations run once, and later ones are added to what is there", () => {
  const file = join(folder, "a.db");
  const before = openSqlite(file, [names]);
  before.exec("INSERT INTO names VALUES ('Lan')");
  before.close();

  const after = openSqlite(file, [names, ages]);
  expect(after.prepare("SELECT name, age FROM names").all()).toEqual([{ name: "Lan", age: null }]);
  after.close();
});

test("a migration that fails leaves nothing behind", () => {
  const file = join(folder, "a.db");
  openSqlite(file, [names]).close();
  expect(() => openSqlite(file, [names, ages, "nonsense"])).toThrow(/syntax/);
  expect(() => openSqlite(file, [names, ages]).close()).not.toThrow();
});

test("a file of a newer version is refused rather than damaged", () => {
  const file = join(folder, "a.db");
  openSqlite(file, [names, ages]).close();
  expect(() => openSqlite(file, [names])).toThrow(/newer version/);
});

test("a transaction that throws keeps nothing", () => {
  const db = openSqlite(":memory:", [names]);
  expect(() =>
    transaction(db, () => {
      db.exec("INSERT INTO names VALUES ('Lan')");
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(db.prepare("SELECT count(*) AS n FROM names").get()).toEqual({ n: 0 });
  db.close();
});

test("processes that make the same file at the same moment all get it", async () => {
  const file = join(folder, "a.db");
  const open = `
    import { openSqlite } from ${JSON.stringify(import.meta.resolve("./open-sqlite.ts"))};
    const db = openSqlite(${JSON.stringify(file)}, ["CREATE TABLE names (name TEXT) STRICT"]);
    db.prepare("INSERT INTO names VALUES (?)").run("Lan");
    db.close();
  `;
  const runs = Array.from({ length: 8 }, () =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", open]),
  );
  await Promise.all(runs);
  const db = openSqlite(file, [names]);
  expect(db.prepare("SELECT count(*) AS n FROM names").get()).toEqual({ n: 8 });
  db.close();
});

test("what was committed is synced: the file is opened with full synchronisation", () => {
  const db = openSqlite(join(folder, "a.db"), [names]);
  expect(db.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
  expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  db.close();
});
