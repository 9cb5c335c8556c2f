import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { quantities } from "../../devices/index.ts";
import type { Completeness, HourlyMean } from "../../ingest/stores/reading-store.ts";
import type {
  CountingRule,
  ProvincePlan,
  Register,
  RegisterContents,
  ReportPeriod,
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

interface Asked {
  readonly plan: string;
  readonly period?: string;
  readonly rule?: string;
}

/** Counts a period of a plan, with the readings of the running server. The register stands as it is known now. */
export async function countLinkage(
  context: CommandContext,
  register: Register,
  asked: Asked,
): Promise<LinkageCount> {
  const { plan, period } = await meant(context, asked);
  const span = { from: period.from, to: period.to };
  return {
    plan,
    body: await counted(context, asked, { plan, period, span }, register.contentsAt(context.now())),
  };
}

/** The same as it is frozen at the cut-off, or later in a revision. */
export async function freezeLinkage(
  context: CommandContext,
  register: Register,
  snapshots: Snapshots,
  asked: Asked & { readonly reason?: string },
): Promise<LinkageCount> {
  const { freezeOf } = await import("../../linkage/index.ts");
  const { plan, period } = await meant(context, asked);
  const isFirst = !snapshots.all().some((one) => one.plan === plan.id && one.period === period.name);
  const frozen = freezeOf(period, isFirst, { nowMs: context.now(), reason: asked.reason });
  const contents = register.contentsAt(frozen.registerAtMs);
  const body = await counted(context, asked, { plan, period, span: frozen.span }, contents);
  return { plan, body: { ...body, frozen } };
}

interface Meant {
  readonly plan: ProvincePlan;
  readonly period: ReportPeriod;
}

async function meant(context: CommandContext, asked: Asked): Promise<Meant> {
  const { lastClosedQuarter, reportPeriod } = await import("../../linkage/index.ts");
  const plan = await planNamed(asked.plan);
  const today = new Date(context.now() + 7 * 3_600_000).toISOString().slice(0, 10);
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
  asked: Asked,
  { plan, period, span }: Meant & { readonly span: { readonly from: string; readonly to: string } },
  contents: RegisterContents,
): Promise<SnapshotBody> {
  const linkage = await import("../../linkage/index.ts");
  const { snapshotBody } = await import("../linkage/snapshot-body.ts");
  const rule = await ruleIn(asked.rule);
  const units = linkage.createUnitBook(linkage.shippedUnits());
  return withRegistry(context, async (registry) => {
    const source = createEvidenceSource({
      registry,
      readings: serverReadings(context),
      quantities: quantities.keys(),
      acknowledgements: (device) => acknowledgements(context, device),
    });
    const evidence = await linkage.countEvidence(span, { contents, units, source, rule });
    return snapshotBody(plan, period.name, evidence, { contents, units, rule });
  });
}

async function planNamed(id: string): Promise<ProvincePlan> {
  const { createUnitBook, planFor, plans, shippedUnits } = await import("../../linkage/index.ts");
  const plan = planFor(id, createUnitBook(shippedUnits()));
  if (plan === undefined)
    throw new UserError(
      `There is no plan "${id}"; known are ${plans.map((one) => one.id).join(", ")}, and tinh-68 and so on for the national targets.`,
    );
  return plan;
}

async function ruleIn(file: string | undefined): Promise<CountingRule> {
  const { CountingRule } = await import("../../linkage/index.ts");
  if (file === undefined) return CountingRule.parse({});
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

/** A person took care of it: acknowledgements by nobody are none. */
async function acknowledgements(context: CommandContext, device: string): Promise<number[]> {
  const query = new URLSearchParams({ device, state: "all", limit: "1000" });
  const { alerts } = await askLocalServer<{
    alerts: { acknowledgedAtMs: number | null; acknowledgedBy: string | null }[];
  }>(context, `/alerts?${query}`);
  return alerts.flatMap(({ acknowledgedAtMs, acknowledgedBy }) =>
    acknowledgedAtMs === null || acknowledgedBy === null ? [] : [acknowledgedAtMs],
  );
}
