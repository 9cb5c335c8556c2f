import { dateOf, daysAfter } from "../../../linkage/dates/local-date.ts";
import {
  type CountingRule,
  countEvidence,
  type EvidenceCount,
  type EvidenceSource,
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

/** Counts periods, one at a time, and remembers the last few as long as nothing they were counted of has changed. */
export interface Counts {
  /** @throws LinkageProblem when it is no period, or has not begun */
  of(period: string, asked: Asked): Promise<Counted>;
  /** Counted now, whatever is remembered. */
  anew(period: string, asked: Asked): Promise<Counted>;
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
  const kept = new Map<string, { readonly atMs: number; readonly counted: Promise<Counted> }>();
  let turn: Promise<unknown> = Promise.resolve();

  async function count(period: ReportPeriod, closed: boolean, to: string, nowMs: number): Promise<Counted> {
    const { contents } = register.current();
    const span = { from: period.from, to };
    const evidence = await countEvidence(span, { contents, units, source, rule });
    return { period, closed, countedAtMs: nowMs, contents, evidence };
  }

  function inTurn(work: () => Promise<Counted>): Promise<Counted> {
    const done = turn.then(work, work);
    turn = done.catch(() => {});
    return done;
  }

  function anew(name: string, { nowMs, registryRevision }: Asked): Promise<Counted> {
    const { period, closed, to } = spanOf(name, nowMs);
    const key = [name, to, register.current().seq, registryRevision].join("|");
    const counted = inTurn(() => count(period, closed, to, nowMs));
    kept.delete(key);
    kept.set(key, { atMs: nowMs, counted });
    counted.catch(() => kept.delete(key));
    for (const old of kept.keys()) if (kept.size > mostKept) kept.delete(old);
    return counted;
  }

  return {
    anew: async (name, asked) => anew(name, asked),
    async of(name, asked) {
      const { closed, to } = spanOf(name, asked.nowMs);
      const found = kept.get([name, to, register.current().seq, asked.registryRevision].join("|"));
      const isFresh =
        found !== undefined && asked.nowMs - found.atMs < (closed ? keptMs.closed : keptMs.open);
      return isFresh ? found.counted : anew(name, asked);
    },
  };
}

/** The period, and the last of its days that is over. */
function spanOf(name: string, nowMs: number) {
  const period = reportPeriod(name);
  if (period === undefined)
    throw new LinkageProblem("invalid", `"${name}" is no period: 2026-Q1 to 2026-Q4, or 2026.`);
  const yesterday = daysAfter(dateOf(nowMs), -1);
  if (period.from > yesterday)
    throw new LinkageProblem("invalid", `${name} begins on ${period.from}: no day of it is over yet.`);
  const closed = period.to <= yesterday;
  return { period, closed, to: closed ? period.to : yesterday };
}
