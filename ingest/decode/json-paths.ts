/** Where something stands in a JSON body: names of members and indices of items, from the outside in. */
export type JsonPath = readonly (string | number)[];

const longestName = 64;

/** The path as a programmer would write it: `[3].values["soil.moisture"]`. */
export function pathText(path: JsonPath): string {
  return path.map((step, i) => stepText(step, i === 0)).join("");
}

function stepText(step: string | number, first: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  if (/^[A-Za-z_]\w{0,63}$/.test(step)) return first ? step : `.${step}`;
  return `[${JSON.stringify(step.length > longestName ? `${step.slice(0, longestName)}…` : step)}]`;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** An object or an array that is open while the text is walked. */
interface Level {
  /** Of an object: each name seen so far and whether its value was null. Of an array: null. */
  readonly names: Map<string, boolean> | null;
  /** The name or index whose value is being walked. */
  at: string | number;
  awaitsName: boolean;
}

/**
 * The members that `JSON.parse` drops because their name stands again in the same object (the last one wins there).
 * A dropped null is not listed: it carried nothing. Linear in the text's length.
 *
 * @param text valid JSON
 */
export function repeatedNames(text: string): JsonPath[] {
  const repeated: JsonPath[] = [];
  const levels: Level[] = [];
  for (const [token] of text.matchAll(tokens)) {
    const level = levels.at(-1);
    if (token === "}" || token === "]") levels.pop();
    else if (token === ",") nextMember(level!);
    else if (level?.awaitsName) nameMember(level, token);
    else if (token !== ":") {
      if (level?.names != null && noteValue(level.names, String(level.at), token === "null")) {
        repeated.push(levels.map(({ at }) => at));
      }
      if (token === "{") levels.push({ names: new Map(), at: "", awaitsName: true });
      if (token === "[") levels.push({ names: null, at: 0, awaitsName: false });
    }
  }
  return repeated;
}

function nextMember(level: Level): void {
  if (typeof level.at === "number") level.at++;
  else level.awaitsName = true;
}

function nameMember(level: Level, token: string): void {
  level.at = JSON.parse(token) as string;
  level.awaitsName = false;
}

/** @returns whether an earlier value of this name, other than null, is lost */
function noteValue(names: Map<string, boolean>, name: string, isNull: boolean): boolean {
  const lost = names.get(name) === false;
  names.set(name, isNull);
  return lost;
}
