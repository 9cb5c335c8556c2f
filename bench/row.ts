import type { BenchOptions } from "./options.ts";
import type { Stage } from "./platform/stage.ts";

/** One number to hold. */
export interface Figure {
  /** Names it in what `run` returns. */
  readonly key: string;
  /** What is measured, under which load. */
  readonly what: string;
  readonly unit: string;
  readonly atLeast: number;
  readonly aim: number;
  readonly better: "more" | "less";
}

export interface Outcome {
  /** By the figures' keys, in their units. */
  readonly measured: Readonly<Record<string, number>>;
  /** What one has to know to judge the figures: circumstances, what else was seen, what was not as the table asks. */
  readonly notes: readonly string[];
}

/** Figures that come out of one run. */
export interface Row {
  /** Its word on the command line, and its file's name. */
  readonly name: string;
  readonly figures: readonly Figure[];
  /** It has failed when it takes longer. */
  limitSeconds(options: BenchOptions): number;
  /** @throws when what was measured would be no answer: refused connections, lost uplinks, a server that ended */
  run(stage: Stage, options: BenchOptions): Promise<Outcome>;
}

export type Verdict = "aim" | "held" | "MISSED";

export function verdict({ atLeast, aim, better }: Figure, measured: number): Verdict {
  const reaches = (limit: number) => (better === "more" ? measured >= limit : measured <= limit);
  if (reaches(aim)) return "aim";
  return reaches(atLeast) ? "held" : "MISSED";
}
