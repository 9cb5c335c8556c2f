import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { parse } from "yaml";
import { dateOf } from "../../calendar/index.ts";
import { quantities } from "../../devices/index.ts";
import type { Completeness, HourlyMean } from "../../ingest/stores/reading-store.ts";
import type {
  CountingRule,
  ProvincePlan,
  Register,
  RegisterContents,
  ReportPeriod,
  Snapshot,
  SnapshotBody,
  Snapshots,
} from "../../linkage/index.ts";
import { createEvidenceSource, type HourlyReadings } from "../linkage/evidence-source.ts";
import { type CommandContext, UserError } from "./context.ts";
import { askLocalServer } from "./local-server.ts";
import { withRegistry } from "./registry-of.ts";

export interface LinkageCount {
  readonly plan: ProvincePlan;
  readonly body: SnapshotBody;
}

export interface CountOptions {
  readonly plan?: string;
  readonly period?: string;
  readonly rule?: string;
}

/** What every command that counts is told. */
export function countOptions(command: Command): Command {
  return command
    .option(
      "--plan <id>",
      "whose targets: ha-tinh, nghe-an, hue, gia-lai, hai-duong; tinh-68 …: national ones (default: linkage.plan of the configuration)",
    )
    .option("--period <name>", "2026-Q1 or 2026 (default: the last quarter that has closed)")
    .option(
      "--rule <file>",
      "the counting rule as YAML or JSON (default: linkage.rule of the configuration, by which the server counts)",
    );
}

/** Counts a period of a plan, with the readings of the running server. The register stands as it is known now. */
export async function countLinkage(
  context: CommandContext,
  register: Register,
  asked: CountOptions,
): Promise<LinkageCount> {
  const { plan, period } = await meant(context, asked);
  const span = { from: period.from, to: period.to };
  return {
    plan,
    body: await counted(context, asked, { plan, period, span }, register.contentsAt(context.now())),
  };
}

export interface Proposed {
  readonly snapshot: Snapshot;
  readonly body: SnapshotBody;
}

/**
 * Proposes what was frozen at the cut-off; where nothing was, the same count as it is frozen then, or later in a revision.
 *
 * @throws UserError of another rule than that by which it was frozen
 */
export async function freezeLinkage(
  context: CommandContext,
  register: Register,
  snapshots: Snapshots,
  asked: CountOptions & { readonly who: string; readonly reason?: string },
): Promise<Proposed> {
  const { freezeOf } = await import("../../linkage/index.ts");
  const { plan, period } = await meant(context, asked);
  const nowMs = context.now();
  const isOf = (one: { plan: string; period: string }) => one.plan === plan.id && one.period === period.name;
  const draft = snapshots.drafts().find(isOf);
  if (draft !== undefined) {
    if (asked.rule !== undefined)
      throw new UserError(
        `The figures of ${plan.id} ${period.name} were frozen at the cut-off with their rule: leave out --rule.`,
      );
    const snapshot = snapshots.proposeDraft(plan.id, period.name, asked.who, nowMs);
    return { snapshot, body: snapshots.body(snapshot.id) };
  }
  const isFirst = !snapshots.all().some(isOf);
  const frozen = freezeOf(period, isFirst, { nowMs, reason: asked.reason });
  const contents = register.contentsAt(frozen.registerAtMs);
  const count = await counted(context, asked, { plan, period, span: frozen.span }, contents);
  const body = { ...count, frozen };
  return { snapshot: snapshots.propose(body, asked.who, nowMs), body };
}

interface Meant {
  readonly plan: ProvincePlan;
  readonly period: ReportPeriod;
}

async function meant(context: CommandContext, asked: CountOptions): Promise<Meant> {
  const { lastClosedQuarter, reportPeriod } = await import("../../linkage/index.ts");
  const plan = await planNamed(asked.plan ?? context.settings().linkage.plan);
  const today = dateOf(context.now());
  const period =
    asked.period === undefined
      ? lastClosedQuarter(today, plan.calendar)
      : reportPeriod(asked.period, plan.calendar);
  if (period === undefined)
    throw new UserError(`"${asked.period}" is no period: 2026-Q1 to 2026-Q4, or 2026.`);
  return { plan, period };
}

async function counted(
  context: CommandContext,
  asked: CountOptions,
  { plan, period, span }: Meant & { readonly span: { readonly from: string; readonly to: string } },
  contents: RegisterContents,
): Promise<SnapshotBody> {
  const linkage = await import("../../linkage/index.ts");
  const { snapshotBody } = await import("../linkage/snapshot-body.ts");
  const rule = asked.rule === undefined ? context.settings().linkage.rule : await ruleIn(asked.rule);
  const units = linkage.createUnitBook(linkage.shippedUnits());
  return withRegistry(context, async (registry) => {
    const source = createEvidenceSource({
      registry,
      readings: serverReadings(context),
      quantities: quantities.keys(),
      acknowledgements: (device, during) => acknowledgements(context, device, during),
    });
    const evidence = await linkage.countEvidence(span, { contents, units, source, rule });
    return snapshotBody(plan, period.name, evidence, { contents, units, rule });
  });
}

async function planNamed(id: string | null): Promise<ProvincePlan> {
  const { createUnitBook, planFor, plans, shippedUnits } = await import("../../linkage/index.ts");
  const known = `known are ${plans.map((one) => one.id).join(", ")}, and tinh-68 and so on for the national targets`;
  if (id === null)
    throw new UserError(`Say whose targets with --plan, or in the configuration as linkage.plan; ${known}.`);
  const plan = planFor(id, createUnitBook(shippedUnits()));
  if (plan === undefined) throw new UserError(`There is no plan "${id}"; ${known}.`);
  return plan;
}

async function ruleIn(file: string): Promise<CountingRule> {
  const { CountingRule } = await import("../../linkage/index.ts");
  let value: unknown;
  try {
    value = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = CountingRule.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${file} ${path.join(".")}: ${message}`);
  throw new UserError(problems.join("\n"));
}

/** The server gives 250,000 hours in one answer and no more. */
const mostHours = 200_000;

function serverReadings(context: CommandContext): HourlyReadings {
  const query = (
    span: { fromMs: number; toMs: number; quantity: string },
    devices: readonly string[] = [],
  ) => {
    const { fromMs, toMs, quantity } = span;
    const text = new URLSearchParams({ fromMs: String(fromMs), toMs: String(toMs), quantity });
    for (const device of devices) text.append("device", device);
    return text;
  };
  return {
    hourlyMeans: async ({ devices, ...span }) => {
      const atOnce = Math.max(1, Math.floor(mostHours / ((span.toMs - span.fromMs) / 3_600_000)));
      const hours: HourlyMean[] = [];
      for (let first = 0; first < devices.length; first += atOnce) {
        const asked = query(span, devices.slice(first, first + atOnce));
        const answer = await askLocalServer<{ hours: HourlyMean[] }>(context, `/hourly-means?${asked}`);
        for (const hour of answer.hours) hours.push(hour);
      }
      return hours;
    },
    completeness: async (span) =>
      (await askLocalServer<{ devices: Completeness[] }>(context, `/completeness?${query(span)}`)).devices,
  };
}

async function acknowledgements(
  context: CommandContext,
  device: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<readonly number[]> {
  const query = new URLSearchParams({ fromMs: String(fromMs), toMs: String(toMs) });
  const path = `/devices/${encodeURIComponent(device)}/acknowledgements?${query}`;
  return (await askLocalServer<{ acknowledgedAtMs: number[] }>(context, path)).acknowledgedAtMs;
}
