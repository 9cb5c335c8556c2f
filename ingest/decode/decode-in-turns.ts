import { setImmediate as nextTurn } from "node:timers/promises";
import type { JournaledUplink } from "../journal/journal.ts";
import type { Decoded } from "./decoded.ts";

/** Decoding this much takes a millisecond or two; then everybody else has a turn. */
const uplinksATurn = 256;
const bytesATurn = 64 * 1024;

/**
 * Decodes uplinks from the first on, giving way to the rest of the process now and then, so that the broker goes on
 * acknowledging. Ends early once `mostBytes` of payload are decoded, so that memory stays flat: what is returned may be
 * shorter than what was given, but not empty.
 */
export async function decodeInTurns(
  uplinks: readonly JournaledUplink[],
  decode: (uplink: JournaledUplink) => Decoded,
  mostBytes: number,
): Promise<Decoded[]> {
  const decoded: Decoded[] = [];
  let bytes = 0;
  let turnEnds = { uplinks: uplinksATurn, bytes: bytesATurn };
  for (const uplink of uplinks) {
    decoded.push(decode(uplink));
    bytes += uplink.payload.length;
    if (bytes >= mostBytes) break;
    if (decoded.length >= turnEnds.uplinks || bytes >= turnEnds.bytes) {
      await nextTurn();
      turnEnds = { uplinks: decoded.length + uplinksATurn, bytes: bytes + bytesATurn };
    }
  }
  return decoded;
}
