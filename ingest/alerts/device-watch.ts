import type { Position } from "../journal/journal.ts";
import type { ReadingRule, Saved, Severity, SilenceRule, Standing, Watcher } from "../rules/index.ts";
import type { Alert } from "./alert.ts";
import { afterFiring, type Firings, type FlappingVerdict } from "./flapping.ts";
import { keyOf, type RuleBook } from "./rule-book.ts";

/** One rule on one device. */
export interface ReadingWatch {
  readonly rule: ReadingRule;
  /** The rule's key. */
  readonly key: string;
  readonly watcher: Watcher;
  alert: Alert | null;
}

export interface SilenceWatch {
  readonly rule: SilenceRule;
  readonly key: string;
  /** Silence before this does not count: the rule began to watch the device only then. Server time. */
  readonly fromMs: number;
  alert: Alert | null;
}

export interface QuantityWatch {
  /** Device time of the newest reading judged. What is not newer changes nothing. */
  lastMs: number;
  readonly watches: readonly ReadingWatch[];
}

type SavedByKey = Readonly<Record<string, Saved>>;

/** What is kept of a device between two starts. */
export interface DeviceMemory {
  /** By quantity: time of the newest reading judged, and what the rules remember, by rule key. */
  readonly quantities: Readonly<Record<string, readonly [number, SavedByKey]>>;
  /** By rule key: `fromMs`. */
  readonly silences: Readonly<Record<string, number>>;
  /** By rule key. */
  readonly firings?: Readonly<Record<string, Firings>>;
  /** Position of the newest uplink that was taken in. */
  readonly takenTo?: Position;
}

/** What others know of a device, as of now. */
export interface DeviceFacts {
  readonly device: string;
  readonly standing: Standing;
  readonly intervalMs: number | null;
  readonly gateway: string | null;
}

/** Everything the rules know of one device, in memory. */
export class DeviceWatch {
  readonly device: string;
  #book: RuleBook;
  readonly #quantities = new Map<string, QuantityWatch>();
  /** A rule that takes several quantities has one watch, which stands with each of them. */
  #watches = new Map<ReadingRule, ReadingWatch>();
  /** By rule key. */
  readonly #firings = new Map<string, Firings>();
  standing: Standing;
  intervalMs: number | null;
  /** Id of the gateway that it speaks through; null when nobody knows. */
  gateway: string | null;
  /** Server time of its newest uplink. */
  lastSeenMs: number;
  silences: readonly SilenceWatch[] = [];
  /** Position of the newest uplink that was taken in: after a crash the journal is read again from before it. */
  takenTo: Position = -1;
  /** Not yet saved. */
  changed = false;

  constructor({ device, standing, intervalMs, gateway }: DeviceFacts, lastSeenMs: number, book: RuleBook) {
    this.device = device;
    this.standing = standing;
    this.intervalMs = intervalMs;
    this.gateway = gateway;
    this.lastSeenMs = lastSeenMs;
    this.#book = book;
  }

  /** Watches of one quantity; made when it is first heard of. */
  quantity(name: string): QuantityWatch {
    const known = this.#quantities.get(name);
    if (known) return known;
    return this.#remember(name, Number.NEGATIVE_INFINITY, () => null);
  }

  /** Begins to count silence by every rule that concerns the device; those already counting go on. */
  countSilences(fromMs: (key: string) => number): void {
    const counting = new Map(this.silences.map((watch) => [watch.rule, watch]));
    this.silences = this.#book.silence
      .filter((rule) => rule.concerns(this.device, this.standing))
      .map((rule) => counting.get(rule) ?? beginSilence(rule, fromMs(keyOf(rule))));
  }

