import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { openRegistry } from "./registry.ts";
import { migrations } from "./schema.ts";
import { temporaryRegistry } from "./temporary-registry.ts";

describe("two processes", () => {
  test("see each other's changes after a refresh, and not before", () => {
    const { registry: server, openAgain } = temporaryRegistry();
    const commandLine = openAgain();
    const { secret } = commandLine.addDevice({ id: "soil-1" }, 1);
    expect(server.device("soil-1")).toBeUndefined();
    expect(server.refresh()).toBe(true);
    expect(server.device("soil-1")).toEqual(commandLine.device("soil-1"));
    expect(server.verifyDevice("soil-1", secret, 2)).toBe(true);

    server.updateDevice("soil-1", { label: "Đồng Sau" }, 2);
    expect(commandLine.refresh()).toBe(true);
    expect(commandLine.device("soil-1")?.label).toBe("Đồng Sau");
  });

  test("agree on the revision", () => {
    const { registry: one, openAgain } = temporaryRegistry();
    const other = openAgain();
    one.addDevice({ id: "soil-1" }, 1);
    other.addDevice({ id: "soil-2" }, 2);
    one.refresh();
    expect(one.revision()).toBe(other.revision());
    expect(one.devices()).toEqual(other.devices());
  });

  test("cannot both take one id, even before a refresh", () => {
    const { registry: one, openAgain } = temporaryRegistry();
    const other = openAgain();
    one.addDevice({ id: "soil-1" }, 1);
    expect(() => other.addDevice({ id: "soil-1" }, 2)).toThrow(
      expect.objectContaining({ code: "already-exists" }),
    );
  });

  test("hear of a removal of every kind", () => {
    const { registry: one, openAgain } = temporaryRegistry();
    one.addPlace({ id: "a", kind: "parcel", name: "A" }, 1);
    one.addGateway({ id: "gw" }, 1);
    one.addPerson({ id: "an", name: "An", role: "farmer" }, 1);
    const { secret } = one.addService({ name: "grafana" }, 1);
    one.addDevice({ id: "soil-1" }, 1);
    one.moveDevice("soil-1", "a", 1);
    const other = openAgain();
    one.removeDevice("soil-1", 2);
    one.removePlace("a", 3);
    one.removeGateway("gw", 3);
    one.removePerson("an", 3);
    one.removeService("grafana", 3);
    other.refresh();
    expect([other.devices(), other.places(), other.gateways(), other.people(), other.services()]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
    expect(other.verifyService("grafana", secret, 4)).toBe(false);
    expect(other.placementAt("soil-1", 5)).toBeUndefined();
  });

  test("that have nothing new for each other say so", () => {
    const { registry } = temporaryRegistry();
    registry.addDevice({ id: "soil-1" }, 1);
    registry.refresh();
    expect(registry.refresh()).toBe(false);
  });
});

describe("the record of changes", () => {
  test("tells who changed what when, and how it was before", () => {
    const { registry } = temporaryRegistry();
    const { device } = registry.addDevice({ id: "soil-1", label: "A" }, 1);
    const changed = registry.as("lan").updateDevice("soil-1", { label: "B" }, 2);
    expect(registry.changes(0, 10)).toEqual([
      {
        seq: 1,
        atMs: 1,
        who: "system",
        kind: "device",
        id: "soil-1",
        action: "added",
        before: null,
        after: device,
      },
      {
        seq: 2,
        atMs: 2,
        who: "lan",
        kind: "device",
        id: "soil-1",
        action: "changed",
        before: device,
        after: changed,
      },
    ]);
    expect(registry.changes(1, 10).map(({ seq }) => seq)).toEqual([2]);
    expect(registry.changes(0, 1).map(({ seq }) => seq)).toEqual([1]);
  });

  test("records a move with the place before and after, and when it was told", () => {
    const { registry } = temporaryRegistry();
    registry.addPlace({ id: "a", kind: "shed", name: "Chuồng A" }, 1);
    registry.addDevice({ id: "nh3-1" }, 1);
    registry.moveDevice("nh3-1", "a", 50, 90);
    expect(registry.changes(2, 10)).toMatchObject([
      { atMs: 90, action: "moved", id: "nh3-1", before: { place: null }, after: { place: "a", fromMs: 50 } },
    ]);
  });

  test("cannot be edited or cut, also not by hand", () => {
    const { registry, file } = temporaryRegistry();
    registry.addDevice({ id: "soil-1" }, 1);
    const db = new DatabaseSync(file);
    expect(() => db.exec("UPDATE changes SET who = 'nobody'")).toThrow(/append-only/);
    expect(() => db.exec("DELETE FROM changes")).toThrow(/append-only/);
    db.close();
  });
});

describe("several changes at once", () => {
  test("are kept together", () => {
    const { registry, openAgain } = temporaryRegistry();
    registry.atomically(() => {
      registry.addDevice({ id: "soil-1" }, 1);
      registry.as("lan").addDevice({ id: "soil-2" }, 1);
    });
    expect(openAgain().devices()).toHaveLength(2);
    expect(registry.changes(0, 10).map(({ who }) => who)).toEqual(["system", "lan"]);
  });

  test("leave nothing behind when one of them is refused", () => {
    const { registry, openAgain } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    const work = () =>
      registry.atomically(() => {
        registry.rotateSecret("soil-1", 2);
        registry.addDevice({ id: "soil-2" }, 2);
        expect(registry.device("soil-2")).toBeDefined();
        registry.addDevice({ id: "soil-1" }, 2);
      });
    expect(work).toThrow(expect.objectContaining({ code: "already-exists" }));
    for (const seen of [registry, openAgain()]) {
      expect(seen.devices().map(({ id }) => id)).toEqual(["soil-1"]);
      expect(seen.verifyDevice("soil-1", secret, 3)).toBe(true);
      expect(seen.revision()).toBe(1);
    }
    expect(registry.addDevice({ id: "soil-2" }, 4).device.addedAtMs).toBe(4);
    expect(registry.revision()).toBe(2);
  });
});

describe("the file", () => {
  test("opens only with the key it was made with", () => {
    const { registry, file } = temporaryRegistry();
    registry.addDevice({ id: "soil-1" }, 1);
    expect(() => openRegistry(file, randomBytes(32))).toThrow(expect.objectContaining({ code: "wrong-key" }));
  });

  test("is not made with a key that could be guessed", () => {
    expect(() => openRegistry(":memory:", new Uint8Array(16))).toThrow(/has 16 bytes; right are 32/);
  });

  test("holds neither a secret nor the key", () => {
    const { registry, file, secretKey } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    const db = new DatabaseSync(file);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    const blobs = tables.flatMap(({ name }) =>
      db
        .prepare(`SELECT * FROM ${name}`)
        .all()
        .flatMap((row) => Object.values(row)),
    );
    db.close();
    const dump = blobs.map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value,
    );
    expect(dump.join("\n")).toContain("soil-1");
    for (const hidden of [
      secret,
      Buffer.from(secret, "base64url").toString("hex"),
      Buffer.from(secretKey).toString("hex"),
    ]) {
      expect(dump.join("\n")).not.toContain(hidden);
    }
  });

  test("is as before when the step to a newer schema fails", () => {
    const { registry, file, secretKey } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    registry.close();
    expect(() =>
      openSqlite(file, [...migrations, "DROP TABLE moves; ALTER TABLE nowhere ADD COLUMN x"]),
    ).toThrow(/nowhere/);
    const again = openRegistry(file, secretKey);
    expect(again.verifyDevice("soil-1", secret, 2)).toBe(true);
    expect(again.placementsOf("soil-1")).toEqual([]);
    again.close();
  });

  test("is as before when the process is killed within the step to a newer schema", async () => {
    const { registry, file, secretKey } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    registry.close();
    const opener = new URL("../../sqlite/open-sqlite.ts", import.meta.url).href;
    // A step that drops a table and then never ends.
    const step =
      "DROP TABLE moves; CREATE TABLE half AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT max(i) FROM n";
    const migrating = spawn(process.execPath, [
      "--input-type=module",
      "--eval",
      `import { openSqlite } from ${JSON.stringify(opener)};
       import { migrations } from ${JSON.stringify(new URL("./schema.ts", import.meta.url).href)};
       openSqlite(${JSON.stringify(file)}, [...migrations, ${JSON.stringify(step)}]);`,
    ]);
    await writeLocked(file, migrating);
    migrating.kill("SIGKILL");
    await once(migrating, "exit");
    const again = openRegistry(file, secretKey);
    expect(again.verifyDevice("soil-1", secret, 2)).toBe(true);
    expect(again.placementsOf("soil-1")).toEqual([]);
    again.close();
  });

  test("of a newer program is left alone", () => {
    const { registry, file, secretKey } = temporaryRegistry();
    registry.close();
    openSqlite(file, [...migrations, "CREATE TABLE later (x)"]).close();
    expect(() => openRegistry(file, secretKey)).toThrow(/written by a newer version/);
  });
});

/** Resolves once the other process, while it lives, holds the write lock. */
async function writeLocked(file: string, holder: ChildProcess): Promise<void> {
  const db = new DatabaseSync(file);
  const locked = () => {
    try {
      db.exec("BEGIN IMMEDIATE; ROLLBACK");
      return false;
    } catch {
      return true;
    }
  };
  while (!locked()) {
    if (holder.exitCode !== null) throw new Error(`ended with ${holder.exitCode}`);
    await setImmediate();
  }
  db.close();
}
