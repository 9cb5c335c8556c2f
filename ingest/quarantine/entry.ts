import type { Rejection, RejectionReason } from "../decode/decoded.ts";

/** What is written of a rejection, or of many together. */
export interface Entry extends Rejection {
  /** How many rejections this stands for; more than one only for the last ones of an uplink full of mistakes. */
  readonly rejections: number;
}

/**
 * One hostile uplink can hold 100,000 mistakes; a row for each would make its 256 KiB thirty times as large and keep the
 * process busy for seconds.
 */
const mostSingly = 100;

/** The first hundred rejections one by one, the others summed by reason: none is left uncounted. */
export function entriesOf(rejections: readonly Rejection[]): Entry[] {
  const singly = rejections.slice(0, mostSingly).map((rejection) => ({ ...rejection, rejections: 1 }));
  const sums = new Map<RejectionReason, number>();
  for (const { reason } of rejections.slice(mostSingly)) sums.set(reason, (sums.get(reason) ?? 0) + 1);
  return [...singly, ...Array.from(sums, ([reason, count]) => summed(reason, count))];
}

function summed(reason: RejectionReason, rejections: number): Entry {
  const detail = `${rejections} more of this uplink; its raw bytes tell`;
  return { reason, detail, quantity: null, measuredAtMs: null, rejections };
}
