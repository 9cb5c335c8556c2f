/** Why a snapshot is refused: a closed set, by which a page finds its words. */
export const snapshotRefusals = [
  "before-cut-off",
  "reason-needed",
  "nothing-changed",
  "frozen-already",
  "no-draft",
  "no-snapshot",
  "no-person",
  "no-period",
  "confirmed-already",
  "newer-revision",
  "same-person",
  "tampered",
] as const;
export type SnapshotRefusal = (typeof snapshotRefusals)[number];

/** Refused, with what would be right. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
  readonly code: SnapshotRefusal;

  constructor(code: SnapshotRefusal, message: string) {
    super(message);
    this.code = code;
  }
}
