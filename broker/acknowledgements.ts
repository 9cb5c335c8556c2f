import { pause, readOn, stopReading, type Visit } from "./visit.ts";

type Done = (error: Error | null) => void;

/** A PUBLISH whose answer is not known yet. */
export interface Pending {
  readonly visit: Visit;
  readonly done: Done;
  /** null: may be acknowledged; an error: the connection is closed; undefined: not known yet. */
  outcome: Error | null | undefined;
}

/**
 * Answers what a client publishes in the order in which it came [MQTT-4.6.0-2], however long each takes, and stops
 * reading from a client that has too many answers outstanding.
 */
export interface Acknowledgements {
  expect(visit: Visit, done: Done): Pending;
  settle(pending: Pending, outcome: Error | null): void;
  /** How often a client was not read any more. */
  readonly pauses: number;
}

export function createAcknowledgements(maxInFlight: number): Acknowledgements {
  let pauses = 0;
  return {
    get pauses() {
      return pauses;
    },
    expect(visit, done) {
      const pending: Pending = { visit, done, outcome: undefined };
      visit.pending.push(pending);
      if (visit.pending.length >= maxInFlight && stopReading(visit, pause.inFlight)) pauses++;
      return pending;
    },
    settle(pending, outcome) {
      pending.outcome = outcome;
      const { visit } = pending;
      answerSettled(visit);
      // After the answers: reading on may bring a message that is answered at once.
      if (visit.pending.length * 2 <= maxInFlight) readOn(visit, pause.inFlight);
    },
  };
}

function answerSettled({ pending }: Visit): void {
  for (let first = pending[0]; first?.outcome !== undefined; first = pending[0]) {
    pending.shift();
    first.done(first.outcome);
  }
}
