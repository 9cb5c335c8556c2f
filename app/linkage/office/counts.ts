import { type DateSpan, dateOf, daysAfter } from "../../../calendar/index.ts";
import {
  type CountingRule,
  countEvidence,
  type EvidenceCount,
  type EvidenceSource,
  type ProvincePlan,
  type RegisterContents,
  type ReportPeriod,
  reportPeriod,
  type UnitBook,
} from "../../../linkage/index.ts";
import { LinkageProblem } from "../../http/linkage-office.ts";
import type { Asked } from "./asked.ts";
import type { RegisterView } from "./register-view.ts";

/** The evidence of one period, with what it was counted of. */
export interface Counted {
  readonly period: ReportPeriod;
  /** False as long as it lasts: then it is counted up to yesterday. */
  readonly closed: boolean;
  readonly countedAtMs: number;
  readonly contents: RegisterContents;
  readonly evidence: EvidenceCount;
}

/** Counts one span after the other, and remembers the last few as long as nothing they were counted of has changed. */
export interface Counts {
  /** @throws LinkageProblem when the period has not begun */
  of(period: ReportPeriod, asked: Asked): Promise<Counted>;
  /** Counted now, whatever is remembered, with this register. */
  anew(span: DateSpan, contents: RegisterContents): Promise<EvidenceCount>;
}

export interface CountsParts {
  readonly register: Pick<RegisterView, "current">;
  readonly units: UnitBook;
  readonly rule: CountingRule;
  readonly source: EvidenceSource;
}

/** Readings of a period that is over still come late; those of one that lasts come all the time. */
const keptMs = { closed: 3_600_000, open: 600_000 };
const mostKept = 4;

export function createCounts({ register, units, rule, source }: CountsParts): Counts {
  const kept = new Map<string, { readonly untilMs: number; readonly counted: Promise<Counted> }>();
  let turn: Promise<unknown> = Promise.resolve();

  /** The source answers one count at a time, and so does the database behind it. */
  function anew(span: DateSpan, contents: RegisterContents): Promise<EvidenceCount> {
    const work = () => countEvidence(span, { contents, units, source, rule });
    const done = turn.then(work, work);
    turn = done.catch(() => {});
    return done;
  }

  return {
    anew,
    async of(period, { nowMs, registryRevision }) {
      const { closed, to } = endOn(period, nowMs);
      const { contents, seq } = register.current();
      const key = [period.name, to, seq, registryRevision].join("|");
      const known = kept.get(key);
      if (known !== undefined && nowMs < known.untilMs) return known.counted;
      const counted = anew({ from: period.from, to }, contents).then((evidence) => {
        return { period, closed, countedAtMs: nowMs, contents, evidence };
      });
      kept.delete(key);
      kept.set(key, { untilMs: nowMs + (closed ? keptMs.closed : keptMs.open), counted });
      counted.catch(() => kept.delete(key));
      for (const old of kept.keys()) if (kept.size > mostKept) kept.delete(old);
      return counted;
    },
  };
}

/** @throws LinkageProblem when it is none */
export function periodOf(name: string, { calendar }: Pick<ProvincePlan, "calendar">): ReportPeriod {
  const period = reportPeriod(name, calendar);
  if (period === undefined)
    throw new LinkageProblem("invalid", `"${name}" is no period: 2026-Q1 to 2026-Q4, or 2026.`);
  return period;
}

/** The last day of the period that is over. */
function endOn({ name, from, to }: ReportPeriod, nowMs: number): { closed: boolean; to: string } {
  const yesterday = daysAfter(dateOf(nowMs), -1);
  if (from > yesterday)
    throw new LinkageProblem("invalid", `${name} begins on ${from}: no day of it is over yet.`);
  return to <= yesterday ? { closed: true, to } : { closed: false, to: yesterday };
}
