import { type Channel, parseTopic } from "../../../devices/index.ts";
import type { Dialect } from "../dialect.ts";
import type { Harvest } from "../harvest.ts";
import { type JsonBody, readJson } from "../json.ts";
import { isObject, type JsonObject } from "../json-object.ts";
import { type JsonPath, pathText, repeatedNames } from "../json-paths.ts";
import { type MeasuredTime, measuredTime } from "../measured-time.ts";
import { shown } from "../plain-text.ts";
import { isHandedOver, speakFor } from "../speakers.ts";

const readChannels: ReadonlySet<Channel> = new Set(["telemetry", "status", "command/ack", "config/reported"]);

/** Index of the item when the body is one item and no list. */
const alone = -1;

/**
 * Canhdong's own payload, as the schema `Telemetry` of devices/ documents it: one item, or an array of what a device
 * had stored. Read by hand, because the schema takes many times as long; a test holds both to the same opinion.
 */
export const native: Dialect = {
  name: "native",
  version: 2,

  reads(topic) {
    const channel = parseTopic(topic)?.channel;
    return channel !== undefined && readChannels.has(channel);
  },

  decode(uplink, harvest, { limits, directory }) {
    if (isHandedOver(uplink.device)) {
      const { device } = parseTopic(uplink.topic)!;
      if (speakFor(device, "topic", uplink, harvest, directory) === null) return;
    }
    const json = readJson(uplink.payload, limits.mostDepth);
    if ("reason" in json) harvest.refuse(json.reason, () => json.detail, null, null);
    // Status, acknowledgements and reported settings carry no readings: that they are JSON is all we ask here.
    else if (uplink.topic.endsWith("/telemetry")) readTelemetry(json, uplink.receivedAtMs, harvest);
  },
};

function readTelemetry({ body, text, members }: JsonBody, receivedAtMs: number, harvest: Harvest): void {
  const seen = Array.isArray(body)
    ? readItems(body, receivedAtMs, harvest)
    : readItem(alone, body, receivedAtMs, true, harvest);
  if (seen < members) refuseRepeated(text, harvest);
}

/** @returns how many members of the JSON text were seen */
function readItems(items: readonly unknown[], receivedAtMs: number, harvest: Harvest): number {
  if (items.length === 0) harvest.refuse("empty", () => "the array has no items", null, null);
  // One item may have been measured just now. Two cannot: their values would fall on the same time and hide each other.
  const untimed = items.filter((item) => isObject(item) && item.ts === undefined).length;
  let seen = 0;
  for (let i = 0; i < items.length; i++) {
    seen += readItem(i, items[i], receivedAtMs, untimed === 1, harvest);
  }
  return seen;
}

function readItem(
  index: number,
  item: unknown,
  receivedAtMs: number,
  mayLackTime: boolean,
  harvest: Harvest,
): number {
  const values = isObject(item) ? item.values : undefined;
  if (!isObject(item) || !isObject(values)) {
    harvest.refuse("wrong-shape", () => `${itemPlace(index)}: ${wrongShape(item, values)}`, null, null);
    return 0;
  }
  const { ts, seq } = item;
  const time = timeOf(ts, seq, receivedAtMs, mayLackTime);
  const carried =
    time.complaint === null
      ? takeValues(index, values, time.ms, harvest)
      : refuseValues(index, values, time, harvest);
  return carried + 1 + (ts === undefined ? 0 : 1) + (seq === undefined ? 0 : 1);
}

function timeOf(ts: unknown, seq: unknown, receivedAtMs: number, mayLackTime: boolean): MeasuredTime {
  if (seq !== undefined && !isCount(seq)) {
    return { ms: null, complaint: "wrong-shape", detail: `seq is ${shown(seq)}; right is 0, 1, 2 …` };
  }
  if (ts !== undefined) return measuredTime(ts, receivedAtMs);
  if (mayLackTime) return { ms: receivedAtMs, complaint: null };
  const detail = "ts is missing; where several items come at once each must tell when it was measured";
  return { ms: null, complaint: "clock-implausible", detail };
}

function takeValues(index: number, values: JsonObject, measuredAtMs: number, harvest: Harvest): number {
  let carried = 0;
  for (const name in values) {
    carried++;
    harvest.take(index, name, values[name], measuredAtMs, valuePlace);
  }
  if (carried === 0)
    harvest.refuse("empty", () => `${itemPlace(index)}: values has no members`, null, measuredAtMs);
  return carried;
}

/** An item that cannot be believed as a whole is refused value by value, so that what was sent can be accounted for. */
function refuseValues(
  index: number,
  values: JsonObject,
  { complaint, detail, ms }: Exclude<MeasuredTime, { complaint: null }>,
  harvest: Harvest,
): number {
  const names = Object.keys(values);
  const measured = names.filter((name) => values[name] !== null);
  for (const name of measured)
    harvest.refuse(complaint, () => `${valuePlace(index, name)}: ${detail}`, name, ms);
  if (measured.length === 0) harvest.refuse(complaint, () => `${itemPlace(index)}: ${detail}`, null, ms);
  return names.length;
}

function refuseRepeated(text: string, harvest: Harvest): void {
  for (const path of repeatedNames(text)) {
    const [member, name, ...deeper] = typeof path[0] === "number" ? path.slice(1) : path;
    if (deeper.length > 0 || (name === undefined ? !isOurs(member) : member !== "values")) continue;
    const detail = () => `${pathText(path)} stands twice; the last one is read, this is the one before`;
    harvest.refuse("wrong-shape", detail, typeof name === "string" ? name : null, null);
  }
}

function wrongShape(item: unknown, values: unknown): string {
  const found = isObject(item) ? `values is ${shown(values)}` : shown(item);
  return `${found}; right is {"ts": 1763712000000, "values": {"soil.moisture": 31.2}}`;
}

function isCount(found: unknown): boolean {
  return Number.isSafeInteger(found) && (found as number) >= 0;
}

function isOurs(member: JsonPath[number] | undefined): boolean {
  return member === "ts" || member === "seq" || member === "values";
}

function itemPlace(index: number): string {
  return index === alone ? "the body" : `[${index}]`;
}

function valuePlace(index: number, name: string): string {
  return pathText(index === alone ? ["values", name] : [index, "values", name]);
}
