import { type DatabaseSync, transaction } from "../../sqlite/open-sqlite.ts";
import type { Decoded } from "../decode/decoded.ts";
import { isHandedOver } from "../decode/speakers.ts";
import { downTopicOf } from "../downlinks/down-topic.ts";

/** By whom a device was last heard that does not speak for itself, and where that system takes commands for it. */
export interface Route {
  /** `service:NAME` at our own broker, or `intake:NAME`. */
  readonly publisher: string;
  readonly topic: string;
}

interface Learned extends Route {
  /** The uplink's, as it was last seen; null after a start. */
  readonly heardBy: string | null;
}

/** The ways back to devices behind other systems. Held in memory; written when one changes. */
export class Routes {
  readonly #db: DatabaseSync;
  readonly #known: Map<string, Learned>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    const rows = db.prepare("SELECT device, publisher, topic FROM routes").all() as {
      device: string;
      publisher: string;
      topic: string;
    }[];
    this.#known = new Map(
      rows.map(({ device, publisher, topic }) => [device, { publisher, topic, heardBy: null }]),
    );
  }

  /** Null for a device that speaks for itself, and for one that was never heard. */
  of(device: string): Route | null {
    const known = this.#known.get(device);
    return known === undefined ? null : { publisher: known.publisher, topic: known.topic };
  }

  learn(batch: readonly Decoded[]): void {
    const changed = batch.flatMap((decoded) => this.#changedBy(decoded));
    if (changed.length === 0) return;
    const put = this.#db.prepare("INSERT OR REPLACE INTO routes (device, publisher, topic) VALUES (?, ?, ?)");
    const drop = this.#db.prepare("DELETE FROM routes WHERE device = ?");
    transaction(this.#db, () => {
      for (const device of new Set(changed)) {
        const route = this.#known.get(device);
        if (route === undefined) drop.run(device);
        else put.run(device, route.publisher, route.topic);
      }
    });
  }

  /** Devices that are reached by another way since this uplink. */
  #changedBy({ uplink, devices = [] }: Decoded): readonly string[] {
    const { device: publisher, topic } = uplink;
    if (!isHandedOver(publisher)) {
      // It was connected to us itself: whatever stood between is gone.
      return this.#known.delete(publisher) ? [publisher] : [];
    }
    return devices.filter((device) => this.#learn(device, publisher, topic));
  }

  #learn(device: string, publisher: string, heardBy: string): boolean {
    const before = this.#known.get(device);
    if (before?.heardBy === heardBy && before.publisher === publisher) return false;
    const topic = downTopicOf(heardBy);
    if (topic === null) return false;
    this.#known.set(device, { publisher, topic, heardBy });
    return before?.publisher !== publisher || before.topic !== topic;
  }
}
