import { createHistogram, type Summary } from "./histogram.ts";
import type { NodeConnection } from "./node-connection.ts";

export interface Ramp {
  readonly accepted: readonly NodeConnection[];
  /** How many CONNACKs refused, by return code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Connections that ended before a CONNACK. */
  readonly failed: number;
  /** Accepted ones a second, from the first attempt to the last answer. */
  readonly perSecond: number;
  /** First SYN → CONNACK. */
  readonly connectMs: Summary;
}

/** Connects every node once, `atOnce` of them at a time. */
export async function connectAll(nodes: readonly NodeConnection[], atOnce: number): Promise<Ramp> {
  const accepted: NodeConnection[] = [];
  const refused: Record<string, number> = {};
  const connectMs = createHistogram();
  const waiting = nodes.values();
  const startMs = performance.now();
  let failed = 0;

  async function connectNext(): Promise<void> {
    for (const node of waiting) {
      const sinceMs = performance.now();
      const code = await node.connect();
      if (code === null) failed += 1;
      else if (code !== 0) refused[code] = (refused[code] ?? 0) + 1;
      else {
        connectMs.add(performance.now() - sinceMs);
        accepted.push(node);
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(atOnce, nodes.length) }, connectNext));
  const tookMs = performance.now() - startMs;
  const perSecond = Math.round((accepted.length / tookMs) * 1000);
  return { accepted, refused, failed, perSecond, connectMs: connectMs.summary() };
}
