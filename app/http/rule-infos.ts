import type { Device } from "../../devices/index.ts";
import type { ArmingWord } from "../../ingest/alerts/index.ts";
import { levelInWords } from "../../ingest/messages/index.ts";
import type { Rule, Standing } from "../../ingest/rules/index.ts";
import { standingsOf } from "../standing.ts";
import type { View } from "./access.ts";
import type { HttpParts } from "./http-parts.ts";
import type { RuleInfo } from "./rules-shapes.ts";

/** How rules are told to people: what they do, where their limits come from, and which places they watch. */
export interface RuleInfos {
  /** Of several rules with one look at the field. @param view what the asker may see of it */
  all(rules: readonly Rule[], armed: (rule: Rule) => boolean, view: View): RuleInfo[];
}

/** A device as a rule sees it. */
interface Watched {
  readonly id: string;
  readonly standing: Standing;
  readonly quantities: ReadonlySet<string>;
}

export function createRuleInfos(
  parts: Pick<HttpParts, "registry" | "store" | "now" | "rules" | "arming">,
): RuleInfos {
  const { registry, store, now, rules: here, arming } = parts;
  const ofHere = here && new Set<Rule>([...here.rules, ...here.unarmed]);

  function armingOf(name: string): RuleInfo["arming"] {
    const known = arming?.standings().get(name);
    if (known === undefined) return null;
    const { configured, lapsed, word } = known;
    return { configured, lapsed, word: word && wordInfo(registry, word) };
  }

  function fieldOf(view: View): Watched[] {
    const devices = view.devices();
    const latest = Map.groupBy(store.latest(devices.map(({ id }) => id)), ({ device }) => device);
    return devices.map((device) => ({
      id: device.id,
      standing: standingNow(device),
      quantities: new Set((latest.get(device.id) ?? []).map(({ quantity }) => quantity)),
    }));
  }

  function standingNow(device: Device): Standing {
    return standingsOf(device, registry).findLast(({ fromMs }) => fromMs <= now())!.standing;
  }

  function watchesOf(rule: Rule, field: readonly Watched[]): RuleInfo["watches"] {
    const watched = field.filter(
      ({ id, standing, quantities }) => measures(rule, quantities) && rule.concerns(id, standing),
    );
    const places = [...new Set(watched.flatMap(({ standing }) => standing.place ?? []))];
    return {
      devices: watched.length,
      places: places.map((id) => ({ id, name: registry.place(id)?.name ?? id })),
    };
  }

  return {
    all(rules, armed, view) {
      const field = fieldOf(view);
      return rules.map((rule) => ({
        ...infoOf(rule, armed(rule)),
        arming: ofHere?.has(rule) ? armingOf(rule.name) : null,
        watches: watchesOf(rule, field),
      }));
    },
  };
}

/** @returns with the name of who said it, where they are known */
export function wordInfo(
  registry: Pick<HttpParts["registry"], "person">,
  { armed, who, atMs, reason }: ArmingWord,
): NonNullable<NonNullable<RuleInfo["arming"]>["word"]> {
  return { armed, who: registry.person(who)?.name ?? who, atMs, reason };
}

/** A device that does not measure what a rule asks for is none that it watches, wherever it stands. */
function measures(rule: Rule, quantities: ReadonlySet<string>): boolean {
  return rule.watches !== "readings" || rule.takes.some((quantity) => quantities.has(quantity));
}

function infoOf(rule: Rule, armed: boolean): Omit<RuleInfo, "watches" | "arming"> {
  const { name, kind, severity, terms } = rule;
  const quantity = rule.watches === "readings" ? rule.quantity : null;
  const { title, advice } = rule.told(severity);
  return {
    ...{ name, kind, severity, quantity, armed, title, advice },
    levels: terms.levels.map(({ limits, ...level }) => ({
      ...level,
      when: levelInWords({ kind, quantity }, { limits }),
    })),
  };
}
