import { localHour } from "../../calendar/index.ts";
import { type ReadingRule, type Rule, rule, type Standing } from "../rules/index.ts";
import type { ReadingStore, Span } from "../stores/reading-store.ts";
import { type Episode, EpisodeRecorder } from "./episodes.ts";
import { historyOf } from "./history.ts";

export interface BackTestParts extends Span {
  readonly store: Pick<ReadingStore, "readings">;
  /** Armed or not: who asks wants to know. Rules about silence are left out, for the store does not know who was silent. */
  readonly rules: readonly Rule[];
  /** Each with where it stood, from when on. */
  readonly devices: readonly TestedDevice[];
  /** More readings than this are not gone through. */
  readonly mostReadings: number;
  readonly signal?: AbortSignal;
}

export interface TestedDevice {
  readonly id: string;
  /** In order of time; the last one lasts. */
  readonly stood: readonly { readonly fromMs: number; readonly standing: Standing }[];
}

export interface FiredEpisode extends Episode {
  /** Whether it fired between six in the evening and six in the morning, in Vietnam. */
  readonly atNight: boolean;
  /** Whether the probe could not be believed at that time. */
  readonly withinProbeFault: boolean;
}

/** What would have come of the rules. */
export interface BackTest extends Span {
  /** Episodes in order of their firing. */
  readonly episodes: readonly FiredEpisode[];
  readonly readings: number;
  /** Devices that any of the rules concerned and that had readings. */
  readonly devices: number;
  /** Rules that could not be tested: those about silence. */
  readonly leftOut: readonly string[];
}

export class TooMuchHistory extends Error {
  override readonly name = "TooMuchHistory";
}

/**
 * Runs rules over what is stored, by the same watchers that watch the field, as if every reading had come in time.
 *
 * An episode lies within a fault of its probe when a rule of the kind `probe-fault` fires on the same device and quantity at the
 * time: one of those given, or, where none is given for the quantity, one that calls a value stuck that is the same to
 * the last digit for a day.
 *
 * @throws TooMuchHistory; what the store throws; the signal's reason when it is aborted
 */
export async function backTest(parts: BackTestParts): Promise<BackTest> {
  const { fromMs, toMs } = parts;
  const tested = parts.rules.filter((each) => each.watches === "readings");
  const leftOut = parts.rules.filter((each) => each.watches !== "readings").map(({ name }) => name);
  const faults = tested.filter(({ kind }) => kind === "probe-fault");
  const judging = [...tested, ...usualFaults(tested, faults)];
  const episodes: FiredEpisode[] = [];
  let readings = 0;
  let devices = 0;
  for (const device of parts.devices) {
    const found = await testDevice(device, judging, parts, parts.mostReadings - readings);
    readings += found.readings;
    if (found.readings > 0) devices++;
    episodes.push(...withFaults(found.episodes, judging));
  }
  const told = new Set(tested.map(({ name }) => name));
  const ofTested = episodes.filter((episode) => told.has(episode.rule));
  ofTested.sort((one, other) => one.firedAtMs - other.firedAtMs);
  return { fromMs, toMs, episodes: ofTested, readings, devices, leftOut };
}

async function testDevice(
  { id, stood }: TestedDevice,
  rules: readonly ReadingRule[],
  { store, fromMs, toMs, mostReadings, signal }: BackTestParts,
  mostLeft: number,
): Promise<{ readonly episodes: readonly Episode[]; readonly readings: number }> {
  const episodes: Episode[] = [];
  let readings = 0;
  for (const [at, { fromMs: standsFromMs, standing }] of stood.entries()) {
    const span = {
      fromMs: Math.max(fromMs, standsFromMs),
      toMs: Math.min(toMs, stood[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY),
    };
    const recorders = rules
      .filter((each) => each.concerns(id, standing))
      .map((each) => new EpisodeRecorder(each, id));
    const quantities = [...new Set(recorders.flatMap(({ rule: each }) => each.takes))];
    if (quantities.length === 0 || span.fromMs >= span.toMs) continue;
    for await (const piece of historyOf(store, { ...span, device: id, quantities })) {
      signal?.throwIfAborted();
      readings += piece.length;
      if (readings > mostLeft)
        throw new TooMuchHistory(
          `There are more than ${mostReadings} readings in this span; ask for less time or fewer devices.`,
        );
      for (const { measuredAtMs, value, quantity } of piece)
        for (const recorder of recorders) recorder.take(measuredAtMs, value, quantity);
    }
    const isLast = at === stood.length - 1;
    episodes.push(
      ...recorders.flatMap((recorder) => (isLast ? recorder.close() : recorder.leave(span.toMs))),
    );
  }
  return { episodes, readings };
}

/** Standing still is natural for what is mostly zero, or counted. */
const mayStandStill = /^(rain|light|leaf|crop|valve|input|probe)\.|^water\.(flow|velocity|volume|dryDays)$/;

function usualFaults(tested: readonly ReadingRule[], faults: readonly ReadingRule[]): ReadingRule[] {
  const guarded = new Set(faults.map(({ quantity }) => quantity));
  const quantities = [...new Set(tested.map(({ quantity }) => quantity))].filter(
    (quantity) => !guarded.has(quantity) && !mayStandStill.test(quantity),
  );
  const words = { vi: "Đầu đo đứng yên", en: "The probe stands still" };
  return quantities.map((quantity) => {
    const stuck = { kind: "probe-fault", severity: "info", quantity, stuckForMs: 86_400_000 };
    // A name that no rule of anybody can have.
    const parsed = rule.parse({ ...stuck, name: "usual", title: words, advice: words }) as ReadingRule;
    return { ...parsed, name: `*stuck ${quantity}` };
  });
}

function withFaults(episodes: readonly Episode[], rules: readonly ReadingRule[]): FiredEpisode[] {
  const faulty = new Set(rules.filter(({ kind }) => kind === "probe-fault").map(({ name }) => name));
  const faults = episodes.filter((episode) => faulty.has(episode.rule));
  return episodes.map((episode) => {
    const hour = localHour(episode.firedAtMs);
    return {
      ...episode,
      atNight: hour < 6 || hour >= 18,
      withinProbeFault: !faulty.has(episode.rule) && faults.some((fault) => overlap(fault, episode)),
    };
  });
}

function overlap(fault: Episode, episode: Episode): boolean {
  if (fault.quantity !== episode.quantity || fault.device !== episode.device) return false;
  const endOf = ({ endedAtMs }: Episode) => endedAtMs ?? Number.POSITIVE_INFINITY;
  return fault.sinceMs <= endOf(episode) && episode.sinceMs <= endOf(fault);
}
