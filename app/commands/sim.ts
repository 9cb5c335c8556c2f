import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { FleetAccount, FleetDevice, TroubleRecord } from "../../firmware-sim/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { type BrokerAddress, brokerAddress, brokerOf } from "../replay/broker-address.ts";
import type { FarmNode } from "../replay/simulated-farm.ts";
import { type CommandContext, UserError } from "./context.ts";
import { positiveNumber, timeBefore } from "./options.ts";
import { withRegistry } from "./registry-of.ts";
import { registerScenario } from "./sim-scenario.ts";
import { registerSeasons } from "./sim-seasons.ts";
import { table } from "./table.ts";

interface SimOptions {
  readonly devices: number;
  readonly interval: number;
  readonly speed?: number;
  readonly seed: number;
  readonly outages: number;
  readonly troubles?: boolean;
  readonly from?: number;
  readonly for?: number;
  readonly untilLive?: boolean;
  readonly broker?: BrokerAddress;
  readonly credentials?: string;
}

const secretsFile = "sim-credentials.csv";
const dayMs = 86_400_000;
const lookMs = 100;
/** An hour in a second. */
const usualSpeed = 3_600;

/** `canhdong sim`: a fleet that behaves like a farm. */
export function registerSim(program: Command, context: CommandContext): void {
  const sim = program
    .command("sim")
    .description("runs simulated nodes over real MQTT")
    .option("--devices <n>", "how many nodes", wholeNumber, 24)
    .option("--interval <seconds>", "how often a node measures", positiveNumber, 60)
    .option(
      "--speed <X>",
      "how much faster than real time the past is lived through (see below)",
      positiveNumber,
    )
    .option("--seed <k>", "the same seed is the same weather, noise and outages", wholeNumber, 1)
    .option("--from <time>", "when simulated time begins", timeBefore(context.now()))
    .option("--outages <share>", "days on which a node loses the network for a while, 0 to 1", share, 0.15)
    .option("--troubles", "a bad season: power cuts, half-open connections, storms, restarts, lying probes")
    .option("--for <duration>", "ends after so long: 90s, 10m, 2h (default: Ctrl-C)", duration)
    .option("--until-live", "ends when simulated time has caught up with real time")
    .option("--broker <host:port>", "another broker than this installation's", brokerAddress)
    .option("--credentials <file>", "lines id,secret: nodes that are registered elsewhere")
    .addHelpText("after", help)
    .action((options: SimOptions) => run(context, options));
  registerScenario(sim, context);
  registerSeasons(sim, context);
}

const help = `
Simulated time begins now; with --from, or with --speed (then a day ago), in the past. That it lives through --speed
times as fast as real time (3,600 unless given) until it has caught up, and goes with real time from then on: no node
ever measures the future, which no server would believe. What is lived through in haste arrives as history: it is
stored, and raises no alert. When the server cannot keep up, simulated time waits for it.
The same --seed, --devices, --interval and --from send the same measurements.

Nodes sim-soil-0001, sim-pond-0011 … are registered here when they are missing, with places of their own.
With --troubles everything goes wrong that can, by chance and by the seed; the report says what struck how often, and what came through.

With --credentials the ids are those of the file; one with "pond" or "shed" in it is such a node, any other a soil node.
Soil nodes sleep between uplinks; what is sent down to them waits. They understand the commands irrigate (soil), aerate
(pond), ventilate (shed) with {"minutes": …}, and the setting {"interval_s": …}.

Examples:
  $ canhdong sim
  $ canhdong sim --devices 200 --interval 300 --speed 2000 --from 7d --until-live
  $ canhdong sim --devices 1000 --interval 10 --for 10m
  $ canhdong sim --devices 200 --from 10d --until-live --troubles
  $ canhdong sim scenario oxygen-crash --svg oxygen.svg
`;

async function run(context: CommandContext, options: SimOptions): Promise<void> {
  const { createFleet } = await import("../../firmware-sim/index.ts");
  const { createProgress } = await import("../replay/progress.ts");
  const devices = await devicesOf(context, options);
  const startedMs = context.now();
  const startMs = options.from ?? (options.speed === undefined ? startedMs : startedMs - dayMs);
  const refusals = new Map<string, string>();
  const fleet = createFleet({
    devices,
    broker: brokerOf(context, options.broker),
    seed: options.seed,
    intervalMs: Math.round(options.interval * 1000),
    outagesPerDay: options.outages,
    speed: options.speed ?? usualSpeed,
    startMs,
    ...(options.troubles === true && {
      troubles: await badSeasonOf(devices, options.seed, startMs, startedMs),
    }),
    now: context.now,
    events: { refused: (device, why) => refusals.set(device, why) },
  });
  const progress = createProgress(context);
  const endMs = options.for === undefined ? Number.POSITIVE_INFINITY : startedMs + options.for;
  fleet.start();
  await watched(() => {
    const account = fleet.account();
    progress.show(() => line(account, context.now() - startedMs));
    return context.now() >= endMs || (options.untilLive === true && isCaughtUp(account));
  });
  const account = await fleet.stop();
  progress.end();
  context.out(accountText(account, context.now() - startedMs));
  if (account.acknowledged === 0 && account.refused > 0) {
    const [device, why] = [...refusals][0]!;
    throw new UserError(`No node was let in; the broker told ${device}: ${why}.`);
  }
}

/** So long troubles go on after now. */
const foreseenMs = 30 * dayMs;

