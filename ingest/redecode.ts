import { decodeInTurns } from "./decode/decode-in-turns.ts";
import type { Decoded, RejectionReason } from "./decode/decoded.ts";
import type { Decoder } from "./decode/decoder.ts";
import type { Journal, JournaledUplink, Position } from "./journal/journal.ts";
import type { Amended, Quarantine } from "./quarantine/open-quarantine.ts";
import { type Difference, differenceFor } from "./store-difference.ts";
import type { ReadingStore } from "./stores/reading-store.ts";

export interface RedecodeParts {
  readonly journal: Pick<Journal, "start" | "read" | "positionAt">;
  readonly decoder: Pick<Decoder, "decodeAfresh">;
  readonly store: Pick<ReadingStore, "readings" | "rewrite" | "remove">;
  readonly quarantine: Pick<Quarantine, "amend" | "stored">;
  /** Server time of arrival: from inclusive, to exclusive. */
  readonly range: { readonly fromMs: number; readonly toMs: number };
  /** Only uplinks of this device, or in which a gateway speaks for it. */
  readonly device?: string;
  /** When this happens, for the record of what was mended. */
  readonly nowMs: number;
  /** Told after each batch: uplinks looked at so far, and about how many there are. */
  progress?(looked: number, of: number): void;
  readonly signal?: AbortSignal;
}

export interface RedecodeAccount {
  /** Uplinks decoded again. */
  readonly uplinks: number;
  /** Readings that they give today. */
  readonly readings: number;
  /** How many readings of these uplinks were stored before; then added + before - removed are. */
  readonly readingsBefore: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Readings that an uplink after the span has corrected since: left as they are. */
  readonly superseded: number;
  /** Rejections of these uplinks that were in quarantine before. */
  readonly quarantinedBefore: number;
  /** Values (or whole uplinks) that were in quarantine and are no more. */
  readonly mended: number;
  /** Rejections that are left of these uplinks. */
  readonly stillQuarantined: number;
  readonly byReason: Readonly<Partial<Record<RejectionReason, number>>>;
}

const uplinksAtOnce = 4096;
/**
 * So much is compared with the store at once: each comparison reads three days of every device that is in it, however little
 * of them it is about. More of it would cost memory, some 100 MB as it is.
 */
const readingsAtOnce = 200_000;
const bytesAtOnce = 16 * 1024 * 1024;
/** An older decoder may have been wrong about the time zone, or about the day. Of one device everything is looked at. */
const lookBackMs = 86_400_000;

/**
 * Decodes again, with today's decoder, registry and catalogue, what arrived in a span of time: from the journal, and
 * from quarantine what the journal no longer has. Readings that are new or have another value are written, those that an
 * older decoder made and today's does not are removed, quarantine is amended; no rule is asked and nobody is woken. Done
 * twice it is done once; when it fails or is stopped half-way, run it again.
 *
 * What it cannot know: nothing is removed of uplinks that only quarantine still has, and of those at the very edges of the
 * span (another uplink of the same second may have brought it); nor, unless one device is named, what an older decoder
 * dated more than a day before all that these uplinks tell today. A reading that a repeated one had overwritten comes back only when
 * its own uplink is in the span, too.
 *
 * @throws what the journal, the store or quarantine throw; the signal's reason when it is aborted
 */
export async function redecode(parts: RedecodeParts): Promise<RedecodeAccount> {
  const account = createAccount();
  let portion = createPortion(Number.NEGATIVE_INFINITY);
  const finish = () => replace(portion, parts, account);
  for await (const { uplinks, knownFromMs, looked, of } of uplinksIn(parts)) {
    if (knownFromMs !== portion.knownFromMs) {
      await finish();
      portion = createPortion(knownFromMs);
    }
    for (let at = 0; at < uplinks.length; ) {
      parts.signal?.throwIfAborted();
      const decode = (uplink: JournaledUplink) => parts.decoder.decodeAfresh(uplink);
      const decoded = await decodeInTurns(uplinks.slice(at), decode, bytesAtOnce);
      at += decoded.length;
      portion.add(decoded.filter((one) => concerns(one, parts.device)));
      if (!portion.isFull()) continue;
      await finish();
      portion = createPortion(knownFromMs);
    }
    parts.progress?.(looked, of);
  }
  await finish();
  return account.total();
}

type Portion = ReturnType<typeof createPortion>;

/** What is compared with the store at once, all of it with the same knowledge of what came besides. */
function createPortion(knownFromMs: number) {
  const decoded: Decoded[] = [];
  let readings = 0;
  let bytes = 0;
  return {
    knownFromMs,
    decoded,
    add(more: readonly Decoded[]): void {
      for (const one of more) {
        decoded.push(one);
        readings += one.readings.length;
        bytes += one.uplink.payload.length;
      }
    },
    isFull: () => readings >= readingsAtOnce || bytes >= bytesAtOnce,
  };
}

