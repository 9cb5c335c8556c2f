import { parse } from "yaml";
import { readRuleFiles, rulesTextOf, type Severity } from "../../../ingest/rules/index.ts";

/** One limit of a rule: what lies above, or below, is as grave as it says. */
export interface Limit {
  readonly severity: Severity;
  readonly above: number | null;
  readonly below: number | null;
}

/** A rule of a pack, by its names. */
export interface RuleOfPack {
  readonly pack: string;
  readonly rule: string;
}

interface WrittenLimit {
  readonly severity: Severity;
  readonly enabled?: boolean;
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

interface WrittenRule extends WrittenLimit {
  readonly name: string;
  readonly quantity: string;
  readonly levels?: readonly WrittenLimit[];
}

/**
 * The limits by which a quantity is judged, as the pack writes them: boards colour by them and have none of their own. Those that are not
 * armed are no limits.
 *
 * @throws RangeError when the pack has no such rule, it is about another quantity, or none of its limits is armed
 */
export function limitsOf({ pack, rule }: RuleOfPack, quantity: string): readonly Limit[] {
  const text = rulesTextOf(pack);
  // Refuses a pack with mistakes, with words for each of them.
  const armed = readRuleFiles([text], null).rules.map(({ name }) => name);
  const written = (parse(text.text) as { rules: readonly WrittenRule[] }).rules.find(
    ({ name }) => name === rule,
  );
  if (written === undefined || !armed.includes(rule))
    throw new RangeError(`the pack ${pack} has no armed rule ${rule}; it has ${armed.join(", ")}`);
  if (written.quantity !== quantity)
    throw new RangeError(`${rule} of the pack ${pack} is about ${written.quantity}, not ${quantity}`);
  return (written.levels ?? [written]).filter(({ enabled }) => enabled !== false).map(limitOf);
}

function limitOf({ severity, above, atLeast, below, atMost }: WrittenLimit): Limit {
  return { severity, above: above ?? atLeast ?? null, below: below ?? atMost ?? null };
}