async function badSeasonOf(devices: readonly FleetDevice[], seed: number, startMs: number, nowMs: number) {
  const { badSeason, probesOf, randomTroubles } = await import("../../firmware-sim/index.ts");
  const struck = {
    devices: devices.map(({ id, kind }) => ({
      id,
      quantities: probesOf[kind].map(({ quantity }) => quantity),
    })),
    communes: [...new Set(devices.flatMap(({ commune }) => (commune === undefined ? [] : [commune])))],
    gateways: [],
    places: [...new Set(devices.map(({ place }) => place.id))],
  };
  return randomTroubles(seed, struck, { fromMs: startMs, toMs: nowMs + foreseenMs }, badSeason);
}

/** Simulated time is real time, and what has network has sent what it had. */
function isCaughtUp({ isLive, buffered, inFlight, withoutNetwork }: FleetAccount): boolean {
  return isLive && inFlight === 0 && (buffered === 0 || withoutNetwork > 0);
}

/** Looks again and again until it is the end, or somebody wants it to be. */
async function watched(isEnd: () => boolean): Promise<void> {
  const { setTimeout: sleep } = await import("node:timers/promises");
  let isStopped = false;
  const stop = () => {
    isStopped = true;
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  while (!isStopped && !isEnd()) await sleep(lookMs);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
}

async function devicesOf(context: CommandContext, options: SimOptions): Promise<FleetDevice[]> {
  const { simulatedFarm } = await import("../replay/simulated-farm.ts");
  const { enlist, readCredentials } = await import("../replay/enlist.ts");
  const intervalMs = Math.round(options.interval * 1000);
  if (options.credentials !== undefined) {
    const given = [...readCredentials(options.credentials)].slice(0, options.devices);
    const farm = simulatedFarm(given.length, intervalMs);
    return given.map(([id, secret], i) => ({ ...farm[i]!, id, kind: kindOf(id), secret }));
  }
  const farm = simulatedFarm(options.devices, intervalMs);
  const book = join(openDataFolder(context.settings().data).path, secretsFile);
  const wanted = farm.map(({ enlisted }) => enlisted);
  const secrets = await withRegistry(context, (registry) => enlist(registry, wanted, book, context.now()));
  return farm.map(({ enlisted: { place }, ...node }: FarmNode) => ({
    ...node,
    ...(place?.communeName && { commune: place.communeName }),
    secret: secrets.get(node.id)!,
  }));
}

function kindOf(id: string): FleetDevice["kind"] {
  if (id.includes("pond")) return "pond";
  return id.includes("shed") ? "shed" : "soil";
}

function line(account: FleetAccount, elapsedMs: number): string {
  const { devices, connected, asleep, sent, acknowledged, inFlight, buffered, simulatedMs, isLive } = account;
  const rate = Math.round((acknowledged / Math.max(1000, elapsedMs)) * 1000);
  const time = isLive ? "live" : localTime(simulatedMs);
  return `${time}  ${devices} nodes, ${connected} connected, ${asleep} asleep  readings: ${sent} sent, ${acknowledged} acknowledged, ${inFlight} in flight, ${buffered} buffered  ${rate}/s`;
}

function accountText(account: FleetAccount, elapsedMs: number): string {
  const seconds = Math.max(1, elapsedMs / 1000);
  const open = account.inFlight + account.buffered;
  const rows: [string, string][] = [
    ["nodes", `${account.devices}, ${account.withoutNetwork} without network at the end`],
    ["simulated until", localTime(account.simulatedMs)],
    ["measured", `${account.measured} readings`],
    ["acknowledged", `${account.acknowledged} (${Math.round(account.acknowledged / seconds)}/s)`],
    ["not acknowledged", `${open} (${account.inFlight} sent, ${account.buffered} in the nodes' flash)`],
    ["overwritten", `${account.dropped}`],
    ["uplinks", `${account.uplinks}, ${account.resent} sent again, ${account.reconnects} reconnects`],
    ["acknowledged after", latencyText(account)],
    ...Object.entries(account.troubles).map(([kind, record]): [string, string] => [
      `  ${kind}`,
      troubleText(record),
    ]),
    ["commands done", `${account.commands}`],
    ["refused", `${account.refused} connections`],
  ];
  return table(rows);
}

function latencyText({ latencyMs: { median, p99, longest } }: FleetAccount): string {
  return median === null ? "-" : `${median} ms median, ${p99} ms p99, ${longest} ms at most`;
}

function troubleText({ struck, acknowledged, longestMs }: TroubleRecord): string {
  const slowest = longestMs === null ? "" : `, the slowest after ${longestMs} ms`;
  return `struck ${struck} times; ${acknowledged} messages under way then were acknowledged${slowest}`;
}

function localTime(ms: number): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Ho_Chi_Minh",
    dateStyle: "short",
    timeStyle: "medium",
  }).format(ms);
}

function wholeNumber(text: string): number {
  const value = positiveNumber(text);
  if (!Number.isInteger(value) || value > 1_000_000)
    throw new InvalidArgumentError("A whole number above 0 is needed.");
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) throw new InvalidArgumentError("0 to 1 is needed.");
  return value;
}

function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h|d)$/.exec(text);
  if (match === null) throw new InvalidArgumentError("A duration is needed: 90s, 10m, 2h, 1d.");
  return (
    Number(match[1]) * { s: 1_000, m: 60_000, h: 3_600_000, d: dayMs }[match[2] as "s" | "m" | "h" | "d"]
  );
}
