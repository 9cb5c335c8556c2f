import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rulesFile } from "../rules/index.ts";
import { nobody } from "./audience.ts";
import { type Note, type Notes, openNotes } from "./notes.ts";
import { openWatch } from "./open-watch.ts";
import type { Watch } from "./watch.ts";

const nowMs = Date.UTC(2026, 10, 21, 5);
const later = nowMs + 3_600_000;
let folder: string;
let watch: Watch;
let notes: Notes;
let announced = 0;

/** Everybody is reached by the notifier `sms`. */
const reachable = {
  ...nobody,
  recipient: (personId: string) => ({ personId, language: "vi" as const, address: `+84${personId}` }),
};

function open(): void {
  const file = join(folder, "alerts.sqlite");
  watch = openWatch({
    file,
    rules: rulesFile.parse({ rules: [] }),
    audience: reachable,
    where: () => undefined,
    intervalOf: () => null,
    names: { device: (id) => id, place: (id) => id },
    journalEnd: () => 0,
    now: () => nowMs,
    log: { info() {}, warn() {}, error() {} },
  });
  notes = openNotes(file, () => {
    announced++;
  });
}

function close(): void {
  notes.close();
  watch.close();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-notes-"));
  announced = 0;
  open();
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true, force: true });
});

const note = (more: Partial<Note> = {}): Note => ({
  from: "flows",
  key: "1",
  severity: "critical",
  device: "bom-1",
  deviceName: "Máy bơm",
  place: "ruong-1",
  placeName: "Ruộng nhà Hoa",
  linkageModel: null,
  title: { vi: "Máy bơm không chạy", en: "The pump does not run" },
  advice: { vi: "Ra xem máy bơm.", en: "Look after the pump." },
  tellings: [{ person: "hoa", notifier: "sms", event: "fired", dueAtMs: nowMs }],
  ...more,
});

test("a note waits for its person, and is announced", () => {
  expect(notes.keep(note(), nowMs)).toBe(true);
  expect(announced).toBe(1);
  expect(watch.outbox.claim("sms", 10, nowMs)).toMatchObject([
    {
      event: "fired",
      recipient: { personId: "hoa" },
      alert: { rule: "service:flows", deviceName: "Máy bơm" },
    },
  ]);
});

test("the same key again is the same note, of another service it is another", () => {
  notes.keep(note(), nowMs);
  expect(notes.keep(note({ title: { vi: "Khác", en: "Other" } }), later)).toBe(false);
  expect(notes.keep(note({ from: "others" }), later)).toBe(true);
  expect(watch.alerts({ state: "all", limit: 10 })).toHaveLength(2);
});

test("a note outlives a crash, and the watch does not take it for an open alert", () => {
  notes.keep(note(), nowMs);
  close();
  open();
  expect(watch.counters()).toMatchObject({ openAlerts: 0, resolved: { "rule-changed": 0 } });
  expect(watch.outbox.claim("sms", 10, later)).toHaveLength(1);
});

test("nobody is asked to acknowledge a note, and nobody hears that it is over", () => {
  notes.keep(note(), nowMs);
  watch.tick(later);
  const [claim, ...more] = watch.outbox.claim("sms", 10, later);
  expect(claim).not.toHaveProperty("acknowledge");
  expect(more).toEqual([]);
});

test("a note has a history and its deliveries like any alert", () => {
  notes.keep(note(), nowMs);
  const [{ id } = { id: "" }] = watch.alerts({ state: "resolved", limit: 1 });
  expect(watch.history(id)).toMatchObject([{ what: "fired", atMs: nowMs }]);
  const [claim] = watch.outbox.claim("sms", 1, nowMs);
  watch.outbox.settle(claim!, { atMs: nowMs, tookMs: 5 }, { outcome: "delivered", detail: "ok" });
  expect(watch.outbox.deliveries(id)).toMatchObject([{ person: "hoa", outcome: "delivered" }]);
});
