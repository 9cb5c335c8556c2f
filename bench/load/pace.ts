import type { NodeConnection } from "./node-connection.ts";
import type { LoadPlan } from "./plan.ts";
import type { Tally } from "./tally.ts";

export interface Pace {
  start(): void;
  stop(): void;
  /** Some of this node's uplinks were acknowledged. */
  acknowledged(node: NodeConnection): void;
}

export interface PaceParts {
  readonly nodes: readonly NodeConnection[];
  readonly tally: Tally;
  /** Sends so many new uplinks in one piece. */
  send(node: NodeConnection, count: number): void;
}

export function createPace(pace: LoadPlan["pace"], resend: boolean, parts: PaceParts): Pace {
  switch (pace.kind) {
    case "closed":
      return closedLoop(pace.window, parts);
    case "open":
      return openLoop(pace.perSecond, resend, parts);
    case "idle":
      return { start: () => undefined, stop: () => undefined, acknowledged: () => undefined };
  }
}

/** Each node keeps `window` uplinks unacknowledged: the broker sets the pace. */
function closedLoop(window: number, { nodes, send }: PaceParts): Pace {
  let sending = false;
  const refill = (node: NodeConnection) => {
    const room = window - node.outstanding.size;
    if (sending && node.connected && room > 0) send(node, room);
  };
  return {
    start() {
      sending = true;
      nodes.forEach(refill);
    },
    stop() {
      sending = false;
    },
    acknowledged: refill,
  };
}

/**
 * Uplinks fall due at even distances, whatever comes back, and leave at the next millisecond's tick, node after node. How
 * late they leave is counted, as that is our own fault and not the broker's.
 */
function openLoop(perSecond: number, resend: boolean, { nodes, tally, send }: PaceParts): Pace {
  let timer: NodeJS.Timeout | undefined;
  let startMs = 0;
  let made = 0;
  const sendDue = () => {
    const elapsedMs = performance.now() - startMs;
    for (const due = (elapsedMs / 1000) * perSecond; made < due; made++) {
      const node = nodes[made % nodes.length]!;
      tally.late(elapsedMs - (made / perSecond) * 1000);
      if (node.outstanding.full || !(node.connected || resend)) tally.skipped();
      else send(node, 1);
    }
  };
  return {
    start() {
      if (nodes.length === 0) return;
      startMs = performance.now();
      timer = setInterval(sendDue, 1);
    },
    stop: () => clearInterval(timer),
    acknowledged: () => undefined,
  };
}
