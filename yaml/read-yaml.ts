import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";

/** One thing that is wrong with a file, in words for whoever wrote it. */
export interface YamlProblem {
  /** Where: `broker.mqttPort`, `rules.3.above`; empty for the file as a whole. */
  readonly path: string;
  /** From 1: of the thing itself, or of what it is missing from. */
  readonly line: number;
  readonly message: string;
}

interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export interface Reading<S extends z.ZodType> {
  readonly schema: S;
  /** What a key is called where it is not known: "is not a setting". */
  readonly keysAre: string;
  /** What the schema cannot know; asked once it is content. */
  check?(value: z.output<S>): readonly Complaint[];
}

export type ReadYaml<T> =
  | { readonly value: T; readonly problems: null }
  | { readonly value: null; readonly problems: readonly YamlProblem[] };

/** What a text holds, unchecked; undefined when it is no YAML. */
export function writtenIn(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** Reads a text whole: a value, or every problem in the order of the lines. An empty text is an empty object. */
export function readYaml<S extends z.ZodType>(
  text: string,
  { schema, keysAre, check }: Reading<S>,
): ReadYaml<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  if (document.errors.length > 0) {
    const broken = document.errors.map(({ message, pos }) => ({ path: "", line: lineAt(pos[0]), message }));
    return { value: null, problems: broken };
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  const complaints = parsed.success
    ? (check?.(parsed.data) ?? [])
    : parsed.error.issues.flatMap((issue) => complaintsOf(issue, document, keysAre));
  if (parsed.success && complaints.length === 0) return { value: parsed.data, problems: null };
  const problems = complaints.map(({ path, message }) => ({
    path: path.join("."),
    line: lineAt(offsetOf(path, document)),
    message,
  }));
  return { value: null, problems: problems.sort((one, other) => one.line - other.line) };
}

function complaintsOf(issue: z.core.$ZodIssue, document: Document.Parsed, keysAre: string): Complaint[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `is not ${keysAre}` }));
  // The key's own schema says what would be right.
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ path: issue.path, message }));
  const isMissing =
    ["invalid_type", "invalid_union"].includes(issue.code) &&
    document.getIn(issue.path as (string | number)[]) === undefined;
  if (!isMissing) return [issue];
  const expected = issue.message.replace(/^Invalid input: |, received undefined$/g, "");
  return [{ path: issue.path, message: `is missing; ${expected}` }];
}

/** Start of what the path names, or of the nearest thing around it when it is missing. */
function offsetOf(path: readonly PropertyKey[], document: Document.Parsed): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length) as (string | number)[], true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** The problems of one file, a line each: `  rules.yaml:17  rules.2.kind: must have a kind: …`. */
export function listed(file: string, problems: readonly YamlProblem[]): string[] {
  return problems.map(
    ({ path, line, message }) => `  ${file}:${line}  ${path === "" ? "" : `${path}: `}${message}`,
  );
}
