/** Silence makes no event of its own: somebody has to look, now and then, who has fallen silent or has come back. */
export interface Availability {
  /** Those that have changed since the last look; nothing the first time. Looks at most every ten seconds. */
  flips(
    devices: readonly { readonly id: string }[],
    nowMs: number,
  ): readonly { readonly device: string; readonly available: boolean }[];
}

const lookEveryMs = 10_000;

export function createAvailability(isAvailable: (device: string, nowMs: number) => boolean): Availability {
  const known = new Map<string, boolean>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  return {
    flips(devices, nowMs) {
      if (nowMs - lookedAtMs < lookEveryMs) return [];
      lookedAtMs = nowMs;
      const flipped: { device: string; available: boolean }[] = [];
      for (const { id } of devices) {
        const available = isAvailable(id, nowMs);
        if (known.get(id) === !available) flipped.push({ device: id, available });
        known.set(id, available);
      }
      return flipped;
    },
  };
}
