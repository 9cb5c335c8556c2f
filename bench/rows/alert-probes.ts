import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createHistogram } from "../load/histogram.ts";
import { readUplinkLog } from "../load/uplink-log.ts";
import { hostShare } from "../platform/host-watch.ts";
import { cpuPercent, peakRssMb } from "../platform/observe.ts";
import { everythingAccepted, everythingAcknowledged, lateness } from "../platform/soundness.ts";
import type { Row } from "../row.ts";
import { type AlertReceiver, openAlertReceiver, type Word } from "./alert-receiver.ts";

const nodes = 2_000;
const perSecond = 5_000;
/** A prime, so that it is another node's turn each time: some twenty probes a second. */
const probeEvery = 251;
const patienceSeconds = 60;
const probeLimit = 38;

interface Variant {
  readonly name: string;
  readonly what: string;
  /** Whether nodes stand in sheds, so that quantities are reckoned from their readings, stored and judged as well. */
  readonly placed: boolean;
  /** Of the configuration: packs and files. */
  readonly rules: string | readonly string[];
  /** What stands in `rules.yaml`. */
  readonly ours: () => object;
}

/** A row that measures how long it takes from a node's word to somebody's ear, while 2,000 nodes speak. */
export function alertRow({ name, what, placed, rules: chosen, ours }: Variant): Row {
  return {
    name,
    figures: [{ key: "p99Ms", what, unit: "ms", atLeast: 250, aim: 50, better: "less" }],
    limitSeconds: ({ seconds }) => 2 * seconds + patienceSeconds + 120,
    async run(stage, { seconds }) {
      const receiver = await openAlertReceiver();
      try {
        const platform = await stage.platform({
          devices: nodes,
          intervalSeconds: 60,
          placed,
          settings: { rules: chosen, notifiers: { hook: receiver.notifier } },
          files: { "rules.yaml": JSON.stringify(ours()) },
        });
        const server = await platform.start();
        stage.say(
          `${perSecond} uplinks a second of ${nodes} nodes, one in ${probeEvery} over the limit, ${seconds} s`,
        );
        const probeLog = join(platform.folder, "probes");
        const observing = stage.observe(server);
        const host = stage.watchHost();
        const report = await stage.load({
          port: server.mqttPort,
          credentials: platform.credentials,
          pace: { kind: "open", perSecond },
          warmUpSeconds: Math.min(10, seconds),
          seconds,
          drainSeconds: 30,
          probeEvery,
          probeLog,
        }).report;
        const seen = await observing.stop();
        const hostTook = hostShare(await host.stop());
        everythingAccepted(report);
        everythingAcknowledged(report);
        const probes = readUplinkLog(probeLog)
          .filter(({ atMs }) => atMs >= report.measured.fromMs)
          .map(({ device, tsMs, atMs }) => ({ device: platform.deviceIds[device]!, tsMs, atMs }));
        const told = createHistogram();
        const tellings = await tellingsOf(probes, receiver.firstWord);
        for (const { tookMs } of tellings) told.add(tookMs);
        await server.stop();
        const { p50, p90, p99, max } = told.summary();
        return {
          measured: { p99Ms: p99 },
          notes: [
            `${probes.length} probes, each told once: p50 ${p50} ms, p90 ${p90} ms, p99 ${p99} ms, max ${max} ms from publish to the webhook's receiver`,
            `${tellings.filter(({ event }) => event === "resolved").length} of them were over before they could be told, and were told as that`,
            `PUBACK p50 ${report.measured.ackMs.p50} ms, p99 ${report.measured.ackMs.p99} ms; server CPU ${cpuPercent(seen)} %, at most ${peakRssMb(seen)} MB resident`,
            hostTook,
            ...lateness(report),
          ],
        };
      } finally {
        receiver.close();
      }
    },
  };
}

interface Probe {
  readonly device: string;
  readonly tsMs: number;
  readonly atMs: number;
}

interface Telling {
  readonly tookMs: number;
  readonly event: Word["event"];
}

/** @throws when a probe was not told, after some patience */
async function tellingsOf(
  probes: readonly Probe[],
  firstWord: AlertReceiver["firstWord"],
): Promise<Telling[]> {
  const untilMs = performance.now() + patienceSeconds * 1000;
  for (;;) {
    const tellings = probes.flatMap(({ device, tsMs, atMs }): Telling[] => {
      const word = firstWord(device, tsMs);
      return word === undefined ? [] : [{ tookMs: word.atMs - atMs, event: word.event }];
    });
    if (tellings.length === probes.length && probes.length > 0) return tellings;
    if (performance.now() > untilMs)
      throw new Error(
        `of ${probes.length} probes only ${tellings.length} were told after ${patienceSeconds} s`,
      );
    await wait(50);
  }
}

/** The rule that hears the probes. */
export const probeName = "hot";

export function threshold(name: string, quantity: string, limits: object) {
  return { ...words, kind: "threshold", name, quantity, ...limits };
}

export const words = {
  severity: "warning",
  title: { vi: "{value}", en: "{value}" },
  advice: { vi: "-", en: "-" },
};

export const probeRule = () => threshold(probeName, "air.temperature", { above: probeLimit, clear: 35 });
