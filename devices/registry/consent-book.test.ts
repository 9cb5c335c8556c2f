import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { temporaryRegistry } from "./temporary-registry.ts";

const bySms = {
  person: "hoa",
  purpose: "alerts",
  medium: "sms",
  how: "signed form",
  textVersion: "2026-11",
} as const;

function withHoa() {
  const opened = temporaryRegistry();
  opened.registry.addPerson({ id: "hoa", name: "Hoa", role: "farmer" }, 1);
  return opened;
}

test("nobody has agreed to anything before they say so", () => {
  const { registry } = withHoa();
  expect(registry.consents("hoa", "alerts", "sms")).toBe(false);
});

test("consent is for one purpose and one medium, and what was said last holds", () => {
  const { registry, openAgain } = withHoa();
  registry.writeConsent({ ...bySms, given: true }, 2);
  expect(registry.consents("hoa", "alerts", "sms")).toBe(true);
  expect(registry.consents("hoa", "alerts", "voice")).toBe(false);
  expect(registry.consents("hoa", "digest", "sms")).toBe(false);
  registry.as("hoa").writeConsent({ ...bySms, given: false, how: "reply HUY" }, 3);
  expect(registry.consents("hoa", "alerts", "sms")).toBe(false);
  expect(openAgain().consentsOf("hoa")).toEqual([
    { ...bySms, given: true, atMs: 2, who: "system" },
    { ...bySms, given: false, how: "reply HUY", atMs: 3, who: "hoa" },
  ]);
});

test("a withdrawal in another process counts after the next look", () => {
  const { registry, openAgain } = withHoa();
  registry.writeConsent({ ...bySms, given: true }, 2);
  openAgain().writeConsent({ ...bySms, given: false }, 3);
  registry.refresh();
  expect(registry.consents("hoa", "alerts", "sms")).toBe(false);
});

test("the ledger cannot be edited", () => {
  const { registry, file } = withHoa();
  registry.writeConsent({ ...bySms, given: true }, 2);
  const db = new DatabaseSync(file);
  expect(() => db.exec("UPDATE consents SET given = 'false'")).toThrow(/append-only/);
  expect(() => db.exec("DELETE FROM consents")).toThrow(/append-only/);
  db.close();
});

test("whoever gets the id of somebody who has left has agreed to nothing", () => {
  const { registry } = withHoa();
  registry.writeConsent({ ...bySms, given: true }, 2);
  registry.removePerson("hoa", 3);
  registry.addPerson({ id: "hoa", name: "Hoa khác", role: "farmer" }, 4);
  expect(registry.consents("hoa", "alerts", "sms")).toBe(false);
  expect(registry.consentsOf("hoa").map(({ given }) => given)).toEqual([true, false]);
});

test("what is no consent is refused with what would be right", () => {
  const { registry } = withHoa();
  const wrong = { ...bySms, medium: "pigeon", given: true } as unknown as typeof bySms & { given: boolean };
  expect(() => registry.writeConsent(wrong, 2)).toThrow(/medium: .*sms/);
  expect(() => registry.writeConsent({ ...bySms, person: "nobody", given: true }, 2)).toThrow(
    /no person "nobody"/,
  );
});
