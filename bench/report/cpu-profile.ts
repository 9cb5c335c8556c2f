import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What `node --cpu-prof` writes, as far as it is read here. */
export interface CpuProfile {
  /** A tree; the first is its root. */
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** µs before each sample. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

export interface Share {
  readonly name: string;
  /** Of the time in which the thread did not wait. */
  readonly percent: number;
}

export interface TimeSpent {
  readonly busySeconds: number;
  /** By the folder or package in which the functions are, without what these call. */
  readonly folders: readonly Share[];
  /** Likewise by function. */
  readonly functions: readonly Share[];
  /** Functions of ours with everything that they call. What comes back after an `await` is no longer theirs. */
  readonly withCallees: readonly Share[];
}

const root = join(import.meta.dirname, "../..");
const waiting = "(idle)";

/** Where the time went, most first. */
export function timeSpent({ nodes, samples, timeDeltas }: CpuProfile): TimeSpent {
  const self = new Map<number, number>();
  for (const [at, id] of samples.entries()) add(self, id, timeDeltas[at] ?? 0);
  const folders = new Map<string, number>();
  const functions = new Map<string, number>();
  let busyUs = 0;
  for (const { id, callFrame } of nodes) {
    const us = self.get(id);
    if (us === undefined || callFrame.functionName === waiting) continue;
    busyUs += us;
    add(folders, folderOf(callFrame), us);
    add(functions, nameOf(callFrame), us);
  }
  const shares = (times: ReadonlyMap<string, number>): Share[] =>
    [...times]
      .map(([name, us]) => ({ name, percent: (us / busyUs) * 100 }))
      .sort((one, other) => other.percent - one.percent);
  return {
    busySeconds: busyUs / 1e6,
    folders: shares(folders),
    functions: shares(functions),
    withCallees: shares(totals(nodes, self)),
  };
}

/** A function that calls itself is counted once, where it was first entered. */
function totals(nodes: readonly ProfileNode[], self: ReadonlyMap<number, number>): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = new Map<string, number>();
  const entered = new Set<string>();
  const visit = ({ id, callFrame, children = [] }: ProfileNode): number => {
    const name = nameOf(callFrame);
    const isFirst = isOurs(callFrame) && !entered.has(name);
    if (isFirst) entered.add(name);
    const us = children.reduce((sum, child) => sum + visit(byId.get(child)!), self.get(id) ?? 0);
    if (isFirst) {
      entered.delete(name);
      add(times, name, us);
    }
    return us;
  };
  if (nodes[0]) visit(nodes[0]);
  return times;
}

/** The profiles of a folder, those of the busiest threads first. */
export function profileReport(folder: string): string {
  const threads = readdirSync(folder)
    .filter((file) => file.endsWith(".cpuprofile"))
    .map((file) => ({
      file,
      ...timeSpent(JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile),
    }))
    .sort((one, other) => other.busySeconds - one.busySeconds);
  return threads
    .map(({ file, busySeconds, folders, functions, withCallees }) =>
      [
        `${file}: ${busySeconds.toFixed(1)} s of work, by folder`,
        ...folders.slice(0, 15).map(line),
        " by function",
        ...functions.slice(0, 25).map(line),
        " by function, with what it calls",
        ...withCallees.slice(0, 25).map(line),
      ].join("\n"),
    )
    .join("\n\n");
}

const line = ({ name, percent }: Share) => `  ${percent.toFixed(1).padStart(5)} %  ${name}`;

function add<Key>(times: Map<Key, number>, key: Key, us: number): void {
  times.set(key, (times.get(key) ?? 0) + us);
}

type Frame = ProfileNode["callFrame"];

/** Path below the project's root, `node:…` for Node's own, empty for what has no source. */
function placeOf({ url }: Frame): string {
  return url.startsWith("file:") ? relative(root, fileURLToPath(url)) : url;
}

function nameOf(frame: Frame): string {
  const name = frame.functionName || "(anonymous)";
  const place = placeOf(frame);
  return place === "" ? name : `${name} ${place}:${frame.lineNumber + 1}`;
}

function isOurs(frame: Frame): boolean {
  return frame.url.startsWith("file:") && !placeOf(frame).startsWith("node_modules/");
}

function folderOf(frame: Frame): string {
  const place = placeOf(frame);
  if (place === "") return frame.functionName;
  if (place.startsWith("node:")) return "node:";
  const [first, second = "", third] = place.split("/");
  if (first === "node_modules") return second.startsWith("@") ? `${second}/${third}` : second;
  return place.split("/").slice(0, -1).join("/");
}
