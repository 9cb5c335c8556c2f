import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { withFilesFrom } from "../../ingest/intake/mqtt/settings.ts";
import { notifierFilesFrom } from "../../ingest/notifiers/index.ts";
import { isPackName } from "../../ingest/rules/index.ts";
import { listed, readYaml } from "../../yaml/index.ts";
import { UserError } from "../commands/context.ts";
import { type Settings, settings } from "./settings.ts";

const defaultFile = "canhdong.yaml";

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
  return parseSettings(textOf(path), dirname(resolve(path)), path);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`The configuration file ${resolve(path)} cannot be read (${code}).`);
  }
}

/** The same for a text; `folder` is what relative paths are relative to, `name` is what problems are reported under. */
export function parseSettings(text: string, folder: string, name: string): Settings {
  const { value, problems } = readYaml(text, { schema: settingsFrom(folder), keysAre: "a setting" });
  if (problems === null) return withPathsFrom(folder, value);
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  throw new UserError([`The configuration has ${count}:`, ...listed(name, problems)].join("\n"));
}

/** Secrets of notifiers and databases are read while the configuration is checked, so their files must be found before. */
function settingsFrom(folder: string): z.ZodType<Settings> {
  const path = (file: string) => resolve(folder, file);
  return z.preprocess((written) => {
    if (typeof written !== "object" || written === null) return written;
    return {
      ...written,
      ...("notifiers" in written && { notifiers: notifierFilesFrom(path, written.notifiers) }),
      ...("readings" in written && { readings: notifierFilesFrom(path, written.readings) }),
    };
  }, settings);
}

function withPathsFrom(folder: string, read: Settings): Settings {
  const { data, backups, rules, broker, http, intakes, linkage } = read;
  const path = (file: string) => resolve(folder, file);
  return {
    ...read,
    data: path(data),
    backups: path(backups),
    rules: rules.map((chosen) => ({
      ...chosen,
      from: isPackName(chosen.from) ? chosen.from : path(chosen.from),
    })),
    broker: { ...broker, tls: tlsFrom(path, broker.tls) },
    linkage: {
      ...linkage,
      export: linkage.export && { ...linkage.export, folder: path(linkage.export.folder) },
    },
    http: { ...http, tls: tlsFrom(path, http.tls) },
    intakes: intakes.map((intake) => withFilesFrom(path, intake)),
  };
}

function tlsFrom<Tls extends { certFile: string; keyFile: string } | null>(
  path: (file: string) => string,
  tls: Tls,
): Tls {
  return tls === null ? tls : { ...tls, certFile: path(tls.certFile), keyFile: path(tls.keyFile) };
}
