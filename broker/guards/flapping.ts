import type { BrokerSettings } from "../broker-settings.ts";

interface Connects {
  windowStartedAtMs: number;
  count: number;
  bannedUntilMs: number;
}

/** Keeps out client ids that connect over and over: two devices with one secret, or a node that reboots in a loop. */
export interface Flapping {
  /** Counts a connect that has proved its secret. @returns whether it may stay */
  admit(clientId: string, nowMs: number): boolean;
  /** Takes a connect back that ended through our own fault. */
  forgive(clientId: string): void;
  /** Forgets those who have been quiet. */
  tick(nowMs: number): void;
}

export function createFlapping({ maxConnects, windowMs, banMs }: BrokerSettings["flapping"]): Flapping {
  const clients = new Map<string, Connects>();

  function connectsOf(clientId: string, nowMs: number): Connects {
    const connects = clients.get(clientId);
    if (connects !== undefined && nowMs - connects.windowStartedAtMs < windowMs) return connects;
    const fresh = { windowStartedAtMs: nowMs, count: 0, bannedUntilMs: connects?.bannedUntilMs ?? 0 };
    clients.set(clientId, fresh);
    return fresh;
  }

  return {
    admit(clientId, nowMs) {
      const connects = connectsOf(clientId, nowMs);
      if (connects.bannedUntilMs > nowMs) return false;
      if (++connects.count <= maxConnects) return true;
      connects.bannedUntilMs = nowMs + banMs;
      connects.count = 0;
      return false;
    },
    forgive(clientId) {
      const connects = clients.get(clientId);
      if (connects !== undefined && connects.count > 0) connects.count--;
    },
    tick(nowMs) {
      for (const [clientId, { windowStartedAtMs, bannedUntilMs }] of clients) {
        if (nowMs - windowStartedAtMs >= windowMs && bannedUntilMs <= nowMs) clients.delete(clientId);
      }
    },
  };
}
