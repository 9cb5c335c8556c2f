import { z } from "zod";
import { checkOneLimit, oneLimit } from "../one-limit.ts";
import { spanMs, watchedQuantity } from "../rule-fields.ts";

const leaf = z
  .strictObject({ quantity: watchedQuantity, ...oneLimit, forMs: spanMs.optional() })
  .superRefine((limits, context) =>
    checkOneLimit(limits, limits.quantity, (message, ...path) =>
      context.addIssue({ code: "custom", path, message }),
    ),
  );
/** One quantity beyond one limit. */
export type Leaf = z.infer<typeof leaf>;

export type Condition =
  | Leaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const several = z.lazy(() => z.array(condition).min(2, "must hold at least two conditions").max(20));

/** `all` and `any` of several, `not` of one, down to single limits. */
export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ all: several }),
      z.strictObject({ any: several }),
      z.strictObject({ not: condition }),
      leaf,
    ],
    { error: (issue) => mostApt(issue as { input?: unknown; errors?: unknown }) },
  ),
);

/** What is wrong with a single limit, where one was meant; else what a condition looks like. */
function mostApt({ input, errors }: { input?: unknown; errors?: unknown }): string {
  const ofLeaf = Array.isArray(errors) ? (errors.at(-1) as { message: string }[]) : [];
  if (typeof input === "object" && input !== null && "quantity" in input && ofLeaf.length > 0)
    return ofLeaf.map(({ message }) => message).join("; ");
  return "must be { all: […] }, { any: […] }, { not: … }, or a limit such as { quantity: air.temperature, above: 35 }";
}

/** Every single limit, in the order in which they are written. */
export function leavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  if ("not" in condition) return leavesOf(condition.not);
  return [condition];
}

/** Null: not known. */
export type Truth = boolean | null;

/** Kleene's logic: what is not known decides nothing, but what is known may decide without it. */
export function truthOf(condition: Condition, of: (leaf: Leaf) => Truth): Truth {
  if ("all" in condition) return every(condition.all.map((each) => truthOf(each, of)));
  if ("any" in condition) return not(every(condition.any.map((each) => not(truthOf(each, of)))));
  if ("not" in condition) return not(truthOf(condition.not, of));
  return of(condition);
}

function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
