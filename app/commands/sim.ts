import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { FleetAccount, FleetDevice, FleetParts, Trouble } from "../../firmware-sim/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { type BrokerAddress, brokerAddress, brokerOf } from "../replay/broker-address.ts";
import { type CommandContext, UserError } from "./context.ts";
import { positiveNumber, timeBefore } from "./options.ts";
import { withRegistry } from "./registry-of.ts";
import type { SharedFarm } from "./sim-lorawan.ts";
import { fleetLine, fleetReport } from "./sim-report.ts";
import { registerScenario } from "./sim-scenario.ts";
import { registerSeasons } from "./sim-seasons.ts";
import { type Strike, strike } from "./sim-troubles.ts";

interface SimOptions {
  readonly devices: number;
  readonly interval: number;
  readonly speed?: number;
  readonly seed: number;
  readonly outages: number;
  readonly lorawan: number;
  readonly troubles?: boolean;
  readonly strike?: readonly Strike[];
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
    .option("--lorawan <share>", "so many of them are LoRaWAN nodes behind gateways, 0 to 1", share, 0)
    .option("--troubles", "a bad season: power cuts, half-open connections, storms, restarts, lying probes")
    .option(
      "--strike <trouble>",
      "one trouble, such as lightning@2m+1h; may be given more than once (see below)",
      (text: string, before: readonly Strike[] = []) => [...before, strike(text)],
    )
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

With --lorawan a share of them are LoRaWAN nodes (sim-lse01-0002, sim-uc511-0004 …): they send their makers' bytes, which gateways hear or not,
and a network server publishes as ChirpStack does, as the service sim-chirpstack. It takes commands for the valves (sim-uc511-…), too:
they hear them after their next frame. The gateways are registered, and say under as923_2/gateway/… that they are there.

--strike KIND[@AFTER][+LASTING]: AFTER counts simulated time from its beginning (1m unless given), LASTING is 10m unless given. Kinds:
power-cut, network-down, reconnect-storm, restart (of the first commune), gateway-down, lightning (of the first gateway).

With --credentials the ids are those of the file; one with "pond" or "shed" in it is such a node, any other a soil node.
Soil nodes sleep between uplinks; what is sent down to them waits. They understand the commands irrigate (soil), aerate
(pond), ventilate (shed) with {"minutes": …}, and the setting {"interval_s": …}.

Examples:
  $ canhdong sim
  $ canhdong sim --devices 200 --interval 300 --speed 2000 --from 7d --until-live
  $ canhdong sim --devices 1000 --interval 10 --for 10m
  $ canhdong sim --devices 200 --from 10d --until-live --troubles
  $ canhdong sim --devices 48 --lorawan 0.5 --interval 120 --strike lightning@3m+10m
  $ canhdong sim scenario oxygen-crash --svg oxygen.svg
`;

async function run(context: CommandContext, options: SimOptions): Promise<void> {
  const { createFleet } = await import("../../firmware-sim/index.ts");
  const { createProgress } = await import("../replay/progress.ts");
  const nodes = await fleetOf(context, options);
  const startedMs = context.now();
  const startMs = options.from ?? (options.speed === undefined ? startedMs : startedMs - dayMs);
  const refusals = new Map<string, string>();
  const broker = brokerOf(context, options.broker);
  const fleet = createFleet({
    ...nodes,
    broker,
    seed: options.seed,
    intervalMs: Math.round(options.interval * 1000),
    outagesPerDay: options.outages,
    speed: options.speed ?? usualSpeed,
    startMs,
    troubles: await troublesOf(options, nodes, startMs, startedMs),
    now: context.now,
    events: { refused: (name, why) => refusals.set(name, why) },
  });
  const progress = createProgress(context);
  const endMs = options.for === undefined ? Number.POSITIVE_INFINITY : startedMs + options.for;
  fleet.start();
  await watched(() => {
    const account = fleet.account();
    progress.show(() => fleetLine(account, context.now() - startedMs));
    return context.now() >= endMs || (options.untilLive === true && fleet.isCaughtUp());
  });
  const account = await fleet.stop();
  progress.end();
  context.out(fleetReport(account, context.now() - startedMs));
  noteUnheard(account, broker, refusals);
}

/** @throws UserError when a fleet that measured was heard by nobody */
function noteUnheard(
  account: FleetAccount,
  { host, port }: BrokerAddress,
  refusals: Map<string, string>,
): void {
  if (account.acknowledged + (account.lorawan?.acknowledged ?? 0) > 0) return;
  const [refused] = refusals;
  if (refused !== undefined)
    throw new UserError(`No node was let in; the broker told ${refused[0]}: ${refused[1]}.`);
  if (account.measured > 0)
    throw new UserError(
      `Nobody at ${host}:${port} acknowledged anything. Does the server run there? (canhdong start)`,
    );
}

/** Undefined when nothing was asked for: then nobody asks after troubles at every step. */
async function troublesOf(
  { troubles = false, strike: ordered = [], seed }: SimOptions,
  { devices, lorawan }: Pick<FleetParts, "devices" | "lorawan">,
  startMs: number,
  nowMs: number,
): Promise<Trouble[] | undefined> {
  if (!troubles && ordered.length === 0) return undefined;
  const struck = { own: devices, lorawan: lorawan?.devices ?? [], gateways: lorawan?.gateways ?? [] };
  const { badSeasonFor, strikesFrom } = await import("./sim-troubles.ts");
  const season = troubles ? await badSeasonFor(struck, seed, startMs, nowMs) : [];
  return [...season, ...strikesFrom(startMs, ordered, struck)];
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

/** The nodes with their secrets, registered where they are missing. */
async function fleetOf(
  context: CommandContext,
  options: SimOptions,
): Promise<Pick<FleetParts, "devices" | "lorawan">> {
  const { simulatedFarm } = await import("../replay/simulated-farm.ts");
  const intervalMs = Math.round(options.interval * 1000);
  if (options.credentials !== undefined) {
    if (options.lorawan > 0) {
      throw new UserError(
        "--lorawan needs nodes of this installation: those of --credentials are registered elsewhere, as what they are.",
      );
    }
    const { readCredentials } = await import("../replay/enlist.ts");
    const given = [...readCredentials(options.credentials)].slice(0, options.devices);
    const farm = simulatedFarm(given.length, intervalMs);
    return { devices: given.map(([id, secret], i) => ({ ...farm[i]!, id, kind: kindOf(id), secret })) };
  }
  const { sharedFarm } = await import("./sim-lorawan.ts");
  return enlisted(context, sharedFarm(simulatedFarm(options.devices, intervalMs), options.lorawan));
}

async function enlisted(
  context: CommandContext,
  { own, lorawan }: SharedFarm,
): Promise<Pick<FleetParts, "devices" | "lorawan">> {
  const { enlist } = await import("../replay/enlist.ts");
  const { admitNetworkServer, gatewaysFor } = await import("./sim-lorawan.ts");
  const book = join(openDataFolder(context.settings().data).path, secretsFile);
  const wanted = [...own, ...lorawan].map((node) => node.enlisted);
  const gateways = gatewaysFor(lorawan);
  return withRegistry(context, (registry) => {
    const secrets = enlist(registry, wanted, book, context.now());
    const devices = own.map(({ enlisted: { place }, ...node }) => ({
      ...node,
      ...(place?.communeName && { commune: place.communeName }),
      secret: secrets.get(node.id)!,
    }));
    if (lorawan.length === 0) return { devices };
    const service = admitNetworkServer(registry, gateways, context.now());
    return { devices, lorawan: { devices: lorawan, gateways, service } };
  });
}

function kindOf(id: string): FleetDevice["kind"] {
  if (id.includes("pond")) return "pond";
  return id.includes("shed") ? "shed" : "soil";
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
