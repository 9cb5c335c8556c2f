import { parseForeignTopic } from "../../../devices/index.ts";
import type { JournaledUplink } from "../../journal/journal.ts";
import type { Dialect } from "../dialect.ts";
import type { KnownDevice } from "../directory.ts";
import type { Harvest } from "../harvest.ts";
import { type JsonObject, readObject } from "../json-object.ts";
import { measuredTime } from "../measured-time.ts";
import { mediumOf } from "../measures/words.ts";
import { takeNamed } from "../named-values.ts";
import { speakFor } from "../speakers.ts";

/** The state of a device as Zigbee2MQTT publishes it, one JSON object a device. */
export const zigbee2mqtt: Dialect = {
  name: "zigbee2mqtt",
  version: 1,

  reads: (topic) => topic.startsWith("zigbee2mqtt/") && parseForeignTopic(topic) !== null,

  decode(uplink, harvest, { limits, directory }) {
    const { device: name, tells } = parseForeignTopic(uplink.topic)!;
    // The bridge tells who is there and who is away: no device has spoken and nothing is measured.
    if (tells !== "readings") return;
    const device = speakFor(name!, "topic", uplink, harvest, directory);
    const body = device === null ? null : readObject(uplink, harvest, limits.mostDepth);
    if (device === null || body === null) return;
    const atMs = timeOf(body, uplink, harvest);
    if (atMs !== null) takeState(body, device.known, atMs, harvest);
  },
};

/** `last_seen` is RFC 3339 or milliseconds; "ISO_8601_local" has an offset, "relative" is no time and not believed. */
function timeOf(
  { last_seen: told }: JsonObject,
  { receivedAtMs }: JournaledUplink,
  harvest: Harvest,
): number | null {
  if (told === undefined || told === null) return receivedAtMs;
  const time = measuredTime(told, receivedAtMs);
  if (time.complaint === null) return time.ms;
  harvest.refuse(time.complaint, () => `last_seen: ${time.detail}`, null, time.ms);
  return null;
}

/** Quality of the link, counters of the device's own and the many settings that devices repeat in their state. */
const noMeasurement =
  /^(?:linkquality|last_seen|update_available|brightness|position|.*_(?:count|calibration|precision|sensitivity|interval|threshold|sampling|delay|timeout|duration|limit|min|max|alarm|warning|compensation))$/;

function takeState(body: JsonObject, known: KnownDevice, atMs: number, harvest: Harvest): void {
  const isSoil = body.soil_moisture !== undefined;
  const medium = mediumOf(known.model) ?? (isSoil ? "soil" : null);
  for (const [member, value] of Object.entries(body)) {
    if (noMeasurement.test(member) || isOldIlluminance(member, body)) continue;
    const { name, unit } = nameOf(member, body);
    takeNamed({ name, value, unit, medium, measuredAtMs: atMs, place: () => member }, harvest);
  }
}

/** Before version 2 `illuminance` was Zigbee's logarithm, and stood beside the lux. */
function isOldIlluminance(member: string, body: JsonObject): boolean {
  return member === "illuminance" && body.illuminance_lux !== undefined;
}

function nameOf(member: string, body: JsonObject): { readonly name: string; readonly unit: string | null } {
  const hasBattery = body.battery !== undefined || body.battery_low !== undefined;
  if (member === "battery") return { name: "power.batteryPercent", unit: "%" };
  if (member === "voltage" && hasBattery) return { name: "power.battery", unit: "mV" };
  return { name: member, unit: null };
}
