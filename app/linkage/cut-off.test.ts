import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { dateOf, hourMs, startOfDateMs } from "../../calendar/index.ts";
import { sourceOf } from "../../linkage/evidence/test-source.ts";
import { CountingRule } from "../../linkage/index.ts";
import type { Log } from "../log.ts";
import { createCutOff } from "./cut-off.ts";
import { createOffice } from "./office/create-office.ts";
import { changeModel, fillRegister, quarter, riceModel } from "./testing/rice-quarter.ts";

const midnightAfter = startOfDateMs("2026-09-15");

/** A department of Hà Tĩnh whose office counts in this thread; `tick` is a server that looks at its clock. */
function department({ filled = true, plan = null as string | null } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-cut-off-"));
  const registerFile = join(folder, "linkage.db");
  if (filled) fillRegister(registerFile);
  const logged: string[] = [];
  const clock = { nowMs: 0 };
  let broken = false;
  const files = { registerFile, snapshotsFile: join(folder, "snapshots.db") };
  const office = createOffice(
    { ...files, outlinesFile: join(folder, "none.json"), rule: CountingRule.parse({}), plan },
    sourceOf({ placements: [], readings: [], acts: [] }),
  );
  onTestFinished(() => {
    office.close();
    rmSync(folder, { recursive: true });
  });
  const asked = () => ({ nowMs: clock.nowMs, registryRevision: 0 });
  const freezeDue = () => {
    if (broken) throw new Error("the disk is full");
    return office.freezeDue(undefined as never, asked());
  };
  const note = (_: object, message: string) => void logged.push(message);
  const log = { info: note, error: note } as unknown as Log;
  const start = () => createCutOff({ registerFile, office: { freezeDue: async () => freezeDue() }, log });
  let server = start();
  return {
    registerFile,
    logged,
    break: (is: boolean) => {
      broken = is;
    },
    restart: () => {
      server = start();
    },
    tick: async (nowMs: number) => {
      clock.nowMs = nowMs;
      server.tick(nowMs);
      await server.settled();
    },
    drafts: () => office.drafts(undefined as never, asked()),
    snapshots: () => office.snapshots(undefined as never, asked()),
    propose: (by: string) => office.propose({ plan: "ha-tinh", period: quarter.name, by }, asked()),
    difference: (id: number) => office.difference({ id }, asked()),
    report: (id: number) => office.report({ id, format: "html", language: "vi" }, asked()),
  };
}

test("with the end of the cut-off day the figures freeze by themselves, and a person proposes what was frozen", async () => {
  const { tick, drafts, snapshots, propose, registerFile } = department();
  await tick(midnightAfter - 1);
  await tick(midnightAfter + 9 * 60_000);
  const before = (await drafts()).map(({ period }) => period);
  expect(before).not.toContain(quarter.name);
  await tick(midnightAfter + 10 * 60_000);
  const [draft, ...others] = await drafts();
  expect(others.map(({ period }) => period)).toEqual(before);
  expect(draft).toMatchObject({
    plan: "ha-tinh",
    period: quarter.name,
    ...{ from: quarter.from, to: quarter.to, hoursLate: 0, frozenAtMs: midnightAfter + 10 * 60_000 },
  });
  expect(draft!.results.find(({ indicator }) => indicator === "zone-models-iot")).toMatchObject({
    numerator: 0,
    denominator: 2,
  });
  expect(await snapshots()).toEqual([]);

  // What an officer mends in the days between is in no first snapshot.
  changeModel(registerFile, { status: "ended" }, midnightAfter + 30 * hourMs);
  await tick(midnightAfter + 40 * hourMs);
  const snapshot = await propose("trang");
  expect(snapshot).toMatchObject({ revision: 1, hash: draft!.hash, proposedBy: "trang", confirmedBy: null });
  expect((await drafts()).map(({ period }) => period)).toEqual(before);
  const revision = await propose("trang");
  expect(revision.revision).toBe(2);
});

test("a server that was down at the cut-off freezes when it is back, with the register of the cut-off, and says how late", async () => {
  const { tick, drafts, propose, report, registerFile, restart, logged } = department();
  await tick(midnightAfter - hourMs);
  changeModel(registerFile, { status: "ended" }, midnightAfter + hourMs);
  restart();
  logged.length = 0;
  await tick(midnightAfter + 54.5 * hourMs);
  const draft = (await drafts()).find(({ period }) => period === quarter.name)!;
  expect(draft).toMatchObject({ hoursLate: 54, to: quarter.to });
  // It ended after the cut-off, so it still stands in the denominator.
  expect(draft.results.find(({ indicator }) => indicator === "zone-models-iot")!.denominator).toBe(2);
  expect(logged).toEqual(["the figures of a period were frozen at its cut-off"]);
  const { id } = await propose("trang");
  const page = new TextDecoder().decode((await report(id)).bytes);
  expect(page).toContain("Số liệu được chốt muộn 54 giờ");
});

test("each period is frozen once, over restarts; the year freezes with its last quarter", async () => {
  const { tick, drafts, restart } = department();
  const dayAfter = startOfDateMs("2026-12-15");
  for (const ms of [
    midnightAfter + hourMs,
    midnightAfter + 2 * hourMs,
    dayAfter + hourMs,
    dayAfter + 2 * hourMs,
  ]) {
    restart();
    await tick(ms);
  }
  // The register was first filled in January 2026.
  expect((await drafts()).map(({ period, frozenAtMs }) => [period, dateOf(frozenAtMs)])).toEqual([
    ["2026-Q4", "2026-12-15"],
    ["2026", "2026-12-15"],
    ["2026-Q3", "2026-09-15"],
    ["2026-Q2", "2026-09-15"],
    ["2026-Q1", "2026-09-15"],
  ]);
});

test("where nobody has registered a model nothing is frozen, and no file is made", async () => {
  const { tick, drafts, logged } = department({ filled: false, plan: "ha-tinh" });
  await tick(midnightAfter + hourMs);
  expect([await drafts(), logged]).toEqual([[], []]);
});

test("what failed is told and tried again in ten minutes", async () => {
  const { tick, drafts, logged, break: breakDown } = department();
  breakDown(true);
  await tick(midnightAfter + hourMs);
  breakDown(false);
  await tick(midnightAfter + hourMs + 60_000);
  expect([await drafts(), logged]).toEqual([
    [],
    ["figures could not be frozen at their cut-off; tried again in ten minutes"],
  ]);
  await tick(midnightAfter + hourMs + 600_000);
  expect((await drafts()).map(({ period }) => period)).toContain(quarter.name);
});

test("the plan is the configuration's, and its models those of the register", async () => {
  const { tick, drafts } = department({ plan: "nghe-an" });
  await tick(midnightAfter + hourMs);
  expect(new Set((await drafts()).map(({ plan }) => plan))).toEqual(new Set(["nghe-an"]));
  expect(riceModel.status).toBe("active");
});