function concerns({ uplink, devices, rejections }: Decoded, device: string | undefined): boolean {
  if (device === undefined || uplink.device === device || devices?.includes(device)) return true;
  return rejections.some((rejection) => rejection.device === device);
}

/** The store first: should the second step fail, quarantine still says so, and the next run mends it. */
async function replace(
  { decoded, knownFromMs }: Portion,
  { store, quarantine, range, device, nowMs }: RedecodeParts,
  account: Account,
): Promise<void> {
  if (decoded.length === 0) return;
  const look = { store, range, knownFromMs, lookBackMs: device === undefined ? lookBackMs : null };
  const difference = await differenceFor(decoded, look);
  if (difference.write.length > 0) await store.rewrite(difference.write);
  if (difference.remove.length > 0) await store.remove(difference.remove);
  account.add(decoded, difference, await quarantine.amend(decoded, nowMs));
}

interface Found {
  readonly uplinks: readonly JournaledUplink[];
  /** From here on the journal has every uplink; never for those that only quarantine has. */
  readonly knownFromMs: number;
  readonly looked: number;
  readonly of: number;
}

/** The uplinks of the span in the journal's order; where the journal has a gap, those that quarantine kept. */
async function* uplinksIn(parts: RedecodeParts): AsyncGenerator<Found> {
  const { journal, range } = parts;
  const first = await journal.positionAt(range.fromMs);
  const end = await journal.positionAt(range.toMs);
  const of = end - first;
  const kept = (uplinks: readonly JournaledUplink[], looked: number): Found => ({
    ...{ uplinks, looked, of },
    knownFromMs: Number.POSITIVE_INFINITY,
  });
  for (const uplinks of keptBetween(0, first, parts)) yield kept(uplinks, 0);
  let knownFromMs = Number.NEGATIVE_INFINITY;
  for (let at = first; at < end; ) {
    const { uplinks, next } = await journal.read(at, Math.min(uplinksAtOnce, end - at));
    if (next <= at) throw new Error(`the journal gave nothing at position ${at}, though it ends at ${end}`);
    const found = uplinks[0]?.position ?? next;
    for (const uplinks of keptBetween(at, found, parts)) yield kept(uplinks, at - first);
    const isBehindGap = found > at || (at === journal.start && at > 0);
    if (isBehindGap) knownFromMs = uplinks[0]?.receivedAtMs ?? knownFromMs;
    yield {
      uplinks: uplinks.filter((uplink) => isAsked(uplink, parts)),
      looked: Math.min(next, end) - first,
      knownFromMs,
      of,
    };
    at = next;
  }
}

function* keptBetween(
  from: Position,
  before: Position,
  { quarantine, range, device }: RedecodeParts,
): Generator<readonly JournaledUplink[]> {
  const asked = { before, ...range, ...(device === undefined ? {} : { device }), limit: uplinksKeptAtOnce };
  for (let at = from; at < before; ) {
    const kept = quarantine.stored({ from: at, ...asked });
    if (kept.length > 0) yield kept;
    at = kept.length < uplinksKeptAtOnce ? before : kept.at(-1)!.position + 1;
  }
}

/** Each may hold a payload of 256 KiB. */
const uplinksKeptAtOnce = 64;

function isAsked({ receivedAtMs }: JournaledUplink, { range }: RedecodeParts): boolean {
  return receivedAtMs >= range.fromMs && receivedAtMs < range.toMs;
}

type Account = ReturnType<typeof createAccount>;

function createAccount() {
  const stored = { readingsBefore: 0, added: 0, changed: 0, removed: 0, superseded: 0 };
  const sums = { uplinks: 0, readings: 0, ...stored, quarantinedBefore: 0, mended: 0, stillQuarantined: 0 };
  const byReason: Partial<Record<RejectionReason, number>> = {};
  return {
    add(decoded: readonly Decoded[], difference: Difference, amended: Amended): void {
      sums.uplinks += decoded.length;
      sums.readingsBefore += difference.before;
      sums.added += difference.added;
      sums.changed += difference.changed;
      sums.removed += difference.remove.length;
      sums.superseded += difference.superseded;
      sums.quarantinedBefore += amended.before;
      sums.mended += amended.mended;
      sums.stillQuarantined += amended.remaining;
      for (const { readings, rejections } of decoded) {
        sums.readings += readings.length;
        for (const { reason } of rejections) byReason[reason] = (byReason[reason] ?? 0) + 1;
      }
    },
    total: (): RedecodeAccount => ({ ...sums, byReason }),
  };
}
