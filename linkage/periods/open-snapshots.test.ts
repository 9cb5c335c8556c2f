import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { startOfDateMs } from "../../calendar/index.ts";
import { countEvidence } from "../evidence/count-evidence.ts";
import { CountingRule } from "../evidence/counting-rule.ts";
import { sourceOf } from "../evidence/test-source.ts";
import { countIndicators } from "../indicators/count-indicators.ts";
import { planOf } from "../indicators/plans.ts";
import { edit, filledRegister, model, units } from "../registry/test-records.ts";
import { openSnapshots } from "./open-snapshots.ts";
import { reportPeriod } from "./report-period.ts";
import type { SnapshotBody } from "./snapshot-body.ts";
import { snapshotDifference } from "./snapshot-difference.ts";

const period = reportPeriod("2026-Q1")!;
/** The morning after the cut-off; later ones are so many milliseconds later. */
const after = startOfDateMs("2026-03-15");

/** A count of Hà Tĩnh's first quarter; `change` is made to the only model. */
async function count(change: object = {}): Promise<SnapshotBody> {
  const register = filledRegister();
  register.put("model", { ...model, ...change }, edit);
  const contents = register.contentsAt(edit.nowMs);
  const rule = CountingRule.parse({});
  const source = sourceOf({ placements: [], readings: [], acts: [] });
  const evidence = await countEvidence(period, { contents, units, source, rule });
  const indicators = countIndicators(planOf("ha-tinh")!, evidence, { contents, units, rule });
  return { plan: "ha-tinh", period: period.name, rule, register: contents, evidence, indicators };
}

function file() {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-snapshots-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "snapshots.db");
}

test("a snapshot is what was counted, and verifies after the file is opened again", async () => {
  const path = file();
  const body = await count();
  const first = openSnapshots(path);
  const { id } = first.propose(body, "htx-01", after + 1);
  first.close();
  const again = openSnapshots(path);
  expect(again.body(id)).toEqual(JSON.parse(JSON.stringify(body)));
  expect(again.verify(id).ok).toBe(true);
  again.close();
});

test("whoever proposed it cannot confirm it, and it is confirmed once", async () => {
  const snapshots = openSnapshots(":memory:");
  const { id } = snapshots.propose(await count(), "htx-01", after + 1);
  expect(() => snapshots.confirm(id, "htx-01", after + 2)).toThrow(/another person must confirm/);
  expect(snapshots.confirm(id, "so-nn-07", after + 3)).toMatchObject({
    confirmedBy: "so-nn-07",
    confirmedAtMs: after + 3,
  });
  expect(() => snapshots.confirm(id, "so-nn-08", after + 4)).toThrow(/confirmed by so-nn-07 already/);
  expect(() => snapshots.confirm(99, "so-nn-08", after + 4)).toThrow(/no snapshot 99/);
});

test("a later count is a revision beside the first, and shows what is otherwise", async () => {
  const snapshots = openSnapshots(":memory:");
  const first = snapshots.propose(await count(), "htx-01", after + 1);
  expect(() => snapshots.propose(first && snapshots.body(first.id), "htx-01", after + 2)).toThrow(
    /nothing has changed/,
  );
  const frozen = { kind: "revision", span: { from: "2026-06-15", to: "2026-09-14" }, reason: null } as const;
  const again = { ...snapshots.body(first.id), frozen: { ...frozen, registerAtMs: after + 2 } };
  expect(() => snapshots.propose(again, "htx-01", after + 2)).toThrow(/nothing has changed/);
  const second = snapshots.propose(await count({ proofs: [] }), "htx-01", after + 3);
  expect(second).toMatchObject({ revision: 2, confirmedBy: null });
  expect(() => snapshots.confirm(first.id, "so-nn-07", after + 4)).toThrow(/was revised: revision 2/);
  expect(snapshotDifference(snapshots.body(first.id), snapshots.body(second.id))).toEqual({
    ruleChanged: false,
    records: ["model lua-cam-binh"],
    verdicts: [
      { model: model.id, before: "iot no-data, digital yes", after: "iot no-data, digital no-data" },
    ],
    indicators: [
      {
        indicator: "zone-models-digital",
        before: "1/1 yes",
        after: "0/1 no-data",
        gained: [],
        lost: [model.id],
      },
    ],
  });
});

