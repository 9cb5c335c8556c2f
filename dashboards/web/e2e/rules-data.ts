import type { z } from "zod";
import type {
  ArmingInput,
  PackList,
  RuleInfo,
  RulesTest,
  RulesTestAnswer,
} from "../../../app/http/rules-shapes.ts";
import { inWords, plotOf } from "../../../ingest/back-test/index.ts";
import { levelInWords } from "../../../ingest/messages/index.ts";
import { type Rule, readRuleFiles, rulesTextOf } from "../../../ingest/rules/index.ts";
import { seriesOf } from "./farm-data.ts";

/** Rules as the server tells them, of packs as they come along; what trying them came to is made up. */

const pond = { devices: 1, places: [{ id: "ao-tom", name: "Ao tôm số 2" }] };
const none = { devices: 0, places: [] };

function infoOf(rule: Rule, armed: boolean): RuleInfo {
  const { name, kind, severity, terms } = rule;
  const quantity = rule.watches === "readings" ? rule.quantity : null;
  return {
    ...{ name, kind, severity, quantity, armed },
    ...{ title: rule.told(severity).title, advice: rule.told(severity).advice },
    arming: null,
    levels: terms.levels.map(({ limits, ...level }) => ({
      ...level,
      when: levelInWords({ kind, quantity }, { limits }),
    })),
    watches: quantity?.startsWith("water.") ? pond : none,
  };
}

function packOf(name: string): PackList["packs"][number] {
  const { about = null, rules, unarmed } = readRuleFiles([rulesTextOf(name)], null);
  const told = [...rules.map((rule) => infoOf(rule, true)), ...unarmed.map((rule) => infoOf(rule, false))];
  return { name, about, rules: told };
}

export const packs = ["clean-water", "rice", "shrimp"].map(packOf);
const confirmed = packs.find(({ name }) => name === "shrimp")!.rules.slice(0, 3);
const unconfirmed = packs.find(({ name }) => name === "clean-water")!.rules.slice(0, 1);
export const rulesHere: readonly RuleInfo[] = [...confirmed, ...unconfirmed].map((rule) => ({
  ...rule,
  arming: { configured: rule.armed, lapsed: false, word: null },
}));

/** The rules of this installation after somebody has switched one of them. */
export function rulesAfter(name: string, { armed, reason }: z.infer<typeof ArmingInput>): RuleInfo[] {
  return rulesHere.map((rule) => {
    if (rule.name !== name) return rule;
    const { configured } = rule.arming!;
    const word = { armed, who: "Lan", atMs: Date.now(), reason: reason ?? null };
    return { ...rule, armed: armed ?? configured, arming: { configured, lapsed: false, word } };
  });
}

const hourMs = 3_600_000;

/** As if oxygen had been short at two o'clock each night; once the probe stood still. */
export function trialOf({ pack, rule, fromMs, toMs, language }: RulesTest): RulesTestAnswer {
  const asked = packs.find(({ name }) => name === pack)?.rules ?? rulesHere;
  const rules = asked.filter(({ name }) => rule?.includes(name) ?? true);
  const [first] = rules;
  const episodes = Array.from({ length: 14 }, (_, n) => ({
    rule: first!.name,
    device: "pond-01",
    quantity: "water.dissolvedOxygen",
    severity: "warning" as const,
    sinceMs: toMs - n * 24 * hourMs - 3 * hourMs,
    firedAtMs: toMs - n * 24 * hourMs - 2 * hourMs,
    endedAtMs: n === 0 ? null : toMs - n * 24 * hourMs,
    value: 2.41,
    limit: 3.5,
    atNight: n > 2,
    withinProbeFault: n > 10,
  })).toReversed();
  const series = seriesOf("pond-01", "water.dissolvedOxygen", fromMs, toMs, 400);
  const none = { fired: 0, atNight: 0, withinProbeFault: 0, words: inWords([]) };
  const all = { fired: 14, atNight: 11, withinProbeFault: 3, words: inWords(episodes) };
  const title = `Phao đo ao tôm: ${inWords(episodes)[language]}`;
  return {
    readings: 4_320,
    devices: 1,
    words: inWords(episodes),
    rules: rules.map((info, at) => ({ ...info, ...(at === 0 ? all : none) })),
    leftOut: [],
    episodes,
    plot: {
      device: "pond-01",
      quantity: "water.dissolvedOxygen",
      svg: plotOf({
        fromMs,
        toMs,
        title,
        quantity: "water.dissolvedOxygen",
        language,
        buckets: series.buckets,
        episodes,
      }),
    },
  };
}
