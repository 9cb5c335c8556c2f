import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { temporaryRegistry } from "./temporary-registry.ts";

test("a person is kept with a telephone number that can be dialled", () => {
  const { registry, openAgain } = temporaryRegistry();
  registry.addPlace({ id: "pond-1", kind: "pond", name: "Ao 1" }, 1);
  const an = registry.addPerson(
    {
      id: "an",
      name: "Nguyễn Văn An",
      role: "farmer",
      phone: "0912 345 678",
      email: "an@example.vn",
      places: ["pond-1"],
    },
    2,
  );
  expect(an).toEqual({
    id: "an",
    name: "Nguyễn Văn An",
    role: "farmer",
    language: "vi",
    phone: "+84912345678",
    email: "an@example.vn",
    zalo: null,
    telegram: null,
    webPush: null,
    places: ["pond-1"],
    communes: [],
    telling: { media: {}, digestAt: null },
    passwordVersion: 0,
    mustChangePassword: false,
    addedAtMs: 2,
  });
  expect(openAgain().people()).toEqual([an]);
});

test("bad fields are refused with what would be right", () => {
  const { registry } = temporaryRegistry();
  const add = (fields: object) => () =>
    registry.addPerson({ id: "an", name: "An", role: "officer", ...fields }, 1);
  expect(add({ phone: "12" })).toThrow(/phone: must be a telephone number such as 0912 345 678/);
  expect(add({ email: "an@" })).toThrow(/email: must be an e-mail address/);
  expect(add({ communes: ["1868"] })).toThrow(/communes.0: must be the commune's five digits/);
  expect(add({ places: ["pond-9"] })).toThrow(/no place "pond-9"/);
  expect(add({ role: "king" })).toThrow(/role: /);
  expect(registry.people()).toEqual([]);
});

test("the right password is the person's, a wrong one is nobody's", async () => {
  const { registry } = temporaryRegistry();
  registry.addPerson({ id: "lan", name: "Lan", role: "officer" }, 1);
  const lan = await registry.setPassword("lan", "đồng lúa xanh", 2);
  expect(await registry.verifyPassword("lan", "đồng lúa xanh")).toEqual(lan);
  expect(await registry.verifyPassword("lan", "đồng lúa xanh ")).toBeUndefined();
  expect(await registry.verifyPassword("minh", "đồng lúa xanh")).toBeUndefined();
});

test("a password is the same however its letters were composed", async () => {
  const { registry } = temporaryRegistry();
  registry.addPerson({ id: "lan", name: "Lan", role: "officer" }, 1);
  await registry.setPassword("lan", "đồng lúa xanh".normalize("NFC"), 2);
  expect(await registry.verifyPassword("lan", "đồng lúa xanh".normalize("NFD"))).toBeDefined();
});

test("who has no password yet cannot sign in", async () => {
  const { registry } = temporaryRegistry();
  registry.addPerson({ id: "an", name: "An", role: "farmer" }, 1);
  expect(await registry.verifyPassword("an", "")).toBeUndefined();
});

test("a new password ends what the old one began, and is not lost by other changes", async () => {
  const { registry } = temporaryRegistry();
  registry.addPerson({ id: "lan", name: "Lan", role: "officer" }, 1);
  const first = await registry.setPassword("lan", "mot hai ba bon", 2, { mustChange: true });
  expect(first).toMatchObject({ passwordVersion: 1, mustChangePassword: true });
  await registry.setPassword("lan", "nam sau bay tam", 3);
  const renamed = registry.updatePerson("lan", { name: "Trần Thị Lan" }, 4);
  expect(renamed).toMatchObject({ passwordVersion: 2, mustChangePassword: false });
  expect(await registry.verifyPassword("lan", "mot hai ba bon")).toBeUndefined();
  expect(await registry.verifyPassword("lan", "nam sau bay tam")).toEqual(renamed);
});

test("a password that changes while it is being checked opens nothing", async () => {
  const { registry } = temporaryRegistry();
  registry.addPerson({ id: "lan", name: "Lan", role: "officer" }, 1);
  await registry.setPassword("lan", "mot hai ba bon", 2);
  const setting = registry.setPassword("lan", "nam sau bay tam", 3);
  const checking = registry.verifyPassword("lan", "mot hai ba bon");
  await setting;
  expect(await checking).toBeUndefined();
});

test("a short password is refused", async () => {
  const { registry } = temporaryRegistry();
  registry.addPerson({ id: "lan", name: "Lan", role: "officer" }, 1);
  await expect(registry.setPassword("lan", "123456789", 2)).rejects.toThrow(/at least 10 characters/);
});

test("what is kept for ever knows no name, number, address or password of anybody", async () => {
  const { registry, file } = temporaryRegistry();
  const personal = { name: "Nguyễn Văn An", phone: "0912345678", email: "an@example.vn" };
  registry.addPerson({ id: "an", role: "farmer", ...personal }, 1);
  registry.writeConsent(
    { person: "an", purpose: "alerts", medium: "sms", given: true, how: "form", textVersion: "1" },
    1,
  );
  registry.updatePerson("an", { phone: "0987654321" }, 2);
  await registry.setPassword("an", "mot hai ba bon", 3);
  registry.removePerson("an", 4);
  expect(registry.changes(0, 10).map(({ action }) => action)).toEqual([
    "added",
    "consented",
    "changed",
    "password-set",
    "consented",
    "removed",
  ]);
  expect(registry.changes(2, 1)[0]?.after).toMatchObject({ changed: ["phone"] });
  const db = new DatabaseSync(file);
  const left = JSON.stringify([
    db.prepare("SELECT * FROM changes").all(),
    db.prepare("SELECT * FROM people").all(),
    db.prepare("SELECT * FROM addresses").all(),
    db.prepare("SELECT * FROM consents").all(),
  ]);
  db.close();
  expect(left).toContain('"an"');
  for (const text of ["Nguyễn", "912345678", "987654321", "example.vn", "scrypt", "mot hai"]) {
    expect(left).not.toContain(text);
  }
});

test("the last administrator stays one", () => {
  const { registry } = temporaryRegistry();
  registry.addPerson({ id: "lan", name: "Lan", role: "admin" }, 1);
  const last = expect.objectContaining({
    code: "in-use",
    message: expect.stringContaining("last administrator"),
  });
  expect(() => registry.removePerson("lan", 2)).toThrow(last);
  expect(() => registry.updatePerson("lan", { role: "officer" }, 2)).toThrow(last);
  expect(registry.updatePerson("lan", { name: "Trần Thị Lan" }, 2).role).toBe("admin");
  registry.addPerson({ id: "minh", name: "Minh", role: "admin" }, 3);
  registry.removePerson("lan", 4);
  expect(registry.people().map(({ id }) => id)).toEqual(["minh"]);
});

test("how somebody likes to be told is kept, and what cannot be is refused", () => {
  const { registry, openAgain } = temporaryRegistry();
  registry.addPerson({ id: "an", name: "An", role: "farmer" }, 1);
  const telling = {
    media: { critical: ["sms", "voice"], info: [] },
    quietHours: null,
    digestAt: "06:30",
  } as const;
  registry.updatePerson("an", { telling }, 2);
  expect(openAgain().person("an")?.telling).toEqual(telling);
  const wrong = { media: {}, digestAt: "6:30" };
  expect(() => registry.updatePerson("an", { telling: wrong }, 3)).toThrow(/a time of day such as 06:30/);
});
