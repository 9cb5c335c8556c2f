/** What a topic of a device carries; the part of the topic behind the device's id. */
export const channels = [
  "telemetry",
  "senml",
  "senml-cbor",
  "status",
  "command",
  "command/ack",
  "config",
  "config/reported",
] as const;
export type Channel = (typeof channels)[number];

export interface DeviceTopics {
  readonly telemetry: string;
  readonly senml: string;
  readonly senmlCbor: string;
  readonly status: string;
  readonly command: string;
  readonly commandAck: string;
  readonly config: string;
  readonly configReported: string;
}

export interface DeviceTopic {
  readonly device: string;
  readonly channel: Channel;
}

const root = "canhdong/v1/";
const longestDeviceId = 64;
const channelOf: ReadonlyMap<string, Channel> = new Map(channels.map((channel) => [channel, channel]));

/** Words that stand, or may one day stand, in the place of a device's id. */
const reservedIds: ReadonlySet<string> = new Set(["alerts", "gateways", "services", "system"]);

/** The rule of `isDeviceId` in words, for messages. */
export const deviceIdRule =
  "1 to 64 of the characters a-z 0-9 - _ . not beginning with . or - " +
  `and none of the words ${[...reservedIds].join(", ")}`;

/** Whether this may be the id of a device: {@link deviceIdRule}. */
export function isDeviceId(text: string): boolean {
  if (text.length === 0 || text.length > longestDeviceId) return false;
  if (text.startsWith(".") || text.startsWith("-")) return false;
  for (let i = 0; i < text.length; i++) if (!isIdCharacter(text.charCodeAt(i))) return false;
  return !reservedIds.has(text);
}

/** @throws RangeError when the id is none: it would otherwise smuggle levels or wildcards into a topic */
export function topicsOf(device: string): DeviceTopics {
  if (!isDeviceId(device)) throw new RangeError(`"${device}" is no device id; right is ${deviceIdRule}`);
  const base = `${root}${device}/`;
  return {
    telemetry: `${base}telemetry`,
    senml: `${base}senml`,
    senmlCbor: `${base}senml-cbor`,
    status: `${base}status`,
    command: `${base}command`,
    commandAck: `${base}command/ack`,
    config: `${base}config`,
    configReported: `${base}config/reported`,
  };
}

/** Whose topic this is and what it carries; null when it is not one of a device's topics. */
export function parseTopic(topic: string): DeviceTopic | null {
  if (!topic.startsWith(root)) return null;
  const slash = topic.indexOf("/", root.length);
  if (slash === -1) return null;
  const channel = channelOf.get(topic.slice(slash + 1));
  if (channel === undefined) return null;
  const device = topic.slice(root.length, slash);
  return isDeviceId(device) ? { device, channel } : null;
}

/** Systems whose own topics are understood, too. */
export type ForeignSystem = "chirpstack" | "the-things-stack" | "thingsboard" | "tasmota" | "zigbee2mqtt";

/** A topic in the manner of another system. */
export interface ForeignTopic {
  readonly system: ForeignSystem;
  /** What that system calls the device: a DevEUI, an id, a name; null where the publisher is meant or the body tells. */
  readonly device: string | null;
  /** What comes under it, in that system's words: `up`, `SENSOR`, `gateway/telemetry`. */
  readonly channel: string;
  /** Readings and news of the link are for the journal; presence is retained; chatter is let pass and not read. */
  readonly tells: "readings" | "presence" | "chatter";
}

/** What a topic of another system carries, and whom it names; null when it is none that a device or bridge publishes. */
export function parseForeignTopic(topic: string): ForeignTopic | null {
  const slash = topic.indexOf("/");
  return foreignRoots.get(topic.slice(0, slash))?.(topic.slice(slash + 1)) ?? null;
}

type ForeignParser = (rest: string) => ForeignTopic | null;

const foreignRoots: ReadonlyMap<string, ForeignParser> = new Map([
  ["application", chirpstackTopic],
  ["v3", theThingsStackTopic],
  ["v1", thingsboardTopic],
  ["v2", thingsboardShortTopic],
  ["tele", (rest: string) => tasmotaTopic(rest, true)],
  ["stat", (rest: string) => tasmotaTopic(rest, false)],
  ["zigbee2mqtt", zigbee2mqttTopic],
]);

const chirpstackPlace = /^[^/]+\/device\/([0-9a-f]{16})\/(event|command)\/([^/]+)$/i;
const chirpstackEvents: ReadonlySet<string> = new Set([
  "up",
  "status",
  "join",
  "ack",
  "txack",
  "log",
  "location",
]);

/** `application/{application}/device/{devEui}/event/{event}`; commands go the other way */
function chirpstackTopic(rest: string): ForeignTopic | null {
  const [, device, kind, channel] = chirpstackPlace.exec(rest) ?? [];
  if (device === undefined || channel === undefined) return null;
  const isRead = kind === "event" && chirpstackEvents.has(channel);
  return {
    system: "chirpstack",
    device: device.toLowerCase(),
    channel,
    tells: isRead ? "readings" : "chatter",
  };
}

