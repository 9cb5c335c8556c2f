/** Bytes and what they mean. Every model has some in its folder; each runs as a test. */
export interface Example {
  /** What is special about it. */
  readonly says: string;
  readonly port: number;
  /** Upper or lower case, blanks where they help. */
  readonly hex: string;
  readonly mountingHeightCm?: number;
  /** By quantity: what was measured just before it was sent. */
  readonly values?: Readonly<Record<string, number>>;
  /** By the frame's own time (RFC 3339), then by quantity. */
  readonly past?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly extras?: Readonly<Record<string, number>>;
  readonly flags?: readonly string[];
  /** Reason, and the quantity if there is one: `implausible soil.ec`. */
  readonly refused?: readonly string[];
}
