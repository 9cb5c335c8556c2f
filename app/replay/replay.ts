import { setTimeout as sleep } from "node:timers/promises";
import { type InterpretOptions, interpret } from "./interpret.ts";
import type { Mapping } from "./mapping.ts";
import { bar, type Progress } from "./progress.ts";
import type { Publisher } from "./publisher.ts";
import type { ServerBooks } from "./server-books.ts";
import { accountOf, type DeviceAccount, settled } from "./settle.ts";
import type { Survey } from "./survey.ts";

export interface ReplayParts {
  readonly file: string;
  readonly mapping: Mapping;
  readonly options: InterpretOptions;
  /** What was found in the file before. */
  readonly survey: Survey;
  /** How much faster than it was measured; infinity: as fast as the server takes it. */
  readonly speed: number;
  readonly publisher: Publisher;
  /** Null where no server can be asked. */
  readonly books: ServerBooks | null;
  readonly progress: Progress;
  /** Ends the reading of the file; what was read is still sent. */
  readonly stop: AbortSignal;
  readonly now: () => number;
}

export interface ReplayResult {
  readonly accounts: readonly DeviceAccount[];
  /** Whether the broker acknowledged everything that was handed to it. */
  readonly isAcknowledged: boolean;
}

/** Publishes a file and tells what became of it. */
export async function replay(parts: ReplayParts): Promise<ReplayResult> {
  const { survey, publisher, books, progress, now } = parts;
  const devices = survey.devices;
  const before = (await books?.accountOf(devices, 0, 1)) ?? new Map();
  const startedMs = now();
  const show = () => progress.show(() => line(survey, publisher, now() - startedMs));

  const wait = pace(Math.min(...devices.map(({ firstMs }) => firstMs)), parts);
  for await (const found of interpret(parts.file, parts.mapping, parts.options)) {
    if (parts.stop.aborted) break;
    if ("unreadable" in found) continue;
    for (const measurement of found.measurements) {
      await wait(measurement.measuredAtMs, show);
      await publisher.publish(measurement);
    }
    show();
  }
  const isAcknowledged = await publisher.finish(show);
  progress.end();
  const tally = publisher.tally();
  const accounts =
    books === null
      ? devices.map((device) => accountOf(device, tally, before, null))
      : await settled({ books, devices, tally, before, now });
  return { accounts, isAcknowledged };
}

const longestNapMs = 250;

/** Waits until a time of the file is due. What is older than what came before goes at once. */
function pace(firstMs: number, { speed, stop, now }: Pick<ReplayParts, "speed" | "stop" | "now">) {
  const startedMs = now();
  return async (measuredAtMs: number, show: () => void): Promise<void> => {
    if (speed === Number.POSITIVE_INFINITY) return;
    const dueMs = startedMs + (measuredAtMs - firstMs) / speed;
    while (now() < dueMs && !stop.aborted) {
      await sleep(Math.min(longestNapMs, dueMs - now()));
      show();
    }
  };
}

function line({ readings }: Survey, publisher: Publisher, elapsedMs: number): string {
  let [sent, acknowledged] = [0, 0];
  for (const tally of publisher.tally().values()) {
    sent += tally.sent;
    acknowledged += tally.acknowledged;
  }
  const rate = elapsedMs < 1000 ? "" : `  ${Math.round((acknowledged / elapsedMs) * 1000)}/s`;
  const trouble = acknowledged === 0 ? publisher.refusal() : null;
  return `${bar(acknowledged / readings)}  readings: ${sent} sent, ${acknowledged} acknowledged, ${publisher.inFlight()} uplinks in flight${rate}${trouble === null ? "" : `  ${trouble}`}`;
}
