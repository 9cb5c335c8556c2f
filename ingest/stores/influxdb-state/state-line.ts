import { tagText } from "../influxdb/line-protocol.ts";

/** One point of the state, as a line. */
export interface StatePoint {
  readonly line: string;
}

export interface StateValues {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What is null is left out; one at least is not. */
  readonly fields: Readonly<Record<string, number | string | null>>;
  readonly atMs: number;
}

/** Numbers are always floats, as in readings. Times in milliseconds. */
export function statePoint({ measurement, tags, fields, atMs }: StateValues): StatePoint {
  const keys = Object.keys(tags).sort();
  const tagged = keys.map((key) => `,${key}=${tagValueText(tags[key]!)}`).join("");
  const written = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}=${typeof value === "string" ? quoted(value) : value}`);
  return { line: `${measurement}${tagged} ${written.join(",")} ${atMs}` };
}

/** What people choose by is read as it is stored, so its percent signs stay; an id goes the way the ids of readings go. */
function tagValueText(value: string): string {
  const text = value.endsWith("]") ? value : tagText(value);
  return text.replace(/[,= ]/g, "\\$&");
}

function quoted(text: string): string {
  return `"${text.replace(/[\u0000-\u001f\u007f]+/g, " ").replace(/["\\]/g, "\\$&")}"`;
}
