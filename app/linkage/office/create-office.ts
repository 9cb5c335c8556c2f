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
import { choicesOf, planNamed, usualPlan } from "./choices.ts";
import { createCounts } from "./counts.ts";
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

export const officeQuestions = [
  "choices",
  "score",
  "models",
  "model",
  "map",
  "snapshots",
  "propose",
  "confirm",
  "verify",
  "difference",
  "openFile",
] as const satisfies readonly (keyof LinkageOffice)[];

/** The office without its thread: register, snapshots, and the counts of `source`. */
export function createOffice(settings: OfficeSettings, source: EvidenceSource): Office {
  const { rule } = settings;
  const units = createUnitBook(shippedUnits());
  const register = createRegisterView(settings.registerFile, units);
  const book = createSnapshotBook(settings.snapshotsFile);
  const files = createOpenFiles(book, units);
  const counts = createCounts({ register, units, rule, source });

  /** What of plan and period was not said is what the choices name. */
  function meant(query: CountQuery | undefined, { nowMs }: Asked) {
    const { contents } = register.current();
    const plan = query?.plan === undefined ? usualPlan(contents, settings.plan) : planNamed(query.plan);
    return { plan, period: query?.period ?? choicesOf(contents, settings.plan, nowMs).period };
  }
  const countedFor = (query: CountQuery | undefined, asked: Asked) =>
    counts.of(meant(query, asked).period, asked);

  return {
    choices: async (_, { nowMs }) => choicesOf(register.current().contents, settings.plan, nowMs),
    async score(query, asked) {
      const { plan, period } = meant(query, asked);
      const counted = await counts.of(period, asked);
      const parts = { contents: counted.contents, units, rule };
      const { indicators } = snapshotBody(plan, period, counted.evidence, parts);
      return scoreOf(plan, counted, indicators, book.all());
    },
    models: async (query, asked) => ({ models: modelRows(await countedFor(query, asked), units) }),
    model: async (query, asked) => modelDetail(query.id, await countedFor(query, asked), units),
    map: async (query, asked) =>
      zoneMap(await countedFor(query, asked), units, readOutlines(settings.outlinesFile)),
    snapshots: async () => book.all(),
    async propose({ plan: id, period, by }, asked) {
      const plan = planNamed(id);
      const { closed, contents, evidence, period: span } = await counts.anew(period, asked);
      if (!closed)
        throw new LinkageProblem(
          "refused",
          `${period} lasts until ${span.to}: it can be proposed after that day.`,
        );
      return book.propose(snapshotBody(plan, period, evidence, { contents, units, rule }), by, asked.nowMs);
    },
    confirm: async ({ id, by }, { nowMs }) => book.confirm(id, by, nowMs),
    verify: async ({ id }) => book.verify(id),
    difference: async ({ id }) => book.difference(id),
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
