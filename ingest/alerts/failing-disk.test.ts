import { expect, test } from "vitest";
import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { migrations } from "./schema.ts";
import { createField, dry, hour, noon, rulesOf } from "./test-field.ts";

const moisture = (value: number, receivedAtMs: number) => ({ receivedAtMs, readings: [{ value }] });

test("while nothing can be saved the watch goes on; later everything is saved and told, once", () => {
  const field = createField({ rules: rulesOf([dry]) });
  const saboteur = openSqlite(field.file, migrations);
  saboteur.exec("ALTER TABLE cursor RENAME TO away");
  field.arrives(moisture(24, noon), moisture(30, noon + hour), moisture(23, noon + 2 * hour));
  field.takes(1);
  field.takes();
  field.watch.tick(noon + 2 * hour);
  expect(field.watch.failing()).toBeInstanceOf(Error);
  expect(field.heard).toEqual([]);
  expect(field.watch.cursor()).toBe(0);
  expect(() => field.watch.acknowledge("none", "lan", noon)).not.toThrow();

  saboteur.exec("ALTER TABLE away RENAME TO cursor");
  saboteur.close();
  field.watch.tick(noon + 2 * hour + 1000);
  expect(field.watch.failing()).toBeNull();
  expect(field.watch.cursor()).toBe(3);
  expect(field.heard.map(({ state, value }) => `${state} ${value}`)).toEqual(["resolved 24", "firing 23"]);
  field.watch.tick(noon + 2 * hour + 2000);
  expect(field.heard).toHaveLength(2);
});

test("an acknowledgement that cannot be saved is refused, not promised", () => {
  const field = createField({ rules: rulesOf([dry]) });
  field.arrives(moisture(24, noon));
  field.takes();
  const saboteur = openSqlite(field.file, migrations);
  saboteur.exec("ALTER TABLE cursor RENAME TO away");
  expect(() => field.watch.acknowledge(field.heard[0]!.id, "lan", noon)).toThrow(/cursor/);
  saboteur.exec("ALTER TABLE away RENAME TO cursor");
  saboteur.close();
});
