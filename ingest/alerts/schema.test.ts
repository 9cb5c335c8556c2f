import { expect, test } from "vitest";
import { openSqlite } from "../../sqlite/open-sqlite.ts";
import { migrations } from "./schema.ts";
import { createField, dry, minute, noon, rulesOf } from "./test-field.ts";

test("a file of an older version keeps its alerts, gets their histories, and its messages go on where they were", () => {
  const field = createField({ rules: rulesOf([dry]) });
  const file = `${field.file}.older`;
  // The schema before alerts had histories had one step.
  const db = openSqlite(file, migrations.slice(0, 1));
  const { fingerprint } = rulesOf([dry]).rules[0]!;
  const words = '{"vi":"x","en":"x"}';
  const alert = (id: string, state: string, ended: number | null) =>
    db
      .prepare(
        `INSERT INTO alerts VALUES (?, 'dry', ?, 'warning', ?, 'n1', 'Nút n1', 'p1', 'Thửa p1', 'm1', 'soil.moisture', 20, 25, ?, ?, ?, ?, ?, 'lan', ?, ?)`,
      )
      .run(id, fingerprint, state, words, words, noon, noon, noon + 1, ended, ended && "cleared");
  alert("open", "acknowledged", null);
  alert("over", "resolved", noon + minute);
  db.exec(`
    INSERT INTO devices VALUES ('n1', ${noon}, '{"quantities":{"soil.moisture":[${noon},{}]},"silences":{},"takenTo":-1}');
    INSERT INTO outbox (id, alert, event, notifier, urgency, created_at_ms, state, next_try_at_ms, finished_at_ms)
      VALUES ('open.fired.log', 'open', 'fired', 'log', 1, ${noon}, 'delivered', 0, ${noon}),
             ('over.resolved.log', 'over', 'resolved', 'log', 1, ${noon}, 'waiting', 0, NULL);
    INSERT INTO deliveries VALUES (1, 'open.fired.log', 1, ${noon}, 5, 'delivered', 'logged');`);
  db.close();

  const newer = createField({ rules: rulesOf([dry]), file });
  expect(newer.watch.alert("open")).toMatchObject({
    state: "acknowledged",
    acknowledgedBy: "lan",
    snoozedUntilMs: null,
    silentDevices: [],
  });
  expect(newer.watch.history("over").map(({ what, who }) => [what, who])).toEqual([
    ["fired", null],
    ["acknowledged", "lan"],
    ["resolved", null],
  ]);
  expect(newer.watch.outbox.deliveries("open")).toMatchObject([{ person: null, detail: "logged" }]);
  expect(newer.watch.outbox.claim("log", 9, noon).map(({ id }) => id)).toEqual(["over.resolved.log"]);
  newer.arrives({ receivedAtMs: noon + minute, readings: [{ value: 35 }] });
  newer.takes();
  expect(newer.watch.alert("open")).toMatchObject({ state: "resolved" });
  expect(newer.watch.history("open").at(-1)).toMatchObject({ what: "resolved", detail: "cleared" });
  expect(newer.watch.outbox.claim("log", 9, noon).map(({ id }) => id)).toEqual(["open.resolved.log"]);
});
