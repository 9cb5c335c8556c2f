/**
 * Every stable word of a refusal, except those of snapshots, which the linkage room has: a closed set, by which a page finds the text in
 * its reader's language. What the server says beside it is for programs and their authors.
 */
export const refusalCodes = [
  "already-exists",
  "already-running",
  "bad-request",
  "busy",
  "forbidden",
  "in-use",
  "internal",
  "invalid",
  "no-such-rule",
  "not-a-service",
  "not-configured",
  "not-found",
  "not-json",
  "not-signed-in",
  "password-change-needed",
  "too-large",
  "too-many-attempts",
  "too-many-requests",
  "too-many-streams",
  "too-much-history",
  "unconfirmed-limit",
  "unsupported-media-type",
  "wrong-key",
  "wrong-password",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];
