import { parentPort, workerData } from "node:worker_threads";
import { createCalls, type Handlers } from "./calls.ts";
import { createOffice, type OfficeSettings } from "./office/create-office.ts";
import { officeQuestions } from "./office/office-questions.ts";
import { sourceOver } from "./source-calls.ts";

/** The thread in which the office counts: a province's quarter is seconds of work, and no alert waits for it. */
const end = parentPort!;
const calls = createCalls(end, { ...questions(), close: async () => close() });
const office = createOffice(workerData as OfficeSettings, sourceOver(calls));

function questions(): Handlers {
  return Object.fromEntries(
    officeQuestions.map((name) => [
      name,
      async (...args: never[]) => (office[name] as Handlers[string])(...args),
    ]),
  );
}

function close(): void {
  office.close();
  end.close();
}
