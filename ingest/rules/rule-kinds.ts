import { z } from "zod";
import { deviceSilent } from "./device-silent/device-silent.ts";
import { rateOfChange } from "./rate-of-change/rate-of-change.ts";
import { threshold } from "./threshold/threshold.ts";

/** Every kind of rule: a schema that turns its configuration into a running rule. A new kind is one folder and one line. */
export const ruleKinds = [threshold, deviceSilent, rateOfChange] as const;

export const rule = z.discriminatedUnion("kind", ruleKinds, {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `must have a kind: ${kindNames.map((kind) => `\`${kind}\``).join(", ")}`
      : undefined,
});

/** The word each kind goes by in a configuration; also its folder. */
export const kindNames: readonly string[] = ruleKinds.map((kind) => kind.in.shape.kind.value);
