import type { JournaledUplink } from "../journal/journal.ts";
import type { Harvest } from "./harvest.ts";
import { readJson } from "./json.ts";
import { pathText, repeatedNames } from "./json-paths.ts";
import { shown } from "./plain-text.ts";

export type JsonObject = { readonly [name: string]: unknown };

export function isObject(found: unknown): found is JsonObject {
  return typeof found === "object" && found !== null && !Array.isArray(found);
}

/** The member when it is an object; else one without members, so that what is missing can be asked further. */
export function objectIn(body: JsonObject, name: string): JsonObject {
  const found = body[name];
  return isObject(found) ? found : {};
}

/** The objects of a list; none when it is no list. */
export function objectsIn(body: JsonObject, name: string): readonly JsonObject[] {
  const found = body[name];
  return Array.isArray(found) ? found.filter(isObject) : [];
}

export function textIn(body: JsonObject, name: string): string | null {
  const found = body[name];
  return typeof found === "string" ? found : null;
}

/** Also a number in a string, as protobuf's JSON writes 64-bit integers. */
export function numberIn(body: JsonObject, name: string): number | null {
  const found = body[name];
  const number = typeof found === "string" && found !== "" ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/**
 * The payload as any JSON; undefined, and a rejection, when it is none. Of a name that stands twice in one object the last
 * value is read; each one before is refused.
 */
export function readBody(uplink: JournaledUplink, harvest: Harvest, mostDepth: number): unknown {
  const json = readJson(uplink.payload, mostDepth);
  if ("reason" in json) {
    harvest.refuse(json.reason, () => json.detail, null, null);
    return undefined;
  }
  if (membersIn(json.body) < json.members) refuseRepeated(json.text, harvest);
  return json.body;
}

/** How many `name: value` pairs there are, at any depth. */
function membersIn(found: unknown): number {
  if (typeof found !== "object" || found === null) return 0;
  let members = 0;
  if (Array.isArray(found)) for (const item of found) members += membersIn(item);
  else for (const name in found) members += membersIn((found as JsonObject)[name]) + 1;
  return members;
}

function refuseRepeated(text: string, harvest: Harvest): void {
  for (const path of repeatedNames(text)) {
    const detail = () => `${pathText(path)} stands twice; the last one is read, this is the one before`;
    harvest.refuse("wrong-shape", detail, null, null);
  }
}

/** The payload as a JSON object; null, and a rejection, when it is none. */
export function readObject(uplink: JournaledUplink, harvest: Harvest, mostDepth: number): JsonObject | null {
  const body = readBody(uplink, harvest, mostDepth);
  if (body === undefined || isObject(body)) return body ?? null;
  harvest.refuse("wrong-shape", () => `the body is ${shown(body)}; right is an object`, null, null);
  return null;
}
