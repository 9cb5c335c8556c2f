/**
 * Measures every number to hold against the real program and prints each beside its target.
 *
 *   npm run bench -- [ROW …] [--short]      usage: options.ts
 *
 * Ends with 1 when a row could not be measured. A missed target is a result and not a failure.
 */
import { setTimeout as wait } from "node:timers/promises";
import { examineMachine, machineText } from "./machine.ts";
import { type Asked, readOptions, usage } from "./options.ts";
import { createStage } from "./platform/stage.ts";
import { profileReport } from "./report/cpu-profile.ts";
import { type RowResult, writeResults } from "./report/results.ts";
import { resultTable } from "./report/table.ts";
import type { Outcome, Row } from "./row.ts";
import { rows } from "./rows/rows.ts";

const say = (text: string) => console.error(text);

async function main(): Promise<number> {
  const asked = readOptions(
    process.argv.slice(2),
    rows.map(({ name }) => name),
  );
  if (asked === "help" || asked === "list") {
    console.log(asked === "help" ? usage : rows.map(rowText).join("\n"));
    return 0;
  }
  const startedAt = new Date();
  const machine = examineMachine();
  say(machineText(machine));
  const results = await measure(
    rows.filter(({ name }) => asked.rows.length === 0 || asked.rows.includes(name)),
    asked,
  );

  console.log(`\n${machineText(machine)}`);
  if (asked.short)
    console.log("SHORT RUN with little data: it shows that everything works; the figures say nothing.");
  console.log(`\n${resultTable(results)}\n\n${results.map(notesText).join("\n\n")}`);
  if (asked.cpuProfiles !== null) console.log(`\n${profileReport(asked.cpuProfiles)}`);
  console.log(`\nwritten to ${writeResults(results, { machine, options: asked, startedAt }, asked.json)}`);
  return results.some(({ problem }) => problem !== null) ? 1 : 0;
}

/** One row after the other, so that none disturbs another's figures. An interruption ends the present one and leaves out the rest. */
async function measure(chosen: readonly Row[], asked: Asked): Promise<RowResult[]> {
  const interrupted = interruption();
  const results: RowResult[] = [];
  for (const row of chosen) {
    if (interrupted.signal.aborted) break;
    results.push(await measureRow(row, asked, interrupted.signal));
  }
  return results;
}

async function measureRow(row: Row, asked: Asked, interrupted: AbortSignal): Promise<RowResult> {
  const stage = createStage((text) => say(`${row.name}: ${text}`), asked.cpuProfiles);
  const fromMs = performance.now();
  let outcome: Outcome | null = null;
  let problem: string | null = null;
  try {
    outcome = await within(row.limitSeconds(asked), interrupted, row.run(stage, asked));
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    say(`${row.name}: FAILED: ${problem}`);
  } finally {
    await stage.clear();
  }
  return { row, outcome, problem, tookSeconds: Math.round((performance.now() - fromMs) / 1000) };
}

/** Whatever the row still waits for when it is given up fails as soon as its stage is cleared. */
async function within<T>(mostSeconds: number, interrupted: AbortSignal, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const tooLong = wait(mostSeconds * 1000, undefined, {
    signal: AbortSignal.any([over.signal, interrupted]),
  }).then(
    () => {
      throw new Error(`not done after ${mostSeconds} s`);
    },
    () => {
      throw new Error("interrupted");
    },
  );
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    over.abort();
  }
}

/** Ctrl-C ends the row at hand; what was measured is still printed. A second one ends at once. */
function interruption(): AbortController {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller;
}

function rowText({ name, figures }: Row): string {
  return `${name.padEnd(16)} ${figures.map(({ what }) => what).join("; ")}`;
}

function notesText({ row, outcome, problem, tookSeconds }: RowResult): string {
  const notes = problem === null ? (outcome?.notes ?? []) : [`FAILED: ${problem}`];
  return [`${row.name} (took ${tookSeconds} s)`, ...notes.map((note) => `  ${note}`)].join("\n");
}

const exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof TypeError ? `${error.message}\n\n${usage}` : error);
  return 2;
});
// A row that was given up may still wait for something.
process.exit(exitCode);
