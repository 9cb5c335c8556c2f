/**
 * A process that the tests kill, starve and lock out: it appends numbered uplinks without end, several batches at a time.
 *
 *   node appending-child.ts FOLDER FIRST_NUMBER SEGMENT_BYTES
 *
 * One line on stdout tells the fate of each batch: `ok FROM TO.` (TO exclusive) or `refused FROM TO CODE MESSAGE.` After
 * a refusal it waits for a line on stdin before it goes on.
 */
import { once } from "node:events";
import type { JournalError } from "../journal.ts";
import { openSegmentJournal } from "../segments/open-segment-journal.ts";
import { numbered } from "./numbered-uplinks.ts";

const [folder = "", first = "0", segmentBytes = "65536"] = process.argv.slice(2);
const journal = await openSegmentJournal({ folder, segmentBytes: Number(segmentBytes) });
const batches = 4;
let next = Number(first);

await Promise.all(Array.from({ length: batches }, appendForEver));

async function appendForEver(): Promise<never> {
  for (;;) {
    const from = next;
    next += 1 + (from % 60);
    const refusal = await append(from, next);
    if (refusal) await once(process.stdin, "data");
  }
}

async function append(from: number, to: number): Promise<JournalError | null> {
  const fates: Promise<JournalError | null>[] = [];
  for (let number = from; number < to; number++) {
    fates.push(new Promise((resolve) => journal.append(numbered(number), resolve)));
  }
  const refusal = (await Promise.all(fates)).find((fate) => fate !== null) ?? null;
  console.log(refusal ? `refused ${from} ${to} ${refusal.code} ${refusal.message}.` : `ok ${from} ${to}.`);
  return refusal;
}
