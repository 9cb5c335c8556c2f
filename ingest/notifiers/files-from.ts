/** Parts of a template: their own names belong to the gateway, so a field of theirs that is called `file` is no path. */
const foreignNames = new Set(["query", "headers", "json", "form"]);

/**
 * The configuration of notifiers as it is written, with the files that it names found from `path`: secrets are read while it is checked, so
 * they must be findable by then.
 */
export function notifierFilesFrom(path: (file: string) => string, written: unknown): unknown {
  return eachIn(written, (notifier) => eachIn(notifier, setting));

  function setting(value: unknown, name: string): unknown {
    if (name === "tokenFile" && typeof value === "string") return path(value);
    return foreignNames.has(name) ? eachIn(value, secrets) : secrets(value);
  }

  function secrets(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(secrets);
    return isFileSecret(value) ? { file: path(value.file) } : eachIn(value, secrets);
  }
}

function isFileSecret(value: unknown): value is { file: string } {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return false;
  return typeof (value as { file?: unknown }).file === "string";
}

/** The same object with each of its values put through; what is no object stays as it is, for the schema to complain of. */
function eachIn(value: unknown, change: (inner: unknown, name: string) => unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner, name)]));
}
