import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What `node --cpu-prof` writes, as far as it is read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** µs before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface SelfTime {
  readonly name: string;
  /** Of the time in which the thread did not wait. */
  readonly percent: number;
}

const root = join(import.meta.dirname, "../..");
const waiting = "(idle)";

/** Where the time went, most first: by function, and by the folder in which the functions are. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): {
  readonly busySeconds: number;
  readonly functions: readonly SelfTime[];
  readonly folders: readonly SelfTime[];
} {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const folders = new Map<string, number>();
  let busyUs = 0;
  for (const [at, id] of samples.entries()) {
    const frame = frames.get(id)!;
    if (frame.functionName === waiting) continue;
    const us = timeDeltas[at] ?? 0;
    const place = placeOf(frame.url);
    busyUs += us;
    add(
      functions,
      place === ""
        ? frame.functionName
        : `${frame.functionName || "(anonymous)"} ${place}:${frame.lineNumber + 1}`,
      us,
    );
    add(folders, folderOf(place) || frame.functionName, us);
  }
  const shares = (times: ReadonlyMap<string, number>) =>
    [...times]
      .map(([name, us]) => ({ name, percent: (us / busyUs) * 100 }))
      .sort((one, other) => other.percent - one.percent);
  return { busySeconds: busyUs / 1e6, functions: shares(functions), folders: shares(folders) };
}

/** The profiles of a folder, those of the busiest threads first. */
export function profileReport(folder: string, mostFunctions = 25): string {
  const threads = readdirSync(folder)
    .filter((file) => file.endsWith(".cpuprofile"))
    .map((file) => ({
      file,
      ...selfTimes(JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile),
    }))
    .sort((one, other) => other.busySeconds - one.busySeconds);
  return threads
    .map(({ file, busySeconds, functions, folders }) =>
      [
        `${basename(file)}: ${busySeconds.toFixed(1)} s of work`,
        ...folders.slice(0, 15).map(line),
        "  of which",
        ...functions.slice(0, mostFunctions).map(line),
      ].join("\n"),
    )
    .join("\n\n");
}

const line = ({ name, percent }: SelfTime) => `  ${percent.toFixed(1).padStart(5)} %  ${name}`;

function add(times: Map<string, number>, name: string, us: number): void {
  times.set(name, (times.get(name) ?? 0) + us);
}

/** Path below the project's root, `node:…` for Node's own, empty for what has no source. */
function placeOf(url: string): string {
  return url.startsWith("file:") ? relative(root, fileURLToPath(url)) : url;
}

function folderOf(place: string): string {
  if (place.startsWith("node:")) return "node:";
  const [first, second, third] = place.split("/");
  if (first !== "node_modules") return place.split("/").slice(0, -1).join("/");
  return second?.startsWith("@") ? `${second}/${third}` : (second ?? "");
}
