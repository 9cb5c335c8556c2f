import { setImmediate as nextTurn } from "node:timers/promises";
import { decodeInTurns } from "./decode/decode-in-turns.ts";
import type { Decoded, RejectionReason } from "./decode/decoded.ts";
import type { Decoder } from "./decode/decoder.ts";
import type { Journal, JournaledUplink, Position } from "./journal/journal.ts";
import type { Amended, Quarantine } from "./quarantine/open-quarantine.ts";
import type { ReadingStore } from "./stores/reading-store.ts";

export interface RedecodeParts {
  readonly journal: Pick<Journal, "read" | "positionAt">;
  readonly decoder: Pick<Decoder, "decodeAfresh">;
  readonly store: Pick<ReadingStore, "rewrite">;
  readonly quarantine: Pick<Quarantine, "amend" | "stored">;
  /** Server time of arrival: from inclusive, to exclusive. */
  readonly range: { readonly fromMs: number; readonly toMs: number };
  /** Only this device's uplinks. */
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
  /** Readings written, most of them as they were before. */
  readonly readings: number;
  /** Values (or whole uplinks) that were in quarantine and are no more. */
  readonly mended: number;
  /** Rejections that are left of these uplinks. */
  readonly stillQuarantined: number;
  readonly byReason: Readonly<Partial<Record<RejectionReason, number>>>;
}

const uplinksAtOnce = 4096;
const bytesAtOnce = 4 * 1024 * 1024;
/** Each step holds the process up for some milliseconds at worst. */
const amendedAtOnce = 256;

/**
 * Decodes again, with today's decoder, registry and catalogue, what arrived in a span of time: from the journal, and
 * from quarantine what the journal no longer has. Readings are overwritten by key, quarantine is amended, no rule
 * is asked and nobody is woken. Done twice it is done once; when it fails or is stopped half-way, run it again.
 *
 * Two limits. A reading that an older decoder made and today's no longer makes stays in the store, which cannot be told
 * to forget one. And a value that a later uplink outside the span had corrected is set back to the older one.
 *
 * @throws what the journal, the store or quarantine throw; the signal's reason when it is aborted
 */
export async function redecode(parts: RedecodeParts): Promise<RedecodeAccount> {
  const account = createAccount();
  for await (const { uplinks, looked, of } of uplinksIn(parts)) {
    for (let at = 0; at < uplinks.length; ) {
      parts.signal?.throwIfAborted();
      const decode = (uplink: JournaledUplink) => parts.decoder.decodeAfresh(uplink);
      const decoded = await decodeInTurns(uplinks.slice(at), decode, bytesAtOnce);
      account.add(decoded, await replace(decoded, parts));
      at += decoded.length;
    }
    parts.progress?.(looked, of);
  }
  return account.total();
}

/** The store first: should the second step fail, quarantine still says so, and the next run mends it. */
async function replace(
  decoded: readonly Decoded[],
  { store, quarantine, nowMs }: RedecodeParts,
): Promise<Amended> {
  const readings = decoded.flatMap(({ readings }) => readings);
  if (readings.length > 0) await store.rewrite(readings);
  let mended = 0;
  let remaining = 0;
  for (let at = 0; at < decoded.length; at += amendedAtOnce) {
    const amended = quarantine.amend(decoded.slice(at, at + amendedAtOnce), nowMs);
    mended += amended.mended;
    remaining += amended.remaining;
    await nextTurn();
  }
  return { mended, remaining };
}

interface Found {
  readonly uplinks: readonly JournaledUplink[];
  readonly looked: number;
  readonly of: number;
}

/** The uplinks of the span in the journal's order; where the journal has a gap, those that quarantine kept. */
async function* uplinksIn(parts: RedecodeParts): AsyncGenerator<Found> {
  const { journal, range } = parts;
  const first = await journal.positionAt(range.fromMs);
  const end = await journal.positionAt(range.toMs);
  const of = end - first;
  for (const uplinks of keptBetween(0, first, parts)) yield { uplinks, looked: 0, of };
  for (let at = first; at < end; ) {
    const { uplinks, next } = await journal.read(at, Math.min(uplinksAtOnce, end - at));
    if (next <= at) throw new Error(`the journal gave nothing at position ${at}, though it ends at ${end}`);
    const found = uplinks[0]?.position ?? next;
    for (const kept of keptBetween(at, found, parts)) yield { uplinks: kept, looked: at - first, of };
    yield {
      uplinks: uplinks.filter((uplink) => isAsked(uplink, parts)),
      looked: Math.min(next, end) - first,
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

function isAsked(uplink: JournaledUplink, { range, device }: RedecodeParts): boolean {
  const { receivedAtMs } = uplink;
  const isInSpan = receivedAtMs >= range.fromMs && receivedAtMs < range.toMs;
  return isInSpan && (device === undefined || uplink.device === device);
}

function createAccount() {
  const sums = { uplinks: 0, readings: 0, mended: 0, stillQuarantined: 0 };
  const byReason: Partial<Record<RejectionReason, number>> = {};
  return {
    add(decoded: readonly Decoded[], amended: Amended): void {
      sums.uplinks += decoded.length;
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
