/** What a topic of a device carries; the part of the topic behind the device's id. */
export const channels = [
  "telemetry",
  "status",
  "command",
  "command/ack",
  "config",
  "config/reported",
] as const;
export type Channel = (typeof channels)[number];

export interface DeviceTopics {
  readonly telemetry: string;
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
