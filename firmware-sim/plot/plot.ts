/** What one picture of a run shows; times in milliseconds since 1970 UTC. */
export interface Plot {
  readonly title: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly panels: readonly Panel[];
  readonly troubles: readonly Stretch[];
}

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly truth: readonly Point[];
  readonly readings: readonly SeenPoint[];
  readonly alerts: readonly Stretch[];
  /** Limits of the rules that look at this quantity. */
  readonly limits: readonly number[];
}

export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export interface SeenPoint extends Point {
  /** Whether it was no news when it arrived. */
  readonly isLate: boolean;
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly label: string;
}
