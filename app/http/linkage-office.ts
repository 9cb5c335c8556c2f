import type {
  CountQuery,
  Difference,
  Draft,
  LinkageChoices,
  LinkageMap,
  LinkageModelDetail,
  LinkageModels,
  LinkageScore,
  ReportQuery,
  Snapshot,
  Verification,
} from "./linkage-shapes.ts";

/** A model with its devices as the count knows them: by id, all of them with their days. */
export type CountedModel = Omit<LinkageModelDetail, "team"> & {
  readonly team: readonly Omit<LinkageModelDetail["team"][number], "label" | "readable">[];
};

/** The map without what the registry of devices knows. */
export type CountedMap = Omit<LinkageMap, "devices" | "devicesWithoutPosition"> & {
  readonly devices: readonly { readonly device: string; readonly model: string; readonly counts: boolean }[];
};

/** A file as it is handed on. */
export interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * Who counts linkage models, keeps what was counted, and hands it on. A count may take seconds; nothing else waits for it.
 * Rejects with a LinkageProblem for what was asked wrongly.
 */
export interface LinkageOffice {
  choices(query: Pick<CountQuery, "plan">): Promise<LinkageChoices>;
  score(query: CountQuery): Promise<LinkageScore>;
  models(query: CountQuery): Promise<LinkageModels>;
  model(query: CountQuery & { readonly id: string }): Promise<CountedModel>;
  map(query: CountQuery): Promise<CountedMap>;
  /** Newest first. */
  snapshots(): Promise<readonly Snapshot[]>;
  /** What was frozen at the cut-off and nobody has proposed yet, newest first. */
  drafts(): Promise<readonly Draft[]>;
  /** Freezes every period whose cut-off is over and of which nothing was frozen. @returns what it froze, oldest first */
  freezeDue(): Promise<readonly Draft[]>;
  /** What was frozen at the cut-off; where nothing was, counts anew as the cut-off demands, and freezes it. */
  propose(asked: {
    readonly plan: string;
    readonly period: string;
    readonly by: string;
    readonly reason?: string | undefined;
  }): Promise<Snapshot>;
  confirm(asked: { readonly id: number; readonly by: string }): Promise<Snapshot>;
  verify(asked: { readonly id: number }): Promise<Verification>;
  difference(asked: { readonly id: number }): Promise<Difference>;
  /** The paper, workbook, table or page of a snapshot; a draft until it is confirmed. */
  report(asked: ReportQuery & { readonly id: number }): Promise<MadeFile>;
  /** What is open to everybody, of confirmed snapshots alone. */
  openFile(asked: { readonly dataset: string; readonly format: "csv" | "json" }): Promise<OpenFile>;
}

export interface OpenFile extends MadeFile {
  readonly rows: number;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
}

export const linkageProblems = ["not-found", "invalid", "refused"] as const;
export type LinkageProblemKind = (typeof linkageProblems)[number];

/** What was asked wrongly, in words for whoever asked. Known by its name, since it may come from another thread. */
export class LinkageProblem extends Error {
  override readonly name = "LinkageProblem";
  readonly kind: LinkageProblemKind;
  /** Stable word for programs and for texts in other languages, such as `same-person`. */
  readonly code: string;

  constructor(kind: LinkageProblemKind, message: string, code: string = kind) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}