test("what was reported cannot be rewritten, and a file that was tampered with is found out", async () => {
  const path = file();
  const snapshots = openSnapshots(path);
  const { id } = snapshots.propose(await count(), "htx-01", after + 1);
  snapshots.close();
  const intruder = new DatabaseSync(path);
  const forge = () =>
    intruder.exec(`UPDATE snapshots SET body = replace(body, '"households":86', '"households":87')`);
  expect(forge).toThrow(/never rewritten/);
  expect(() => intruder.exec("DELETE FROM snapshots")).toThrow(/never rewritten/);
  intruder.exec("DROP TRIGGER snapshots_no_update");
  forge();
  intruder.close();
  const again = openSnapshots(path);
  expect(again.verify(id).ok).toBe(false);
  again.close();
});

test("what was frozen at the cut-off becomes the first snapshot when a person proposes it, byte by byte", async () => {
  const snapshots = openSnapshots(file());
  const draft = snapshots.keepDraft(await count(), after);
  expect(snapshots.all()).toEqual([]);
  expect(snapshots.drafts()).toEqual([draft]);
  const other = await count({ proofs: [] });
  expect(() => snapshots.keepDraft(other, after)).toThrow(/frozen already/);
  expect(() => snapshots.propose(other, "htx-01", after + 1)).toThrow(
    /frozen already: propose what was frozen/,
  );
  expect(() => snapshots.proposeDraft("ha-tinh", "2026-Q1", "Ông A", after)).toThrow(/is no id of a person/);
  const snapshot = snapshots.proposeDraft("ha-tinh", "2026-Q1", "htx-01", after + 2);
  expect(snapshot).toMatchObject({ revision: 1, hash: draft.hash, proposedBy: "htx-01", confirmedBy: null });
  expect(snapshots.verify(snapshot.id).ok).toBe(true);
  expect(snapshots.drafts()).toEqual([]);
  expect(() => snapshots.proposeDraft("ha-tinh", "2026-Q1", "htx-01", after + 3)).toThrow(/frozen already/);
  expect(() => snapshots.keepDraft(other, after + 3)).toThrow(/frozen already/);
  expect(snapshots.propose(other, "htx-01", after + 4).revision).toBe(2);
  expect(() => snapshots.proposeDraft("ha-tinh", "2026-Q2", "htx-01", after)).toThrow(/nothing of 2026-Q2/);
  snapshots.close();
});

test("a draft that was tampered with is not proposed", async () => {
  const path = file();
  const snapshots = openSnapshots(path);
  onTestFinished(() => snapshots.close());
  snapshots.keepDraft(await count(), after);
  const intruder = new DatabaseSync(path);
  const forge = () =>
    intruder.exec(`UPDATE drafts SET body = replace(body, '"households":86', '"households":87')`);
  expect(forge).toThrow(/never rewritten/);
  intruder.exec("DROP TRIGGER drafts_no_update");
  forge();
  intruder.close();
  expect(() => snapshots.proposeDraft("ha-tinh", "2026-Q1", "htx-01", after)).toThrow(/tampered with/);
});

test("no snapshot is made before the cut-off, and none by two spellings of one person", async () => {
  const snapshots = openSnapshots(":memory:");
  const body = await count();
  expect(() => snapshots.propose(body, "htx-01", after - 1)).toThrow(/close with the end of 2026-03-14/);
  expect(() => snapshots.propose(body, "Htx-01 ", after)).toThrow(/is no id of a person/);
  const { id } = snapshots.propose(body, "htx-01", after);
  expect(() => snapshots.confirm(id, "HTX-01", after)).toThrow(/is no id of a person/);
});
