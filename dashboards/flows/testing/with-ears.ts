import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Part {
  readonly id: string;
  readonly z?: string;
  readonly wires?: readonly (readonly string[])[];
  readonly [property: string]: unknown;
}

/** A flow that comes along, as it is shipped. */
export function example(name: string): readonly Part[] {
  const file = join(import.meta.dirname, "../nodes/examples", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Part[];
}

/**
 * The same flow, with a word to the log about whatever leaves one output of one node: `[debug:NAME] VALUE`.
 *
 * @param told the property of the message that is printed, such as `payload.because`
 */
export function withEar(
  parts: readonly Part[],
  { at, output, name, told }: { at: string; output: number; name: string; told: string },
): readonly Part[] {
  const ear = { id: `ear-${name}`, type: "debug", name, active: true, tosidebar: false, console: true };
  const heard = parts.map((part) => {
    if (part.id !== at) return part;
    const wires = part.wires?.map((to, index) => (index === output ? [...to, ear.id] : to)) ?? [];
    return { ...part, wires };
  });
  const { z = "" } = parts.find(({ id }) => id === at) ?? {};
  return [...heard, { ...ear, z, complete: told, targetType: "msg", wires: [] }];
}
