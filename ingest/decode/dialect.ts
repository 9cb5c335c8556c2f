import type { JournaledUplink } from "../journal/journal.ts";
import type { Directory } from "./directory.ts";
import type { Harvest } from "./harvest.ts";

/**
 * One way in which devices or gateways put readings into messages. It is recognised by the topic, never by a look at
 * the body: a body that resembles two dialects would be read differently on a whim.
 */
export interface Dialect {
  readonly name: string;
  /** Grows with every change after which the same bytes give other readings. */
  readonly version: number;
  /** Whether messages under this topic are in this dialect. Told apart by prefix, so at most one dialect says yes. */
  reads(topic: string): boolean;
  /**
   * Hands every value that the uplink carries to `harvest`, or refuses it there. Does not throw. What a device
   * published itself is taken as its own; of what a service or a foreign broker handed over, the dialect first says whose
   * it is (`speakFor` in speakers.ts).
   */
  decode(uplink: JournaledUplink, harvest: Harvest, context: DecodeContext): void;
}

export interface DecodeContext {
  readonly limits: DecodeLimits;
  readonly directory: Directory;
}

export interface DecodeLimits {
  /** A longer payload is refused unread. */
  readonly mostBytes: number;
  /** Levels of brackets in a body. */
  readonly mostDepth: number;
}
