import type { LinkageOffice } from "../../http/linkage-office.ts";

/** By name, as they travel to the thread of the office. */
export const officeQuestions = [
  "choices",
  "score",
  "models",
  "model",
  "map",
  "snapshots",
  "drafts",
  "freezeDue",
  "propose",
  "confirm",
  "verify",
  "difference",
  "report",
  "openFile",
] as const satisfies readonly (keyof LinkageOffice)[];
