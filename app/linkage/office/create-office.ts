import {
  type CountingRule,
  createUnitBook,
  type EvidenceSource,
  shippedUnits,
} from "../../../linkage/index.ts";
import { type LinkageOffice, LinkageProblem } from "../../http/linkage-office.ts";
import type { CountQuery } from "../../http/linkage-shapes.ts";
import { datasets, openFormats } from "../open-data/index.ts";
import { createOpenFiles } from "../open-data/open-files.ts";
import { readOutlines } from "../outlines/outlines-file.ts";
import { snapshotBody } from "../snapshot-body.ts";
import type { Asked } from "./asked.ts";
import { choicesOf, ownPlans, planNamed, usualPeriod, usualPlan } from "./choices.ts";
import { createCounts, periodOf } from "./counts.ts";
import { type Freezing, freezeDue } from "./freeze-due.ts";
import { makeReport } from "./make-report.ts";
import { modelDetail, modelRows } from "./model-rows.ts";
import { createRegisterView } from "./register-view.ts";
import { scoreOf } from "./score.ts";
import { createSnapshotBook } from "./snapshot-book.ts";
import { zoneMap } from "./zone-map.ts";

/** Where the office keeps and finds what it needs, and by what it counts. */
export interface OfficeSettings {
  readonly registerFile: string;
  readonly snapshotsFile: string;
  readonly outlinesFile: string;
  readonly rule: CountingRule;
  /** Whose targets are shown when nobody says; null: by where the records of the register lie. */
  readonly plan: string | null;
}

/** The same as `LinkageOffice`, where each question also says when it is asked. */
export type Office = {
  readonly [Name in keyof LinkageOffice]: (
    question: Parameters<LinkageOffice[Name]>[0],
    asked: Asked,
  ) => ReturnType<LinkageOffice[Name]>;
} & { readonly close: () => void };

/** The office without its thread: register, snapshots, and the counts of `source`. */
export function createOffice(settings: OfficeSettings, source: EvidenceSource): Office {
  const { rule } = settings;
  const units = createUnitBook(shippedUnits());
  const register = createRegisterView(settings.registerFile, units);
  const book = createSnapshotBook(settings.snapshotsFile);
  const files = createOpenFiles(book, units);
  const counts = createCounts({ register, units, rule, source });

  const planOf = (id: string | undefined) =>
    id === undefined ? usualPlan(register.current().contents, settings.plan) : planNamed(id);

  /** What of plan and period was not said is what the choices name. */
  function meant(query: CountQuery, { nowMs }: Asked) {
    const plan = planOf(query.plan);
    return { plan, period: periodOf(query.period ?? usualPeriod(plan, nowMs), plan) };
  }
  /** Counts as the cut-off demands, with everything it stood on. */
  const freeze: Freezing = async (plan, period, { nowMs, reason }) => {
    const frozen = book.freeze(plan.id, period, { nowMs, reason });
    const contents = register.at(frozen.registerAtMs);
    const evidence = await counts.anew(frozen.span, contents);
    return { ...snapshotBody(plan, period.name, evidence, { contents, units, rule }), frozen };
  };
  const countedFor = (query: CountQuery, asked: Asked) => counts.of(meant(query, asked).period, asked);

  return {
    choices: async (query, { nowMs }) => choicesOf(register.current().contents, planOf(query.plan), nowMs),
    async score(query, asked) {
      const { plan, period } = meant(query, asked);
      const counted = await counts.of(period, asked);
      const parts = { contents: counted.contents, units, rule };
      const results = snapshotBody(plan, period.name, counted.evidence, parts);
      return scoreOf(plan, counted, results, book.all());
    },
    models: async (query, asked) => ({ models: modelRows(await countedFor(query, asked), units) }),
    model: async (query, asked) => modelDetail(query.id, await countedFor(query, asked), units),
    map: async (query, asked) =>
      zoneMap(await countedFor(query, asked), units, readOutlines(settings.outlinesFile)),
    snapshots: async () => book.all(),
    drafts: async () => book.drafts(),
    freezeDue: async (_, { nowMs }) =>
      freezeDue(ownPlans(register.current().contents, settings.plan), { register, book, freeze }, nowMs),
    async propose({ plan: id, period: name, by, reason }, { nowMs }) {
      const plan = planNamed(id);
      const period = periodOf(name, plan);
      const draft = book.drafts().find((one) => one.plan === plan.id && one.period === period.name);
      if (draft !== undefined) return book.proposeDraft(draft, by, nowMs);
      return book.propose(await freeze(plan, period, { nowMs, reason }), by, nowMs);
    },
    confirm: async ({ id, by }, { nowMs }) => book.confirm(id, by, nowMs),
    verify: async ({ id }) => book.verify(id),
    difference: async ({ id }) => book.difference(id),
    report: async ({ id, format, language }) => makeReport(book, id, { format, language, units }),
    async openFile({ dataset: name, format }) {
      const dataset = datasets.find((one) => one.name === name);
      if (dataset === undefined || !openFormats.includes(format))
        throw new LinkageProblem("not-found", `There is no open table ${name}.${format}.`);
      return files.file(dataset, format);
    },
    close() {
      register.close();
      book.close();
    },
  };
}
