import type { z } from "zod";
import type {
  PackList,
  RuleList,
  RuleInfo as RuleShape,
  RulesTestAnswer,
} from "../../../../app/http/rules-shapes.ts";
import type { Answer, Api } from "./api.ts";

export type RuleInfo = RuleShape;
export type Pack = PackList["packs"][number];
export type TestAnswer = RulesTestAnswer;

/** The rules of this installation, and those that come along. */
export interface RuleBooks {
  readonly here: readonly RuleInfo[];
  readonly packs: readonly Pack[];
}

/** What is to be tried: rules by their names, or all of them, of one pack or of this installation. */
export interface Trial {
  readonly pack: string | null;
  /** Null: all of them. */
  readonly rule: string | null;
  /** Null: all devices that one may see. */
  readonly devices: readonly string[] | null;
  readonly fromMs: number;
  readonly toMs: number;
  readonly language: "vi" | "en";
}

export async function ruleBooks(api: Api, signal: AbortSignal): Promise<Answer<RuleBooks>> {
  const [here, packs] = await Promise.all([
    api.get<z.infer<typeof RuleList>>("rules", signal),
    api.get<PackList>("rules/packs", signal),
  ]);
  return { body: { here: here.body.rules, packs: packs.body.packs }, savedAtMs: here.savedAtMs };
}

/** Rejects with an `ApiFailure`; `refused` says why in words. */
export function tryRules(api: Api, { pack, rule, devices, ...rest }: Trial): Promise<TestAnswer> {
  return api.send<TestAnswer>("POST", "rules/test", {
    ...rest,
    ...(pack === null ? { here: true } : { pack }),
    ...(rule !== null && { rule: [rule] }),
    ...(devices !== null && { device: devices }),
  });
}

/** Arms a rule of this installation, disarms it, or (null) leaves it to the configuration again. @returns the rules as they are then */
export async function armRule(
  api: Api,
  rule: string,
  word: { readonly armed: boolean | null; readonly reason: string },
): Promise<readonly RuleInfo[]> {
  const { armed, reason } = word;
  const { rules } = await api.send<z.infer<typeof RuleList>>(
    "POST",
    `rules/${encodeURIComponent(rule)}/arming`,
    { armed, ...(reason.trim() !== "" && { reason: reason.trim() }) },
  );
  return rules;
}

/**
 * How a rule stands to this installation: watched by here, switched off by somebody, at hand in a pack, or kept back because its limit
 * is not confirmed.
 */
export type Standing = "in-use" | "off" | "at-hand" | "unconfirmed";

export function standingOf(rule: RuleInfo, here: readonly RuleInfo[]): Standing {
  if (here.some(({ name, armed }) => armed && name === rule.name)) return "in-use";
  const ours = here.find(({ name }) => name === rule.name);
  if (ours?.arming?.configured) return "off";
  return rule.armed ? "at-hand" : "unconfirmed";
}
