import type { Decoded, Rejection, RejectionReason } from "../decode/decoded.ts";
import { identityOf, isOwnTime, isRefusedValue } from "./value-identity.ts";

/** What is written of a rejection, or of many together. */
export interface Entry extends Omit<Rejection, "device"> {
  /** Whose value it was, or whose uplink. */
  readonly device: string;
  /** How many rejections this stands for; more than one only for the last ones of an uplink full of mistakes. */
  readonly rejections: number;
}

/** An entry that is not written yet. */
export interface NewEntry extends Entry {
  /** By what its value is known when it comes again; null for what is entered each time. */
  readonly identity: string | null;
}

/**
 * One hostile uplink can hold 100,000 mistakes; a row for each would make its 256 KiB thirty times as large and keep the
 * process busy for seconds.
 */
const mostSingly = 100;
/**
 * Only what stands singly is known when it comes again: enough for what a node with its probes torn off stores during an
 * outage, 48 times of ten quantities.
 */
const mostToldSingly = 500;

/**
 * The rejections of an uplink that are not entered yet, the first ones one by one, the others summed by reason: none is
 * left uncounted.
 *
 * @param isKnown whether the entry of another uplink stands for a value with this identity
 */
export function entriesOf(
  { uplink, rejections }: Decoded,
  isKnown: (identity: string) => boolean,
): NewEntry[] {
  const entries: NewEntry[] = [];
  const sums = new Map<RejectionReason, number>();
  const own = new Set<string>();
  let [told, others] = [0, 0];
  for (const rejection of rejections) {
    const device = rejection.device ?? uplink.device;
    const identity = isRefusedValue(rejection) ? identityOf(device, rejection) : null;
    const isTold = identity !== null && isOwnTime(rejection, uplink);
    if (isTold ? ++told > mostToldSingly : ++others > mostSingly) {
      sums.set(rejection.reason, (sums.get(rejection.reason) ?? 0) + 1);
      continue;
    }
    if (isTold && (own.has(identity) || isKnown(identity))) continue;
    if (isTold) own.add(identity);
    entries.push({ ...rejection, device, rejections: 1, identity });
  }
  return [...entries, ...Array.from(sums, ([reason, count]) => summed(uplink.device, reason, count))];
}

function summed(device: string, reason: RejectionReason, rejections: number): NewEntry {
  const detail = `${rejections} more of this uplink; its raw bytes tell`;
  return { device, reason, detail, quantity: null, measuredAtMs: null, rejections, identity: null };
}
