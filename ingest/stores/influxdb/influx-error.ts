export interface InfluxRefusal {
  readonly status?: number;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs?: number | undefined;
  /** Whether trying again can help without anybody mending something. */
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/** InfluxDB did not do what was asked. The message says what would be right; it never holds a credential. */
export class InfluxError extends Error {
  override readonly name = "InfluxError";
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  readonly retryable: boolean;

  constructor(message: string, { status, retryAfterMs, retryable, cause }: InfluxRefusal) {
    super(message, { cause });
    this.status = status ?? null;
    this.retryAfterMs = retryAfterMs ?? null;
    this.retryable = retryable;
  }
}
