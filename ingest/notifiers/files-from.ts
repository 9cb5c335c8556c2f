/** Keys of a template whose names belong to the gateway: a field of its own called `file` is no path. */
const foreignNames = new Set(["query", "headers", "json", "form"]);

/**
 * The configuration of notifiers as it is written, with the files that it names found from `path`: secrets are read while it is checked, so
 * they must be findable by then.
 */
export function notifierFilesFrom(path: (file: string) => string, written: unknown): unknown {
  return within(written, false);

  function within(value: unknown, isForeign: boolean): unknown {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const isFile = !isForeign && (name === "file" || name === "tokenFile") && typeof inner === "string";
        return [name, isFile ? path(inner) : within(inner, foreignNames.has(name))];
      }),
    );
  }
}
