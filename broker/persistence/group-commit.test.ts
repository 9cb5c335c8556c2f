import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { temporaryFolder, until } from "../testing/open-door.ts";
import { createGroupCommit } from "./group-commit.ts";

const schema = ["CREATE TABLE words (word TEXT PRIMARY KEY) STRICT"];

/** Words kept in memory and written through; another connection can lock the file, which is how this disk fails. */
function openWords() {
  const file = join(temporaryFolder(), "words.db");
  const db = openSqlite(file, schema);
  db.exec("PRAGMA busy_timeout = 0");
  const other = new DatabaseSync(file);
  onTestFinished(() => {
    other.close();
    db.close();
  });
  const put = db.prepare("INSERT OR REPLACE INTO words (word) VALUES (?)");
  const memory = new Set<string>();
  const commit = createGroupCommit(db, "DELETE FROM words", function* () {
    for (const word of memory) yield { statement: put, values: [word] };
  });
  function add(word: string): void {
    memory.add(word);
    commit.write(put, word);
  }
  const onDisk = () =>
    other
      .prepare("SELECT word FROM words ORDER BY word")
      .all()
      .map(({ word }) => word);
  return { commit, add, onDisk, memory, other };
}

test("what is awaited is on disk when the promise resolves, with all that came before it", async () => {
  const { commit, add, onDisk } = openWords();
  add("a");
  add("b");
  expect(onDisk()).toEqual([]);
  await commit.committed();
  expect(onDisk()).toEqual(["a", "b"]);
});

test("what nobody awaits gets there as well", async () => {
  const { add, onDisk } = openWords();
  add("a");
  await until(() => onDisk().length === 1);
});

test("whoever waits while the disk refuses is told, and the file is complete again when it recovers", async () => {
  const { commit, add, onDisk, memory, other } = openWords();
  add("before");
  await commit.committed();
  other.exec("BEGIN IMMEDIATE");
  add("meanwhile");
  await expect(commit.committed()).rejects.toThrow("locked");
  expect(commit.failing?.message).toContain("locked");
  add("later");
  memory.delete("before");
  await expect(commit.committed()).rejects.toThrow("locked");
  other.exec("ROLLBACK");
  // By itself, without a new write.
  await until(() => commit.failing === null);
  expect(onDisk()).toEqual(["later", "meanwhile"]);
});

test("after closing nothing is promised any more", async () => {
  const { commit, add, onDisk } = openWords();
  add("a");
  commit.close();
  expect(onDisk()).toEqual(["a"]);
  add("b");
  await expect(commit.committed()).rejects.toThrow("closed");
  expect(onDisk()).toEqual(["a"]);
});
