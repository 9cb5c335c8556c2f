import type { JournaledUplink, Position } from "../journal/journal.ts";
import type { Decoded, RejectionReason } from "./decoded.ts";
import type { DecodeContext, DecodeLimits, Dialect } from "./dialect.ts";
import { dialects } from "./dialects.ts";
import type { Directory } from "./directory.ts";
import { Harvest } from "./harvest.ts";
import { shown } from "./plain-text.ts";
import { isHandedOver } from "./speakers.ts";

export interface DecoderParts extends Directory {
  readonly limits?: Partial<DecodeLimits>;
  /** Default: every one that is understood. */
  readonly dialects?: readonly Dialect[];
}

/** Every value that an uplink carries becomes one reading or one rejection; no payload makes it throw. */
export interface Decoder {
  /** Remembers what it made of an uplink object, so that several followers of one journal share the work. */
  decode(uplink: JournaledUplink): Decoded;
  /** Lets go of results that lie before this position: everybody has had them. */
  forget(before: Position): void;
  /** Looks again, for when the registry or the catalogue may have changed since. */
  decodeAfresh(uplink: JournaledUplink): Decoded;
}

const usualLimits: DecodeLimits = { mostBytes: 256 * 1024, mostDepth: 16 };

/**
 * How many results are remembered. Followers of a live journal run a few hundred milliseconds apart at most, which is
 * 16,384 uplinks at the fastest; one that lags more decodes for itself.
 */
const remembered = 1 << 14;
/**
 * What is remembered holds on to the payloads, and those to the blocks in which the journal read them. After so many bytes
 * all of it is let go, so that the large batches that follow an outage do not become the memory of it.
 */
const mostBytesHeld = 8 * 1024 * 1024;

export function createDecoder(parts: DecoderParts): Decoder {
  const limits = { ...usualLimits, ...parts.limits };
  const context: DecodeContext = { limits, directory: parts };
  const readers = (parts.dialects ?? dialects).map(
    (dialect): Reader => ({ dialect, label: `${dialect.name}/${dialect.version}` }),
  );
  // By position, because a ring of the latest costs a third of a WeakMap and pins a bounded amount of memory.
  const results: (Decoded | undefined)[] = new Array(remembered);
  let bytesHeld = 0;

  function decode(uplink: JournaledUplink): Decoded {
    const slot = uplink.position % remembered;
    const earlier = results[slot];
    if (earlier !== undefined && earlier.uplink === uplink) return earlier;
    makeRoomFor(uplink.payload.length, earlier?.uplink.payload.length ?? 0);
    const decoded = decodeAfresh(uplink);
    results[slot] = decoded;
    return decoded;
  }

  function makeRoomFor(bytes: number, bytesReplaced: number): void {
    bytesHeld += bytes - bytesReplaced;
    if (bytesHeld <= mostBytesHeld) return;
    results.fill(undefined);
    bytesHeld = bytes;
  }

  function forget(before: Position): void {
    for (let at = before - 1; at >= 0 && at >= before - remembered; at--) {
      const found = results[at % remembered];
      // Further back all has been forgotten already.
      if (found === undefined || found.uplink.position >= before) return;
      results[at % remembered] = undefined;
      bytesHeld -= found.uplink.payload.length;
    }
  }

  function decodeAfresh(uplink: JournaledUplink): Decoded {
    const reader = readers.find(({ dialect }) => dialect.reads(uplink.topic));
    const harvest = new Harvest(uplink);
    const own = parts.device(uplink.device);
    if (own !== undefined) harvest.speakFor(uplink.device, own);
    const refusal = refusalOf(uplink, reader, own !== undefined, limits);
    if (refusal === null) read(reader!.dialect, uplink, harvest, context);
    else harvest.refuse(refusal.reason, () => refusal.detail, null, null);
    return harvest.gathered(reader?.label ?? "none");
  }

  return { decode, decodeAfresh, forget };
}

/** What keeps an uplink from being read at all; null when nothing does. */
function refusalOf(
  { topic, device, payload }: JournaledUplink,
  reader: Reader | undefined,
  isRegistered: boolean,
  { mostBytes }: DecodeLimits,
): { reason: RejectionReason; detail: string } | null {
  if (reader === undefined) {
    const detail = `${shown(topic)} is no topic that is read; right is, for one, canhdong/v1/{device}/telemetry`;
    return { reason: "unknown-topic", detail };
  }
  if (!isRegistered && !isHandedOver(device)) {
    const detail = `no device ${shown(device)} is registered; register it, then decode again`;
    return { reason: "unknown-device", detail };
  }
  if (payload.length > mostBytes) {
    const detail = `${payload.length} bytes; at most ${mostBytes} are read: send fewer items at once`;
    return { reason: "too-large", detail };
  }
  return null;
}

/** A dialect that throws is a bug of ours; its uplink waits in quarantine for the mended one instead of stopping the rest. */
function read(dialect: Dialect, uplink: JournaledUplink, harvest: Harvest, context: DecodeContext): void {
  try {
    dialect.decode(uplink, harvest, context);
  } catch (error) {
    const detail = () => `${dialect.name} failed: ${error instanceof Error ? error.message : String(error)}`;
    harvest.refuseAll("decoder-failed", detail);
  }
}

interface Reader {
  readonly dialect: Dialect;
  /** Such as `native/1`. */
  readonly label: string;
}
