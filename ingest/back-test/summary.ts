import type { Rule, Texts } from "../rules/index.ts";
import type { BackTest, FiredEpisode } from "./back-test.ts";
import { inWords } from "./in-words.ts";

/** What would have come of one rule. */
export interface RuleSummary {
  readonly name: string;
  readonly fired: number;
  readonly atNight: number;
  readonly withinProbeFault: number;
  readonly words: Texts;
}

/** Rule by rule, in their order; also those that would not have fired. Those that could not be tested are left out. */
export function summaryOf(test: BackTest, rules: readonly Rule[]): RuleSummary[] {
  const byRule = Map.groupBy(test.episodes, ({ rule }) => rule);
  return rules
    .filter(({ name }) => !test.leftOut.includes(name))
    .map(({ name }) => {
      const episodes = byRule.get(name) ?? [];
      return {
        name,
        fired: episodes.length,
        atNight: count(episodes, ({ atNight }) => atNight),
        withinProbeFault: count(episodes, ({ withinProbeFault }) => withinProbeFault),
        words: inWords(episodes),
      };
    });
}

function count(episodes: readonly FiredEpisode[], which: (episode: FiredEpisode) => boolean): number {
  return episodes.filter(which).length;
}

/** The device and quantity of which most is to be seen; null when nothing fired. */
export function mostTold(test: BackTest): { readonly device: string; readonly quantity: string } | null {
  const byDevice = Map.groupBy(test.episodes, ({ device, quantity }) => `${device} ${quantity}`);
  const [most] = [...byDevice.values()].sort((one, other) => other.length - one.length);
  return most === undefined ? null : { device: most[0]!.device, quantity: most[0]!.quantity };
}
