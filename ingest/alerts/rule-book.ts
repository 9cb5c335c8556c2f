import type { GatewayRule, ReadingRule, Rule, SilenceRule } from "../rules/index.ts";

/** The rules that hold now, indexed once for the many readings that pass. */
export interface RuleBook {
  /** Those that take the readings of this quantity. */
  byQuantity(quantity: string): readonly ReadingRule[];
  readonly silence: readonly SilenceRule[];
  readonly gateways: readonly GatewayRule[];
  /** The rule of this key, when it is still the same rule. */
  byKey(key: string): Rule | undefined;
}

/** Name and fingerprint: under it a rule's memories are kept, so an edited rule never meets those of the old one. */
export function keyOf(rule: { readonly name: string; readonly fingerprint: string }): string {
  return `${rule.name}@${rule.fingerprint}`;
}

export function createRuleBook(rules: readonly Rule[]): RuleBook {
  const reading = rules.filter((rule) => rule.watches === "readings");
  const taken = reading.flatMap((rule) => rule.takes.map((quantity) => ({ quantity, rule })));
  const byQuantity = Map.groupBy(taken, ({ quantity }) => quantity);
  const byKey = new Map(rules.map((rule) => [keyOf(rule), rule]));
  return {
    byQuantity: (quantity) => byQuantity.get(quantity)?.map(({ rule }) => rule) ?? [],
    silence: rules.filter((rule) => rule.watches === "silence"),
    gateways: rules.filter((rule) => rule.watches === "gateways"),
    byKey: (key) => byKey.get(key),
  };
}
