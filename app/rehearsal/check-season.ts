import {
  eventsTold,
  framesKept,
  gatewayLossesTold,
  keptOnce,
  type LimitRule,
  silencesTold,
  toldOnce,
} from "../../firmware-sim/checker/promises.ts";
import {
  everyMs,
  loraEveryMs,
  loraNodesBehindGateway,
  minuteMs,
  observedEveryMs,
  type SeasonNode,
  type TroubledSeason,
  troubledSeason,
} from "../../firmware-sim/checker/troubled-season.ts";
import type { FarmAccount } from "../../firmware-sim/index.ts";
import { type RulesFile, rulesFile } from "../../ingest/rules/index.ts";
import { openRehearsal, type Rehearsal } from "./open-rehearsal.ts";

/*
 * How it works: a seed makes a farm, its weather and a season in which whatever can go wrong in the countryside does: power,
 * networks, gateways, clocks, probes, firmware. The platform is the real ingest core in virtual time, and crashes now and then.
 * Afterwards its promises are held against what a witness saw and what was true.
 */

const tickMs = 2 * minuteMs;

/** What became of a season of troubles. */
export interface CheckedSeason {
  /** Promises that were not kept, one line each. */
  readonly broken: readonly string[];
  /** A season in which nothing happened proves nothing: values acknowledged, alerts fired, events that had to be told. */
  readonly acknowledged: number;
  readonly alerts: number;
  readonly gatewaysLost: number;
  readonly trueEvents: number;
  readonly account: FarmAccount;
}

interface SeasonRule extends LimitRule {
  readonly name: string;
  readonly kind: SeasonNode["kind"];
  readonly quantity: string;
}

/** Margins: what an honest probe of this quantity may be off by offset, age and noise. */
const limitRules: readonly SeasonRule[] = [
  {
    name: "oxygen",
    kind: "pond",
    quantity: "water.dissolvedOxygen",
    below: 5,
    clear: 5.6,
    forMs: 0,
    margin: 0.8,
  },
  {
    name: "oxygen-held",
    kind: "pond",
    quantity: "water.dissolvedOxygen",
    below: 4.5,
    clear: 5,
    forMs: 60 * minuteMs,
    margin: 0.8,
  },
  { name: "moisture", kind: "soil", quantity: "soil.moisture", below: 30, clear: 32, forMs: 0, margin: 3.5 },
  {
    name: "ammonia",
    kind: "shed",
    quantity: "air.nh3",
    above: 8,
    clear: 6.5,
    forMs: 30 * minuteMs,
    margin: 3,
  },
  { name: "heat", kind: "shed", quantity: "air.temperature", above: 30, clear: 29, forMs: 0, margin: 1 },
];
const silentIntervals = 3;

function rules(): RulesFile {
  const words = {
    severity: "warning",
    title: { vi: "{place}: {value}", en: "{place}: {value}" },
    advice: { vi: "Xem", en: "Look" },
  };
  return rulesFile.parse({
    rules: [
      ...limitRules.map(({ kind, margin: _, ...rule }) => ({ ...rule, ...words, kind: "threshold" })),
      { kind: "device-silent", name: "silent", intervals: silentIntervals, ...words },
      {
        kind: "gateway-silent",
        name: "gateway-lost",
        intervals: silentIntervals,
        fewestDevices: loraNodesBehindGateway,
        ...words,
      },
    ],
    routes: [{ to: "log" }],
  });
}

/** Lives through the season that a seed makes, and holds the platform to its promises. */
export async function checkSeason(seed: number, days: number): Promise<CheckedSeason> {
  const platform = await openRehearsal({ startMs: Date.UTC(2026, 3, 1), rules: rules(), tickMs });
  try {
    const season = troubledSeason(seed, days, platform);
    for (const stopMs of season.stops) {
      await season.farm.runUntil(stopMs);
      await platform.crash();
    }
    await season.farm.runUntil(season.endMs);
    const limits = limitsOf(season, platform);
    const alerts = platform.alerts();
    return {
      broken: [
        ...keptOnce(season.witness, await storedOf(season, platform, false)),
        ...framesKept(season.witness, await storedOf(season, platform, true), season.endMs),
        ...silencesOf(season, platform),
        ...gatewaysOf(season, platform),
        ...limits.flatMap((each) => each.broken),
        ...toldOnce(platform.told),
      ],
      acknowledged: season.witness.receipted.size,
      alerts: alerts.length,
      gatewaysLost: alerts.filter(({ rule }) => rule === "gateway-lost").length,
      trueEvents: limits.reduce((sum, { events }) => sum + events, 0),
      account: season.farm.account(),
    };
  } finally {
    await platform.close();
  }
}

function limitsOf({ farm, nodes, isSound }: TroubledSeason, { alerts }: Rehearsal) {
  const all = alerts();
  return limitRules.flatMap((rule) =>
    nodes
      .filter(({ kind }) => kind === rule.kind)
      .map((node) =>
        eventsTold(
          farm.truth(node.place, rule.quantity),
          all.filter(({ rule: name, device }) => name === rule.name && device === node.id),
          rule,
          {
            boundMs: 2 * everyMs + observedEveryMs,
            stepMs: observedEveryMs,
            isSound: (fromMs, toMs) => isSound(node, rule.quantity, fromMs, toMs),
          },
        ),
      ),
  );
}

function silencesOf({ witness, nodes, endMs }: TroubledSeason, { alerts }: Rehearsal): string[] {
  const all = alerts().filter(({ rule }) => rule === "silent");
  return nodes.flatMap(({ id }) =>
    silencesTold(
      witness.arrivals.get(id) ?? [],
      all.filter(({ device }) => device === id),
      { limitMs: silentIntervals * everyMs, slackMs: everyMs + 2 * tickMs, untilMs: endMs },
    ),
  );
}

async function storedOf({ farm, startMs, endMs }: TroubledSeason, { store }: Rehearsal, isLora: boolean) {
  const devices = farm.stations().flatMap(({ id, devEui }) => ((devEui !== null) === isLora ? [id] : []));
  const year = 366 * 86_400_000;
  return store.readings({ devices, fromMs: startMs - year, toMs: endMs + year, limit: 10_000_000 });
}

/** A gateway's loss is one alert, and its nodes are not told besides. */
function gatewaysOf({ farm, witness, endMs }: TroubledSeason, { alerts }: Rehearsal): string[] {
  const behind = Map.groupBy(farm.stations(), ({ heardBy }) => heardBy?.eui);
  behind.delete(undefined);
  const all = alerts();
  const told = (name: string, about: string) =>
    all.filter(({ rule, device }) => rule === name && device === about);
  const bounds = {
    limitMs: silentIntervals * loraEveryMs,
    slackMs: 2 * loraEveryMs + 2 * tickMs,
    everyMs: loraEveryMs,
    fewestDevices: loraNodesBehindGateway,
    untilMs: endMs,
  };
  return [...behind].flatMap(([eui, nodes]) =>
    gatewayLossesTold(
      nodes.map(({ id }) => ({ heard: witness.heardAtMs.get(id) ?? [], alerts: told("silent", id) })),
      told("gateway-lost", `gateway:${eui}`),
      bounds,
    ),
  );
}
