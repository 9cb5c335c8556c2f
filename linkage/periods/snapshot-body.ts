import { createHash } from "node:crypto";
import type { EvidenceCount } from "../evidence/count-evidence.ts";
import type { CountingRule } from "../evidence/counting-rule.ts";
import type { AmountResult } from "../indicators/count-amounts.ts";
import type { IndicatorResult } from "../indicators/count-indicators.ts";
import type { RegisterContents } from "../registry/record-kinds.ts";
import type { Freeze } from "./freeze.ts";

/** Everything a count stood on, and what came out: enough to follow each number years later. */
export interface SnapshotBody {
  readonly plan: string;
  readonly period: string;
  readonly rule: CountingRule;
  readonly register: RegisterContents;
  readonly evidence: EvidenceCount;
  readonly indicators: readonly IndicatorResult[];
  /** Absent from snapshots that are older than these targets. */
  readonly amounts?: readonly AmountResult[];
  /** When and why it was frozen; absent where whoever counted did not say. */
  readonly frozen?: Freeze;
}

/** All but when and why they were frozen: each revision is frozen at another moment. */
export function figuresOf(text: string): string {
  const { frozen: _, ...figures } = JSON.parse(text) as SnapshotBody;
  return JSON.stringify(figures);
}

/** SHA-256 of a body as it is kept, hexadecimal. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
