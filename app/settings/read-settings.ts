import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Document, isNode, LineCounter, type ParsedNode, parseDocument } from "yaml";
import type { z } from "zod";
import { UserError } from "../commands/context.ts";
import { type Settings, settings } from "./settings.ts";

const defaultFile = "canhdong.yaml";

/** One thing that is wrong with a configuration, in words for whoever wrote it. */
export interface SettingsProblem {
  /** Where: `broker.mqttPort`; empty for the file as a whole. */
  readonly path: string;
  /** Line in the file, from 1; null when it cannot be named (something is missing). */
  readonly line: number | null;
  readonly message: string;
}

/**
 * Reads and validates a configuration whole. Paths in it are relative to its own folder.
 *
 * @param file the file named by the user; undefined means `./canhdong.yaml` when there is one, else all defaults
 * @throws UserError listing every problem, each with its line and path
 */
export function readSettings(file: string | undefined): Settings {
  const path = file ?? (existsSync(defaultFile) ? defaultFile : undefined);
  if (path === undefined) return parseSettings("", process.cwd(), "defaults");
  if (!existsSync(path)) throw new UserError(`There is no configuration file ${resolve(path)}.`);
  return parseSettings(readFileSync(path, "utf8"), dirname(resolve(path)), path);
}

/** The same for a text; `folder` is what relative paths are relative to, `name` is what problems are reported under. */
export function parseSettings(text: string, folder: string, name: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw complaint(
      name,
      document.errors.map((error) => ({
        path: "",
        line: lines.linePos(error.pos[0]).line,
        message: error.message,
      })),
    );
  }
  const parsed = settings.safeParse(document.toJS() ?? {});
  if (!parsed.success)
    throw complaint(
      name,
      parsed.error.issues.flatMap((issue) => problemsOf(issue, document, lines)),
    );
  return withPathsFrom(folder, parsed.data);
}

function withPathsFrom(folder: string, read: Settings): Settings {
  const { data, backups, rules, broker, http } = read;
  const path = (file: string) => resolve(folder, file);
  return {
    ...read,
    data: path(data),
    backups: path(backups),
    rules: rules === null ? null : path(rules),
    broker: { ...broker, tls: tlsFrom(path, broker.tls) },
    http: { ...http, tls: tlsFrom(path, http.tls) },
  };
}

function tlsFrom<Tls extends { certFile: string; keyFile: string } | null>(
  path: (file: string) => string,
  tls: Tls,
): Tls {
  return tls === null ? tls : { ...tls, certFile: path(tls.certFile), keyFile: path(tls.keyFile) };
}

function problemsOf(
  issue: z.core.$ZodIssue,
  document: Document.Parsed,
  lines: LineCounter,
): SettingsProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join("."),
      line: lineOf([...issue.path, key], document, lines),
      message: "is not a setting",
    }));
  }
  const isMissing =
    issue.code === "invalid_type" && document.getIn(issue.path as (string | number)[]) === undefined;
  return [
    {
      path: issue.path.join("."),
      line: lineOf(issue.path, document, lines),
      message: isMissing
        ? `is missing; ${issue.message.replace(/^Invalid input: |, received undefined$/g, "")}`
        : issue.message,
    },
  ];
}

function lineOf(path: readonly PropertyKey[], document: Document.Parsed, lines: LineCounter): number | null {
  const node = document.getIn(path as (string | number)[], true) as ParsedNode | undefined;
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : null;
}

function complaint(name: string, problems: readonly SettingsProblem[]): UserError {
  const listed = problems.map(({ path, line, message }) => {
    const where = line === null ? name : `${name}:${line}`;
    return `  ${where}  ${path === "" ? "" : `${path}: `}${message}`;
  });
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new UserError(`The configuration has ${count}:\n${listed.join("\n")}`);
}
