/** Why the server did not give what was asked: a closed set, each with its words in the catalogue. */
export type FailureKind =
  | "offline"
  | "signed-out"
  | "forbidden"
  | "not-found"
  | "too-often"
  | "refused"
  | "failing";

export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly kind: FailureKind;
  /** The server's own word for it, such as `same-person`, by which a page finds its text; empty when it said none. */
  readonly code: string;
  /** What the server complains of, such as `body.phone`. */
  readonly paths: readonly string[];

  /** @param message what the server said, for people who read English; empty when it said nothing */
  constructor(
    kind: FailureKind,
    message: string,
    { cause, code = "", paths = [] }: { cause?: unknown; code?: string; paths?: readonly string[] } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
    this.paths = paths;
  }
}

export function failureOfStatus(
  status: number,
  { message, ...said }: { message: string; code: string; paths: readonly string[] },
): ApiFailure {
  return new ApiFailure(kindOfStatus(status), message, said);
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401) return "signed-out";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 429) return "too-often";
  return status >= 500 ? "failing" : "refused";
}

/** The kind of anything thrown on the way to the server: what is not the server's answer is a lost connection. */
export function failureKind(error: unknown): FailureKind {
  return error instanceof ApiFailure ? error.kind : "offline";
}
