import type { VariableModel } from "@grafana/grafana-foundation-sdk/dashboard";

/** What is chosen of each variable: values, or a single text for a constant. */
export type Chosen = Readonly<Record<string, readonly string[] | string>>;

export interface Option {
  readonly text: string;
  readonly value: string;
}

/** @grafana/data `escapeRegex` */
function escapeRegex(value: string): string {
  return value.replace(/[\\^$*+?.()|[\]{}/]/g, "\\$&");
}

/**
 * Puts what was chosen in the place of variables, as Grafana does for `${name:regex}`, and the end of the board's time in that of `${__to}`.
 *
 * @throws RangeError for any other format, and for a variable that the board does not have
 */
export function interpolate(text: string, chosen: Chosen, { toMs }: { readonly toMs: number }): string {
  return text
    .replaceAll(`\${__to}`, String(toMs))
    .replace(/\$\{(\w+)(?::(\w+))?\}/g, (written, name: string, format?: string) => {
      const value = chosen[name];
      if (value === undefined) throw new RangeError(`the board has no variable ${name}: ${written}`);
      if (format !== "regex") throw new RangeError(`only :regex is safe in a query, not ${written}`);
      if (typeof value === "string") return escapeRegex(value);
      const escaped = value.map(escapeRegex);
      return escaped.length === 1 ? escaped[0]! : `(${escaped.join("|")})`;
    });
}

/** The options that a variable offers for these answers of the database; the first of each text and value. */
export function optionsOf(
  { regex = "" }: Pick<VariableModel, "regex">,
  answers: readonly string[],
): Option[] {
  const pattern = /^\/(.*)\/(\w*)$/.exec(regex);
  const options = answers.flatMap((answer): Option[] => {
    if (pattern === null) return [{ text: answer, value: answer }];
    const groups = new RegExp(pattern[1]!, pattern[2]).exec(answer)?.groups;
    if (groups?.value === undefined) return [];
    return [{ text: groups.text ?? groups.value, value: groups.value }];
  });
  return [...new Map(options.map((option) => [option.value, option])).values()];
}
