import { type Severity, severities } from "../../../ingest/rules/index.ts";
import type { Limit } from "./limits-of.ts";

/** From this value on (null: from the very bottom) a panel has this colour. */
export interface Step {
  readonly value: number | null;
  readonly color: string;
}

export const wellColour = "green";
export const colourOf: Readonly<Record<Severity, string>> = {
  info: "blue",
  warning: "orange",
  critical: "red",
};

/** The colours of all values: where several limits hold, the gravest. */
export function stepsOf(limits: readonly Limit[]): readonly Step[] {
  const edges = limits.flatMap(({ above, below }) => [above, below]).filter((edge) => edge !== null);
  const sorted = [...new Set(edges)].sort((one, other) => one - other);
  const starts = [null, ...sorted];
  const steps = starts.map((value, at) => ({
    value,
    color: colourBetween(value, sorted[at] ?? null, limits),
  }));
  return steps.filter(({ color }, at) => at === 0 || steps[at - 1]!.color !== color);
}

function colourBetween(from: number | null, to: number | null, limits: readonly Limit[]): string {
  const holds = limits.filter(
    ({ above, below }) =>
      (above !== null && from !== null && from >= above) || (below !== null && to !== null && to <= below),
  );
  const gravest = severities.findLast((severity) => holds.some((limit) => limit.severity === severity));
  return gravest === undefined ? wellColour : colourOf[gravest];
}