const theThingsStackPlace = /^[^/]+\/devices\/([^/]+)\/([a-z]+(?:\/[a-z]+)?)$/;
const theThingsStackEvents: ReadonlySet<string> = new Set([
  ...["up", "join", "location/solved", "service/data"],
  ...["down/queued", "down/sent", "down/ack", "down/nack", "down/failed"],
]);

/** `v3/{application}@{tenant}/devices/{device}/up`; without a tenant where there is only one */
function theThingsStackTopic(rest: string): ForeignTopic | null {
  const [, device, channel] = theThingsStackPlace.exec(rest) ?? [];
  if (device === undefined || channel === undefined) return null;
  const isRead = theThingsStackEvents.has(channel);
  return { system: "the-things-stack", device, channel, tells: isRead ? "readings" : "chatter" };
}

const thingsboardChannels: ReadonlyMap<string, ForeignTopic["tells"]> = new Map([
  ["devices/me/telemetry", "readings"],
  ["devices/me/attributes", "readings"],
  ["devices/me/claim", "chatter"],
  ["gateway/telemetry", "readings"],
  ["gateway/attributes", "readings"],
  ["gateway/connect", "readings"],
  ["gateway/disconnect", "readings"],
  ["gateway/claim", "chatter"],
  ["gateway/rpc", "chatter"],
  ["gateway/attributes/request", "chatter"],
]);
const thingsboardRequest = /^devices\/me\/(?:attributes\/request|rpc\/(?:request|response))\/\d+$/;

/** `v1/devices/me/telemetry`, where the publisher is meant, and `v1/gateway/telemetry`, where the body names devices */
function thingsboardTopic(rest: string): ForeignTopic | null {
  const tells = thingsboardChannels.get(rest) ?? (thingsboardRequest.test(rest) ? "chatter" : null);
  return tells === null ? null : { system: "thingsboard", device: null, channel: rest, tells };
}

/** ThingsBoard's short topics, for nodes that count bytes. Under `p` comes protobuf, which waits in quarantine. */
const thingsboardShort: ReadonlyMap<string, string> = new Map([
  ...["t", "t/j", "t/p"].map((topic) => [topic, "devices/me/telemetry"] as const),
  ...["a", "a/j", "a/p"].map((topic) => [topic, "devices/me/attributes"] as const),
]);
const thingsboardShortRequest = /^(?:a\/req|r\/req|r\/res)\/\d+$/;

/** `v2/t` is `v1/devices/me/telemetry` */
function thingsboardShortTopic(rest: string): ForeignTopic | null {
  const channel = thingsboardShort.get(rest);
  const known = { system: "thingsboard", device: null } as const;
  if (channel !== undefined) return { ...known, channel, tells: "readings" };
  return thingsboardShortRequest.test(rest) ? { ...known, channel: rest, tells: "chatter" } : null;
}

/** `tele/{device}/SENSOR`; its answers under `stat/` are not read */
function tasmotaTopic(rest: string, isTelemetry: boolean): ForeignTopic | null {
  const [device, channel, ...deeper] = rest.split("/");
  if (!device || !channel || deeper.length > 0) return null;
  const isRead = isTelemetry && (channel === "SENSOR" || channel === "STATE");
  const others = isTelemetry && channel === "LWT" ? "presence" : "chatter";
  return { system: "tasmota", device, channel, tells: isRead ? "readings" : others };
}

const availability = "/availability";

/** `zigbee2mqtt/{friendly name}`, which may have several levels; what the bridge tells of itself is not read */
function zigbee2mqttTopic(rest: string): ForeignTopic | null {
  const system = "zigbee2mqtt";
  if (rest === "bridge" || rest.startsWith("bridge/")) {
    return { system, device: null, channel: rest, tells: "chatter" };
  }
  const [, asked, command] = /^(.+)\/(set|get)(?:\/.+)?$/.exec(rest) ?? [];
  if (asked !== undefined && command !== undefined)
    return { system, device: asked, channel: command, tells: "chatter" };
  const isPresence = rest.endsWith(availability);
  const device = isPresence ? rest.slice(0, -availability.length) : rest;
  if (device === "") return null;
  const channel = isPresence ? "availability" : "state";
  return { system, device, channel, tells: isPresence ? "presence" : "readings" };
}

/**
 * Where an alert is published, retained while it fires.
 * @param model id of the linkage model
 * @throws RangeError when one of them does not fit into one level of a topic
 */
export function alertTopic(model: string, device: string): string {
  for (const level of [model, device]) {
    if (level === "" || /[+#/\0]/.test(level)) {
      throw new RangeError(
        `"${level}" is no level of a topic: it must not be empty nor contain + # / or NUL`,
      );
    }
  }
  return `${root}alerts/${model}/${device}`;
}

/** MQTT 3.1.1, 4.7.1: `+` fills a whole level, `#` fills the last one. */
export function isTopicFilter(text: string): boolean {
  if (text === "" || text.includes("\0") || Buffer.byteLength(text) > 65_535) return false;
  const levels = text.split("/");
  return levels.every((level, i) => {
    if (level === "#") return i === levels.length - 1;
    return level === "+" || !/[+#]/.test(level);
  });
}

function isIdCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || // a-z
    (code >= 0x30 && code <= 0x39) || // 0-9
    code === 0x2d || // -
    code === 0x2e || // .
    code === 0x5f // _
  );
}
