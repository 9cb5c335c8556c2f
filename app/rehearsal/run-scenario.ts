import { type Language, quantityOf } from "../../devices/index.ts";
import {
  createFarm,
  type Farm,
  type FarmAccount,
  type Panel,
  type Plot,
  putUp,
  type Scenario,
  type SeenPoint,
  type Station,
  skyStretches,
  startOf,
  troubleStretches,
} from "../../firmware-sim/index.ts";
import type { Alert } from "../../ingest/alerts/index.ts";
import type { RulesFile } from "../../ingest/rules/index.ts";
import { openRehearsal, type Rehearsal } from "./open-rehearsal.ts";

/** What became of a scenario. */
export interface ScenarioRun {
  readonly account: FarmAccount;
  /** Oldest first. */
  readonly alerts: readonly Alert[];
  /** Messages to people. */
  readonly told: number;
  readonly stored: number;
  readonly quarantined: number;
  readonly plot: Plot;
  /** Where the story did not come true; empty when it did. */
  readonly unexpected: readonly string[];
}

const mostReadings = 200_000;
/** As the decoder has it: older than two intervals and a minute is no news. */
const slackMs = 60_000;

/** Lives a scenario through against the real ingest core. @throws when it names what there is not */
export async function runScenario(
  scenario: Scenario,
  rules: RulesFile,
  seed: number,
  language: Language = "vi",
): Promise<ScenarioRun> {
  const startMs = startOf(scenario);
  const endMs = startMs + scenario.lasts;
  const platform = await openRehearsal({ startMs, rules });
  try {
    const farm = createFarm({ seed, startMs, platform, climateEvents: scenario.climateEvents });
    putUp(farm, scenario);
    await farm.runUntil(endMs);
    const alerts = platform.alerts().toReversed();
    const { readings } = await platform.store.usage();
    return {
      account: farm.account(),
      alerts,
      told: platform.told.length,
      stored: readings,
      quarantined: platform.quarantined(),
      plot: await plotOf(scenario, farm, platform, alerts, language),
      unexpected: unexpectedIn(scenario, alerts),
    };
  } finally {
    await platform.close();
  }
}

async function plotOf(
  scenario: Scenario,
  farm: Farm,
  platform: Rehearsal,
  alerts: readonly Alert[],
  language: Language,
): Promise<Plot> {
  const fromMs = startOf(scenario);
  const toMs = fromMs + scenario.lasts;
  const panels: Panel[] = [];
  for (const { place, quantity, device } of scenario.plot) {
    const shown = device ?? nodeAt(scenario, farm, place);
    const { label, symbol } = quantityOf(quantity)!;
    panels.push({
      title: `${place}: ${label[language].toLowerCase()}`,
      unit: symbol,
      truth: farm.truth(place, quantity),
      readings: await seen(platform, shown, quantity, { fromMs, toMs }),
      alerts: alerts
        .filter(
          (alert) => concerns(alert, platform.station(shown)!) && (alert.quantity ?? quantity) === quantity,
        )
        .map(({ sinceMs, resolvedAtMs, title }) => ({
          fromMs: sinceMs,
          toMs: resolvedAtMs ?? toMs,
          label: title[language],
        })),
      limits: limitsOf(scenario, quantity),
    });
  }
  return {
    title: scenario.title[language],
    fromMs,
    toMs,
    panels,
    troubles: [...skyStretches(scenario), ...troubleStretches(scenario)],
  };
}

/** A node's own alerts, and those of its gateway that name it. */
function concerns({ device, silentDevices }: Alert, { id, label }: Station): boolean {
  return device === id || silentDevices.includes(label);
}

function nodeAt({ communes }: Scenario, farm: Farm, place: string): string {
  const found = farm.stations().find((station) => station.place.name === place);
  if (found === undefined) {
    const names = communes.flatMap(({ places }) => places.map(({ name }) => name));
    throw new Error(`plot: no node stands at ${place}; places are ${names.join(", ")}`);
  }
  return found.id;
}

async function seen(
  { store, station }: Rehearsal,
  device: string,
  quantity: string,
  span: { readonly fromMs: number; readonly toMs: number },
): Promise<SeenPoint[]> {
  const query = { ...span, devices: [device], quantities: [quantity], limit: mostReadings };
  const newsMs = 2 * (station(device)?.intervalMs ?? 0) + slackMs;
  return (await store.readings(query)).map(({ measuredAtMs, receivedAtMs, value }) => ({
    atMs: measuredAtMs,
    value,
    isLate: receivedAtMs - measuredAtMs > newsMs,
  }));
}

/** Limits that a file of rules names, to be drawn. */
function limitsOf({ rules }: Scenario, quantity: string): number[] {
  return rules
    .filter((rule) => rule.quantity === quantity)
    .flatMap((rule) => [rule.above, rule.below])
    .filter((limit) => typeof limit === "number");
}

function unexpectedIn({ expect }: Scenario, alerts: readonly Alert[]): string[] {
  return expect.flatMap(({ rule, device, times }) => {
    const found = alerts.filter(
      (alert) => alert.rule === rule && [alert.device, alert.deviceName].includes(device),
    ).length;
    return found === times
      ? []
      : [`${rule} was to fire ${times} times on ${device}, and fired ${found} times`];
  });
}
