import type { Dashboard, Panel, VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";
import type { InfluxTarget } from "../classic/target.ts";
import { applyMacros, intervalOf } from "./grafana-macros.ts";
import { type Chosen, interpolate, type Option, optionsOf } from "./grafana-variables.ts";

export interface Series {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Asks an InfluxDB as Grafana's data source does. */
export type Ask = (query: string) => Promise<readonly Series[]>;

/** What a panel as wide as half a screen draws, unless it says how many. */
const usualPoints = 800;
/** `timeInterval` of the provisioned data source. */
const leastIntervalMs = 60_000;

export function askAt(url: string, database: string): Ask {
  return async (query) => {
    const path = `/query?${new URLSearchParams({ db: database, epoch: "ms" })}`;
    const answer = await fetch(url + path, { method: "POST", body: new URLSearchParams({ q: query }) });
    const { error, results = [] } = (await answer.json()) as Answer;
    const problem = error ?? results.find((result) => result.error !== undefined)?.error;
    if (problem !== undefined) throw new Error(`${problem}: ${query}`);
    return results.flatMap(({ series = [] }) =>
      series.map(({ name, tags = {}, columns, values = [] }) => ({ name, tags, columns, rows: values })),
    );
  };
}

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly series?: readonly {
      readonly name: string;
      readonly tags?: Record<string, string>;
      readonly columns: string[];
      readonly values?: unknown[][];
    }[];
  }[];
}

/**
 * Chooses on a board, variable by variable, as a person does from left to right.
 *
 * @param wanted which of the options that are offered; all of them when it does not say
 */
export async function choose(
  board: Dashboard,
  ask: Ask,
  range: Pick<Range, "toMs">,
  wanted: (variable: string, options: readonly Option[]) => readonly Option[] = (_, options) => options,
): Promise<{ readonly chosen: Chosen; readonly offered: Readonly<Record<string, readonly Option[]>> }> {
  const chosen: Record<string, readonly string[] | string> = {};
  const offered: Record<string, readonly Option[]> = {};
  for (const variable of board.templating.list ?? []) {
    if (variable.type !== "query") {
      chosen[variable.name] = String(variable.query);
      continue;
    }
    const options = await optionsAsked(variable, ask, chosen, range);
    offered[variable.name] = options;
    chosen[variable.name] = wanted(variable.name, options).map(({ value }) => value);
  }
  return { chosen, offered };
}

async function optionsAsked(
  variable: VariableModel,
  ask: Ask,
  chosen: Chosen,
  range: Pick<Range, "toMs">,
): Promise<Option[]> {
  const found = await ask(interpolate(variable.query as string, chosen, range));
  return optionsOf(
    variable,
    found.flatMap(({ rows }) => rows.map(([, value]) => String(value))),
  );
}

export function targetOf(panel: Panel): InfluxTarget {
  return panel.targets![0] as unknown as InfluxTarget;
}

/** The query of a panel as it is sent. */
export function queryOf(panel: Panel, chosen: Chosen, range: Range): string {
  const points = panel.maxDataPoints ?? usualPoints;
  const intervalMs = intervalOf(range.toMs - range.fromMs, points, leastIntervalMs);
  return applyMacros(interpolate(targetOf(panel).query, chosen, range), range, intervalMs);
}

export function panelsOf(board: Dashboard): Panel[] {
  return (board.panels ?? []) as Panel[];
}

/** Quantities for which some panel asks, by name. */
export function quantitiesAsked(boards: readonly Dashboard[]): string[] {
  const queries = boards.flatMap(panelsOf).map((panel) => targetOf(panel).query);
  const names = queries.flatMap((query) =>
    [...query.matchAll(/"quantity" = '([\w.]+)'/g)].map(([, name]) => name!),
  );
  return [...new Set(names)];
}
