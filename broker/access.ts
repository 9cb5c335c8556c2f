import {
  type Channel,
  type DeviceTopic,
  type ForeignTopic,
  isTopicFilter,
  parseForeignTopic,
  parseTopic,
} from "../devices/topics.ts";
import { covers, isText } from "./matching/filters.ts";
import type { Visitor } from "./visit.ts";

const uplinkChannels: ReadonlySet<Channel> = new Set([
  "telemetry",
  "senml",
  "senml-cbor",
  "command/ack",
  "config/reported",
]);
const downlinkChannels: ReadonlySet<Channel> = new Set(["command", "config"]);

/** What a PUBLISH is to us: an uplink for the journal, a device's word on itself, or a message to pass on. */
export type Publication =
  | { readonly kind: "uplink"; readonly device: string }
  | { readonly kind: "status" }
  | { readonly kind: "message" };

const status: Publication = { kind: "status" };
const message: Publication = { kind: "message" };

/**
 * Which topics are whose uplinks, and what else may be said by whom: the one place that knows.
 * A device speaks under its own id only, be it in another system's manner. A service speaks where its filters let it,
 * also for devices: under a topic of ours the topic's device is the truth, under another system's topic the uplink is
 * the service's, and whose readings it carries is found out by decoding.
 *
 * @returns null when this visitor may not publish there
 */
export function publicationOf(visitor: Visitor, topic: string): Publication | null {
  return visitor.kind === "device" ? deviceSays(visitor.id, topic) : serviceSays(visitor, topic);
}

function deviceSays(id: string, topic: string): Publication | null {
  const place = parseTopic(topic);
  if (place === null) return deviceSaysElsewhere(id, parseForeignTopic(topic));
  if (place.device !== id) return null;
  if (uplinkChannels.has(place.channel)) return { kind: "uplink", device: id };
  return place.channel === "status" ? status : null;
}

/** Firmware that was made for another system. It would come back for ever if its small talk closed the connection. */
function deviceSaysElsewhere(id: string, topic: ForeignTopic | null): Publication | null {
  const isItsOwn = topic?.system === "thingsboard" || (topic?.system === "tasmota" && topic.device === id);
  if (topic === null || !isItsOwn) return null;
  if (topic.tells === "readings") return { kind: "uplink", device: id };
  return topic.tells === "presence" ? status : message;
}

function serviceSays(
  { id, rights }: Extract<Visitor, { kind: "service" }>,
  topic: string,
): Publication | null {
  if (!isText(topic) || topic.startsWith("$")) return null;
  if (!rights.publish.some((filter) => covers(filter, topic))) return null;
  const place = parseTopic(topic);
  if (place !== null && uplinkChannels.has(place.channel)) return { kind: "uplink", device: place.device };
  const isReadings = parseForeignTopic(topic)?.tells === "readings";
  return isReadings ? { kind: "uplink", device: `service:${id}` } : message;
}

/** Nothing is read back from the telemetry that a device sent, and a command must not be told twice. */
export function mayRetain(visitor: Visitor, publication: Publication): boolean {
  return publication.kind === (visitor.kind === "device" ? "status" : "message");
}

/**
 * A device listens to its own commands and settings, by their exact topics. `$SYS` and shared subscriptions
 * (`$share/…`, which Aedes grants and then never serves) are for nobody.
 */
export function maySubscribe(visitor: Visitor, filter: string): boolean {
  if (visitor.kind === "device") return isDownlink(parseTopic(filter), visitor.id);
  if (!isTopicFilter(filter) || !isText(filter) || filter.startsWith("$")) return false;
  return visitor.rights.subscribe.some((allowed) => covers(allowed, filter));
}

function isDownlink(place: DeviceTopic | null, device: string): boolean {
  return place?.device === device && downlinkChannels.has(place.channel);
}
