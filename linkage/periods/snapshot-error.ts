/** Refused, with what would be right. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
}
