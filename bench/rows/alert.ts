import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { packNames } from "../../ingest/rules/index.ts";
import { createHistogram } from "../load/histogram.ts";
import { readUplinkLog } from "../load/uplink-log.ts";
import { cpuPercent, peakRssMb } from "../platform/observe.ts";
import type { Row } from "../row.ts";
import { type AlertReceiver, openAlertReceiver, type Word } from "./alert-receiver.ts";
import { everythingAccepted, everythingAcknowledged, lateness } from "./soundness.ts";

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

/** How long it takes from a node's word to somebody's ear, while 2,000 others speak and 20 rules listen. */
export const alert: Row = alertRow({
  name: "alert",
  what: "publish → alert handed to a notifier, p99, at 5,000 a second",
  placed: false,
  rules: "rules.yaml",
  // YAML contains JSON.
  ours: () => ({ rules: rules(), routes: [{ to: "hook" }] }),
});

/** The same with every pack that comes along, and all that can be reckoned of nodes in sheds. */
export const alertWithPacks: Row = alertRow({
  name: "alert-packs",
  what: "the same with every pack armed and derived quantities on",
  placed: true,
  // Those by product: the two for a first look say the same again, and who is told.
  rules: [...packNames.filter((name) => name !== "demo" && name !== "starter"), "./rules.yaml"],
  ours: () => ({ rules: [probeRule()], routes: [{ to: "hook", rules: [probeName] }] }),
});

function alertRow({ name, what, placed, rules: chosen, ours }: Variant): Row {
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

const probeName = "hot";

function threshold(name: string, quantity: string, limits: object) {
  return { ...words, kind: "threshold", name, quantity, ...limits };
}

const words = {
  severity: "warning",
  title: { vi: "{value}", en: "{value}" },
  advice: { vi: "-", en: "-" },
};

const probeRule = () => threshold(probeName, "air.temperature", { above: probeLimit, clear: 35 });

/** One rule for the probes, and nineteen that have to look at everything and find nothing. */
function rules() {
  const usual = { "soil.moisture": [20, 50], "soil.temperature": [5, 45], "power.battery": [3, 4.2] };
  const extremes = Object.entries(usual).flatMap(([quantity, [low, high]]) => {
    const name = quantity.replace(".", "-").toLowerCase();
    return [
      threshold(`${name}-low`, quantity, { below: low }),
      threshold(`${name}-high`, quantity, { above: high }),
      threshold(`${name}-long-low`, quantity, { below: low, forMs: 600_000 }),
      threshold(`${name}-long-high`, quantity, { above: high, forMs: 600_000 }),
    ];
  });
  const rates = ["soil.moisture", "soil.temperature", "air.relativeHumidity"].map((quantity, at) => {
    return { ...words, kind: "rate-of-change", name: `rate-${at}`, quantity, fallsBy: 30, withinMs: 600_000 };
  });
  const humidity = [
    threshold("humidity-low", "air.relativeHumidity", { below: 40 }),
    threshold("humidity-long-low", "air.relativeHumidity", { below: 50, forMs: 600_000 }),
  ];
  const silences = [10, 30].map((intervals) => {
    return { ...words, kind: "device-silent", name: `silent-${intervals}`, intervals };
  });
  return [probeRule(), ...extremes, ...rates, ...humidity, ...silences];
}
