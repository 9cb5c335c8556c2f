import { pause, readOn, stopReading, type Visit } from "./visit.ts";

type Done = (error: Error | null) => void;

/** A PUBLISH whose answer is not known yet. */
export interface Pending {
  readonly visit: Visit;
  readonly done: Done;
  /** The PUBLISH whose PUBACK is written here, instead of by Aedes; null when Aedes writes what there is to write. */
  readonly messageId: number | null;
  /** null: may be acknowledged; an error: the connection is closed; undefined: not known yet. */
  outcome: Error | null | undefined;
}

/**
 * Answers what a client publishes in the order in which it came [MQTT-4.6.0-2], however long each takes, and stops
 * reading from a client that has too many answers outstanding.
 */
export interface Acknowledgements {
  /** @param messageId of a PUBLISH with QoS 1 that Aedes was told to take for one with QoS 0; null: Aedes answers */
  expect(visit: Visit, done: Done, messageId?: number | null): Pending;
  settle(pending: Pending, outcome: Error | null): void;
  /** How often a client was not read any more. */
  readonly pauses: number;
}

/**
 * A PUBACK that Aedes writes costs four writes to a corked stream, a tick and a turn of the event loop. Here those that become
 * due in one turn are gathered: the 4 bytes of each [MQTT-3.4], in one write for each connection.
 *
 * @param notTaken told of a client that publishes on and on without taking its answers; to be cut
 */
export function createAcknowledgements(
  maxInFlight: number,
  notTaken: (visit: Visit) => void,
): Acknowledgements {
  let pauses = 0;
  let due: Visit[] = [];

  function answer({ visit, messageId, done }: Pending, outcome: Error | null): void {
    if (messageId !== null && outcome === null) owe(visit, messageId);
    // What Aedes writes now must not overtake what is still owed.
    else writeOwed(visit);
    done(outcome);
  }

  function owe(visit: Visit, messageId: number): void {
    if (visit.owedAcks.push(messageId) > 1) return;
    if (due.push(visit) === 1) process.nextTick(writeAllOwed);
  }

  function writeAllOwed(): void {
    const visits = due;
    due = [];
    for (const visit of visits) writeOwed(visit);
  }

  function writeOwed(visit: Visit): void {
    const { owedAcks, client } = visit;
    if (owedAcks.length === 0) return;
    const bytes = pubacks(owedAcks);
    owedAcks.length = 0;
    if (!client.conn.writable) return;
    client.conn.write(bytes);
    if (client.conn.writableLength > mostUntakenBytes) notTaken(visit);
  }

  return {
    get pauses() {
      return pauses;
    },
    expect(visit, done, messageId = null) {
      const pending: Pending = { visit, done, messageId, outcome: undefined };
      visit.pending.push(pending);
      if (visit.pending.length >= maxInFlight && stopReading(visit, pause.inFlight)) pauses++;
      return pending;
    },
    settle(pending, outcome) {
      pending.outcome = outcome;
      const { visit } = pending;
      for (let first = visit.pending[0]; first?.outcome !== undefined; first = visit.pending[0]) {
        visit.pending.shift();
        answer(first, first.outcome);
      }
      // After the answers: reading on may bring a message that is answered at once.
      if (visit.pending.length * 2 <= maxInFlight) readOn(visit, pause.inFlight);
    },
  };
}

function pubacks(messageIds: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(4 * messageIds.length);
  for (let i = 0; i < messageIds.length; i++) bytes.writeUInt32BE(puback + messageIds[i]!, 4 * i);
  return bytes;
}

/** Packet type 4, remaining length 2, message id 0. */
const puback = 0x40_02_00_00;

/** Four acknowledgements of each message id there is, beside what the kernel holds. */
const mostUntakenBytes = 4 * 4 * 65_535;
