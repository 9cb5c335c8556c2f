import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Registry } from "../../devices/index.ts";
import type { LinkageOffice } from "../http/linkage-office.ts";
import { type Calls, createCalls } from "./calls.ts";
import { createEvidenceSource, type HourlyReadings } from "./evidence-source.ts";
import type { OfficeSettings } from "./office/create-office.ts";
import { officeQuestions } from "./office/office-questions.ts";
import { answersFrom } from "./source-calls.ts";

export interface OfficeParts extends OfficeSettings {
  readonly registry: Registry;
  readonly readings: HourlyReadings;
  readonly quantities: Iterable<string>;
  /** When persons took care of alerts of one device, in a span whose end is not included. */
  acknowledgedAt(device: string, span: { readonly fromMs: number; readonly toMs: number }): readonly number[];
  readonly now: () => number;
}

export interface RunningOffice extends LinkageOffice {
  close(): Promise<void>;
}

/** The office in a thread of its own, which begins with the first question: a farm without linkage models never has it. */
export function openOffice(parts: OfficeParts): RunningOffice {
  let running: Running | null = null;
  let closed = false;

  function ask(name: string, question: unknown): Promise<unknown> {
    if (closed) return Promise.reject(new Error("the office was closed"));
    running ??= startThread(parts, () => {
      running = null;
    });
    const asked = { nowMs: parts.now(), registryRevision: parts.registry.revision() };
    return running.calls.call(name, question, asked);
  }

  const office = Object.fromEntries(
    officeQuestions.map((name) => [name, (question: unknown) => ask(name, question)]),
  ) as unknown as LinkageOffice;
  return {
    ...office,
    async close() {
      closed = true;
      await running?.stop();
    },
  };
}

interface Running {
  readonly calls: Calls;
  stop(): Promise<void>;
}

/** @param onEnd called when the thread ends, by itself or not: the next question begins another */
function startThread(parts: OfficeParts, onEnd: () => void): Running {
  const { registerFile, snapshotsFile, outlinesFile, rule, plan } = parts;
  const settings: OfficeSettings = { registerFile, snapshotsFile, outlinesFile, rule, plan };
  const thread = new Worker(new URL("./office-thread.ts", import.meta.url), { workerData: settings });
  const calls = createCalls(thread, answersFrom(evidenceOf(parts)));
  const exited = once(thread, "exit").catch(() => {});
  const end = (error: Error) => {
    onEnd();
    calls.giveUp(error);
  };
  // A count that throws has a bug; watching the field goes on without it.
  thread.on("error", end);
  thread.on("exit", () => end(new Error("the office has ended")));
  return {
    calls,
    async stop() {
      void calls.call("close").catch(() => {});
      await exited;
    },
  };
}

function evidenceOf({ registry, readings, quantities, rule, acknowledgedAt }: OfficeParts) {
  const silent = rule.device.noMeasurement;
  return createEvidenceSource({
    registry,
    readings,
    // What says nothing of field, pond or shed need not be read.
    quantities: [...quantities].filter((name) => !silent.some((beginning) => name.startsWith(beginning))),
    acknowledgements: async (device, span) => {
      // One after the other for a thousand devices: whoever else has something to do comes in between.
      await nextTurn();
      return acknowledgedAt(device, span);
    },
  });
}
