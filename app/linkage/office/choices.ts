import { dateOf, daysAfter } from "../../../calendar/index.ts";
import {
  lastClosedQuarter,
  type ProvincePlan,
  plans,
  type RegisterContents,
  reportPeriod,
} from "../../../linkage/index.ts";
import { LinkageProblem } from "../../http/linkage-office.ts";
import type { LinkageChoices, Period } from "../../http/linkage-shapes.ts";

const mostPeriods = 12;

export function choicesOf(contents: RegisterContents, plan: ProvincePlan, nowMs: number): LinkageChoices {
  return {
    plan: plan.id,
    period: usualPeriod(plan, nowMs),
    plans: plans.map(({ id, name }) => ({ id, name })),
    periods: periodsOn(plan, nowMs),
    records: {
      models: contents.model.length,
      zones: contents.zone.length,
      cooperatives: contents.cooperative.length,
    },
  };
}

/** @throws LinkageProblem when there is no such plan */
export function planNamed(id: string): ProvincePlan {
  const plan = plans.find((one) => one.id === id);
  if (plan === undefined) {
    const known = plans.map((one) => one.id).join(", ");
    throw new LinkageProblem("invalid", `There is no plan "${id}"; known are ${known}.`);
  }
  return plan;
}

/** The one that the configuration names; else that of the province on whose land most key products lie. */
export function usualPlan(contents: RegisterContents, chosen: string | null): ProvincePlan {
  return ownPlans(contents, chosen)[0] ?? plans[0]!;
}

/** The one that the configuration names; else those on whose land key products lie, most of them first. */
export function ownPlans(contents: RegisterContents, chosen: string | null): readonly ProvincePlan[] {
  if (chosen !== null) return [planNamed(chosen)];
  const provinces = contents["key-product"].map(({ unitCode }) => unitCode.slice(0, 2));
  const named = (plan: ProvincePlan) => provinces.filter((code) => code === plan.codeSince).length;
  return plans.filter((plan) => named(plan) > 0).toSorted((a, b) => named(b) - named(a));
}

export function usualPeriod({ calendar }: ProvincePlan, nowMs: number): string {
  return lastClosedQuarter(dateOf(nowMs), calendar).name;
}

/** Quarters and years that have begun, newest first; a year stands before its last quarter. */
function periodsOn({ calendar }: ProvincePlan, nowMs: number): Period[] {
  const yesterday = daysAfter(dateOf(nowMs), -1);
  const thisYear = Number(yesterday.slice(0, 4));
  return [thisYear + 1, thisYear, thisYear - 1, thisYear - 2]
    .flatMap((year) => [`${year}`, ...[4, 3, 2, 1].map((quarter) => `${year}-Q${quarter}`)])
    .map((name) => reportPeriod(name, calendar)!)
    .filter(({ from }) => from <= yesterday)
    .map(({ name, from, to, cutOff, lateUntil }) => ({
      name,
      from,
      to,
      closed: to <= yesterday,
      freezable: cutOff <= yesterday,
      lateUntil,
      late: lateUntil <= yesterday,
    }))
    .slice(0, mostPeriods);
}
