import { expect, vi } from "vitest";
import type { Uplink } from "../../../devices/index.ts";
import type { UplinkSink } from "../intake.ts";

type Accepted = Parameters<UplinkSink["accept"]>[1];

/** A sink that does as it is told with what it is handed: accepts it, refuses it, or does not answer. */
export interface RecordingSink extends UplinkSink {
  /** Everything that was handed over, in order, as text. */
  readonly handed: string[];
  readonly uplinks: Uplink[];
  /** Of that, what was accepted. */
  readonly accepted: string[];
  /** How it answers from now on. */
  answers: "yes" | "no" | "later";
  /** Answers the unanswered ones, the n-th of them or all. */
  answer(how: "yes" | "no", which?: number): void;
  /** Resolves when so many were handed over. */
  untilHanded(count: number): Promise<void>;
  /** Resolves when all of these were accepted. */
  untilAccepted(payloads: Iterable<string>): Promise<void>;
}

const patience = { timeout: 45_000, interval: 10 };

export function recordingSink(): RecordingSink {
  const handed: string[] = [];
  const uplinks: Uplink[] = [];
  const accepted: string[] = [];
  const open: { text: string; tell: Accepted }[] = [];

  function settle({ text, tell }: { text: string; tell: Accepted }, how: "yes" | "no"): void {
    if (how === "yes") accepted.push(text);
    tell(how === "yes" ? null : Object.assign(new Error("the disk is full"), { code: "ENOSPC" }));
  }

  return {
    handed,
    uplinks,
    accepted,
    answers: "yes",
    accept(uplink, tell) {
      const text = Buffer.from(uplink.payload).toString();
      handed.push(text);
      uplinks.push({ ...uplink, payload: Buffer.from(uplink.payload) });
      if (this.answers === "later") open.push({ text, tell });
      else settle({ text, tell }, this.answers);
    },
    answer(how, which) {
      const answered = which === undefined ? open.splice(0) : open.splice(which, 1);
      for (const one of answered) settle(one, how);
    },
    untilHanded: (count) => vi.waitFor(() => expect(handed.length).toBeGreaterThanOrEqual(count), patience),
    untilAccepted: (payloads) =>
      vi.waitFor(() => {
        const there = new Set(accepted);
        expect([...payloads].filter((payload) => !there.has(payload))).toEqual([]);
      }, patience),
  };
}
