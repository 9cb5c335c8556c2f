/** What belongs to every question: when it is asked, and how the registry of devices stands. */
export interface Asked {
  readonly nowMs: number;
  /** Grows with every change of devices and places. */
  readonly registryRevision: number;
}
