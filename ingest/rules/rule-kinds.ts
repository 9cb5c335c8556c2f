import { z } from "zod";
import { combination } from "./combination/combination.ts";
import { dailyAggregate } from "./daily-aggregate/daily-aggregate.ts";
import { depletion } from "./depletion/depletion.ts";
import { deviceSilent } from "./device-silent/device-silent.ts";
import { forKOfN } from "./for-k-of-n/for-k-of-n.ts";
import { forecast } from "./forecast/forecast.ts";
import { gatewaySilent } from "./gateway-silent/gateway-silent.ts";
import { outsideBand } from "./outside-band/outside-band.ts";
import { probeFault } from "./probe-fault/probe-fault.ts";
import { rateOfChange } from "./rate-of-change/rate-of-change.ts";
import { threshold } from "./threshold/threshold.ts";

/** Every kind of rule: a schema that turns its configuration into a running rule. A new kind is one folder and one line. */
export const ruleKinds = [
  threshold,
  outsideBand,
  rateOfChange,
  forKOfN,
  dailyAggregate,
  depletion,
  forecast,
  combination,
  probeFault,
  deviceSilent,
  gatewaySilent,
] as const;

export const rule = z.discriminatedUnion("kind", ruleKinds, {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `must have a kind: ${kindNames.map((kind) => `\`${kind}\``).join(", ")}`
      : undefined,
});

/** The word each kind goes by in a configuration; also its folder. */
export const kindNames: readonly string[] = ruleKinds.map((kind) => kind.in.shape.kind.value);
