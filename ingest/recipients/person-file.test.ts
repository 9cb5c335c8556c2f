import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { erasePerson, personFile } from "./person-file.ts";
import { createVillage } from "./test-village.ts";

function afterAnAlert() {
  const village = createVillage();
  village.measures(2, { quantity: "water.dissolvedOxygen" });
  village.told();
  const alert = village.field.heard[0]!.id;
  village.field.watch.acknowledge(alert, "hoa", village.field.clock.nowMs);
  return { ...village, alert };
}

test("the file of a person holds all that is kept of them, and nothing of others", () => {
  const { registry, field, alert } = afterAnAlert();
  const file = personFile(registry, field.watch.persons, "hoa", 9)!;
  expect(file).toMatchObject({
    person: { id: "hoa", name: "Hoa", phone: "+84912345671", email: "hoa@example.vn" },
    places: [{ id: "p1", name: "Thửa p1", commune: null }],
    consents: [{ medium: "sms", given: true, how: "signed form" }],
    actions: [{ alert, what: "acknowledged" }],
    messages: [{ alert, event: "fired", notifier: "sms", state: "delivered" }],
  });
  expect(JSON.stringify(file)).not.toMatch(/minh|passwordVersion/);
  expect(personFile(registry, field.watch.persons, "nobody", 9)).toBeUndefined();
});

test("an erased person leaves the history of alerts as it was, under a pseudonym", () => {
  const { registry, field, alert, measures, told } = afterAnAlert();
  measures(20);
  const erase = (id: string) =>
    erasePerson(registry, field.watch.persons, { id, pseudonym: "erased-1f2e", nowMs: field.clock.nowMs });
  expect(erase("hoa")).toBe(true);

  expect(registry.person("hoa")).toBeUndefined();
  expect(told()).toEqual([]);
  expect(field.watch.alert(alert)).toMatchObject({ state: "acknowledged", acknowledgedBy: "erased-1f2e" });
  expect(field.watch.history(alert)[1]).toMatchObject({ what: "acknowledged", who: "erased-1f2e" });
  expect(field.watch.outbox.deliveries(alert).map(({ person }) => person)).toEqual(["erased-1f2e", "minh"]);
  expect(field.watch.persons.messagesTo("hoa", 9)).toEqual([]);

  field.crash();
  measures(5, { quantity: "water.dissolvedOxygen" });
  expect(field.watch.alert(alert)).toMatchObject({ state: "resolved", acknowledgedBy: "erased-1f2e" });
  expect(readFileSync(field.file).toString("latin1")).not.toMatch(/\bhoa\b/);
  expect(registry.consentsOf("hoa").at(-1)).toMatchObject({ given: false, how: "removed" });
});

test("an erasure that a crash cut short is finished by the next", () => {
  const { registry, field } = afterAnAlert();
  registry.removePerson("hoa", 5);
  const again = () =>
    erasePerson(registry, field.watch.persons, { id: "hoa", pseudonym: "erased-1", nowMs: 6 });
  expect(again()).toBe(true);
  expect(again()).toBe(false);
});

test("the last administrator is not erased, and nothing of it is done by half", () => {
  const { registry, field } = afterAnAlert();
  const erase = () =>
    erasePerson(registry, field.watch.persons, { id: "lan", pseudonym: "erased-2", nowMs: 6 });
  expect(erase).toThrow(/last administrator/);
  expect(registry.person("lan")).toBeDefined();
  expect(field.watch.persons.messagesTo("lan", 9)).toHaveLength(1);
});
