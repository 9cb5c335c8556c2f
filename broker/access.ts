import { type Channel, type DeviceTopic, isTopicFilter, parseTopic } from "../devices/index.ts";
import { covers, isText } from "./matching/filters.ts";
import type { Visitor } from "./visit.ts";

const uplinkChannels: ReadonlySet<Channel> = new Set(["telemetry", "command/ack", "config/reported"]);
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
 * A device speaks under its own id only. A service speaks where its filters let it, also for devices (a gateway's
 * bridge): the topic's device is then the truth.
 *
 * @returns null when this visitor may not publish there
 */
export function publicationOf(visitor: Visitor, topic: string): Publication | null {
  const place = parseTopic(topic);
  const device = place !== null && uplinkChannels.has(place.channel) ? place.device : null;
  if (visitor.kind === "device") {
    if (place?.device !== visitor.id) return null;
    if (device !== null) return { kind: "uplink", device };
    return place.channel === "status" ? status : null;
  }
  if (!isText(topic) || topic.startsWith("$")) return null;
  if (!visitor.rights.publish.some((filter) => covers(filter, topic))) return null;
  return device === null ? message : { kind: "uplink", device };
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