  /** Takes one more firing of a rule, and says whether it is still worth telling. */
  fires(key: string, atMs: number, severity: Severity): FlappingVerdict {
    const verdict = afterFiring(this.#firings.get(key), atMs, severity);
    this.#firings.set(key, verdict.firings);
    return verdict;
  }

  /** Goes on from what was saved. Memories of rules that no longer are, or no longer concern it, are left behind. */
  recall({ quantities, silences, firings = {}, takenTo = -1 }: DeviceMemory, nowMs: number): void {
    this.takenTo = takenTo;
    for (const [key, saved] of Object.entries(firings)) {
      if (this.#book.byKey(key)) this.#firings.set(key, saved);
    }
    const saved = Object.assign({}, ...Object.values(quantities).map(([, byKey]) => byKey)) as SavedByKey;
    for (const [name, [lastMs]] of Object.entries(quantities))
      this.#remember(name, lastMs, (key) => saved[key] ?? null);
    this.countSilences((key) => silences[key] ?? nowMs);
  }

  /**
   * Follows the device to where it stands now.
   * @returns the alerts of rules that no longer concern it
   */
  moveTo(standing: Standing, nowMs: number): Alert[] {
    this.standing = standing;
    return this.#watchAnew(nowMs);
  }

  /**
   * Goes on with other rules; those that stay the same keep what they remember.
   * @returns the alerts of rules that hold no more
   */
  follow(book: RuleBook, nowMs: number): Alert[] {
    this.#book = book;
    return this.#watchAnew(nowMs);
  }

  allWatches(): (ReadingWatch | SilenceWatch)[] {
    return [...this.silences, ...this.#watches.values()];
  }

  /** A `DeviceMemory` as JSON; put together by hand, for thousands of devices are saved between two batches. */
  memory(): string {
    const quantities: string[] = [];
    for (const [name, { lastMs, watches }] of this.#quantities) {
      if (watches.length > 0 && lastMs > Number.NEGATIVE_INFINITY)
        quantities.push(`"${name}":[${lastMs},{${savedOf(watches)}}]`);
    }
    const silences = this.silences.map(({ key, fromMs }) => `"${key}":${fromMs}`);
    const firings =
      this.#firings.size === 0 ? "" : `"firings":${JSON.stringify(Object.fromEntries(this.#firings))},`;
    return `{"quantities":{${quantities.join()}},"silences":{${silences.join()}},${firings}"takenTo":${this.takenTo}}`;
  }

  #watchAnew(nowMs: number): Alert[] {
    const before = this.allWatches();
    this.countSilences(() => nowMs);
    const stays = (rule: ReadingRule) =>
      this.#book.byKey(keyOf(rule)) === rule && rule.concerns(this.device, this.standing);
    this.#watches = new Map([...this.#watches].filter(([rule]) => stays(rule)));
    for (const [name, { lastMs }] of this.#quantities) this.#remember(name, lastMs, () => null);
    const after = new Set(this.allWatches());
    return before.flatMap((watch) => (watch.alert && !after.has(watch) ? [watch.alert] : []));
  }

  #rulesFor(quantity: string): ReadingRule[] {
    return this.#book.byQuantity(quantity).filter((rule) => rule.concerns(this.device, this.standing));
  }

  #remember(name: string, lastMs: number, saved: (key: string) => Saved | null): QuantityWatch {
    const watches = this.#rulesFor(name).map((rule) => this.#watchBy(rule, saved));
    const quantity = { lastMs, watches };
    this.#quantities.set(name, quantity);
    return quantity;
  }

  #watchBy(rule: ReadingRule, saved: (key: string) => Saved | null): ReadingWatch {
    const known = this.#watches.get(rule);
    if (known) return known;
    const key = keyOf(rule);
    const watch = { rule, key, watcher: rule.watch(saved(key)), alert: null };
    this.#watches.set(rule, watch);
    return watch;
  }
}

function beginSilence(rule: SilenceRule, fromMs: number): SilenceWatch {
  return { rule, key: keyOf(rule), fromMs, alert: null };
}

/** Members of an object. Names of rules and quantities hold nothing that JSON would have to escape. */
function savedOf(watches: readonly ReadingWatch[]): string {
  let members = "";
  for (const { key, watcher } of watches) {
    const saved = watcher.save();
    if (saved !== null) members += `${members === "" ? "" : ","}"${key}":${JSON.stringify(saved)}`;
  }
  return members;
}
