import { createSecretKey, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { openRegistry } from "./registry.ts";
import { migrations } from "./schema.ts";
import { checkKey } from "./secrets.ts";
import { temporaryRegistry } from "./temporary-registry.ts";

const hoa = {
  id: "hoa",
  name: "Hoa",
  role: "farmer",
  phone: "0912 345 678",
  email: "Hoa@Example.vn",
  zalo: "8421",
  telegram: "77",
} as const;

test("an address is found however it is written, and stands nowhere in the file as it is", () => {
  const { registry, file, openAgain } = temporaryRegistry();
  registry.addPerson(hoa, 1);
  const again = openAgain();
  expect(again.person("hoa")).toMatchObject({ phone: "+84912345678", email: "Hoa@Example.vn", zalo: "8421" });
  const idsAt = (...about: Parameters<typeof again.peopleAt>) => again.peopleAt(...about).map(({ id }) => id);
  expect(idsAt("phone", "0084 912 345 678")).toEqual(["hoa"]);
  expect(idsAt("email", "hoa@example.VN")).toEqual(["hoa"]);
  expect(idsAt("zalo", "8421")).toEqual(["hoa"]);
  expect(idsAt("telegram", "8421")).toEqual([]);
  const bytes = readFileSync(file).toString("latin1") + readFileSync(`${file}-wal`).toString("latin1");
  for (const text of ["912345678", "xample.vn"]) expect(bytes).not.toContain(text);
});

test("a family's one telephone belongs to all of them", () => {
  const { registry } = temporaryRegistry();
  for (const id of ["hoa", "binh"])
    registry.addPerson({ id, name: id, role: "farmer", phone: "0912345678" }, 1);
  registry.addPerson({ id: "lan", name: "Lan", role: "farmer", phone: "0912345679" }, 1);
  expect(registry.peopleAt("phone", "0912345678").map(({ id }) => id)).toEqual(["binh", "hoa"]);
});

test("a changed address is no longer found, and a person's addresses go with them", () => {
  const { registry, file } = temporaryRegistry();
  registry.addPerson(hoa, 1);
  registry.updatePerson("hoa", { phone: null }, 2);
  expect(registry.peopleAt("phone", "0912345678")).toEqual([]);
  registry.removePerson("hoa", 3);
  expect(registry.peopleAt("zalo", "8421")).toEqual([]);
  const db = new DatabaseSync(file);
  expect(db.prepare("SELECT * FROM addresses").all()).toEqual([]);
  db.close();
});

test("an address moved to another person's row is not opened", () => {
  const { registry, file, secretKey } = temporaryRegistry();
  registry.addPerson(hoa, 1);
  registry.addPerson({ id: "thief", name: "X", role: "farmer" }, 1);
  const db = new DatabaseSync(file);
  db.exec("UPDATE addresses SET person = 'thief' WHERE kind = 'phone'");
  db.close();
  expect(() => openRegistry(file, secretKey)).toThrow(/authenticate/);
});

test("numbers and addresses that an older version kept open are sealed, and nothing of them is left in the file", () => {
  const { file } = temporaryRegistry();
  const older = `${file}.older`;
  const secretKey = randomBytes(32);
  // The schema before addresses were sealed had two steps.
  const db = openSqlite(older, migrations.slice(0, 2));
  checkKey(db, createSecretKey(secretKey));
  const insert = db.prepare(
    "INSERT INTO people VALUES (?, ?, 'farmer', 'vi', ?, ?, '[]', '[]', NULL, 0, 'false', 1)",
  );
  insert.run("hoa", "Hoa", "+84912345678", "hoa@example.vn");
  insert.run("binh", "Bình", null, null);
  db.close();

  const registry = openRegistry(older, secretKey);
  expect(registry.person("hoa")).toMatchObject({
    phone: "+84912345678",
    email: "hoa@example.vn",
    telling: { media: {}, digestAt: null },
  });
  expect(registry.person("binh")).toMatchObject({ phone: null, email: null });
  expect(registry.peopleAt("phone", "0912345678").map(({ id }) => id)).toEqual(["hoa"]);
  registry.close();
  const bytes = readFileSync(older).toString("latin1");
  for (const text of ["912345678", "hoa@example"]) expect(bytes).not.toContain(text);
});
