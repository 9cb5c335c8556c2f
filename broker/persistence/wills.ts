import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import type { GroupCommit, Row } from "./group-commit.ts";
import { blob } from "./packet.ts";

export interface Will {
  topic: string;
  payload: Uint8Array | string;
  qos: 0 | 1 | 2;
  retain: boolean;
  clientId?: string;
  brokerId?: string;
}

/** The last will of each connected client: on disk, because the broker may die with it. */
export class Wills {
  readonly #wills = new Map<string, Will>();
  readonly #commit: () => GroupCommit;
  readonly #put;
  readonly #drop;

  constructor(db: DatabaseSync, commit: () => GroupCommit) {
    this.#commit = commit;
    this.#put = db.prepare(
      "INSERT OR REPLACE INTO wills (client, topic, payload, qos, retain) VALUES (?, ?, ?, ?, ?)",
    );
    this.#drop = db.prepare("DELETE FROM wills WHERE client = ?");
  }

  /** The wills of clients that were connected when the last process died. */
  left(db: DatabaseSync): Will[] {
    const rows = db.prepare("SELECT client, topic, payload, qos, retain FROM wills").all();
    return rows.map((row) => ({
      topic: row.topic as string,
      payload: Buffer.from(row.payload as Uint8Array),
      qos: row.qos as 0 | 1 | 2,
      retain: row.retain === 1,
      clientId: row.client as string,
    }));
  }

  put(client: string, brokerId: string, will: Will): void {
    // Aedes reads both from the packet that it gave.
    will.brokerId = brokerId;
    will.clientId = client;
    this.#wills.set(client, will);
    this.#commit().write(this.#put, ...values(client, will));
  }

  get(client: string): Will | undefined {
    return this.#wills.get(client);
  }

  /** Forgets the will, also one left by an earlier process. */
  drop(client: string): Will | undefined {
    const will = this.#wills.get(client);
    if (this.#wills.delete(client)) this.#commit().write(this.#drop, client);
    return will;
  }

  dropLeft(client: string): void {
    this.#commit().write(this.#drop, client);
  }

  /** Wills of clients of brokers that are not among the living (of all when none are given). */
  *ofDead(ownId: string, living?: Readonly<Record<string, unknown>>): Iterable<Will> {
    for (const will of this.#wills.values()) {
      const alive = living !== undefined && (will.brokerId === ownId || living[will.brokerId!]);
      if (!alive) yield will;
    }
  }

  *rows(): Iterable<Row> {
    for (const [client, will] of this.#wills) {
      yield { statement: this.#put, values: values(client, will) };
    }
  }
}

function values(client: string, { topic, payload, qos, retain }: Will) {
  return [client, topic, blob(payload), qos, retain ? 1 : 0] as const;
}
