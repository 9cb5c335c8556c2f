import { parseForeignTopic } from "../../../devices/index.ts";
import type { DecodeContext, Dialect } from "../dialect.ts";
import type { KnownDevice } from "../directory.ts";
import type { Harvest } from "../harvest.ts";
import { isObject, type JsonObject, objectIn, readObject, textIn } from "../json-object.ts";
import { measuredTime } from "../measured-time.ts";
import { type Medium, mediumOf } from "../measures/words.ts";
import { takeNamed } from "../named-values.ts";
import { speakFor } from "../speakers.ts";

/** Tasmota's periodic telemetry. */
export const tasmota: Dialect = {
  name: "tasmota",
  version: 1,

  reads: (topic) => /^(?:tele|stat)\//.test(topic) && parseForeignTopic(topic) !== null,

  decode(uplink, harvest, context: DecodeContext) {
    const { device: name, channel, tells } = parseForeignTopic(uplink.topic)!;
    if (tells === "chatter") return;
    const device = speakFor(name!, "topic", uplink, harvest, context.directory);
    // The last will is a bare word, and presence is no reading.
    if (device === null || channel === "LWT") return;
    const body = readObject(uplink, harvest, context.limits.mostDepth);
    if (body === null) return;
    const atMs = timeOf(body, uplink.receivedAtMs, harvest);
    if (atMs === null) return;
    if (channel === "SENSOR") takeSensors(body, device.known, atMs, harvest);
    else takeState(body, atMs, harvest);
  },
};

const withOffset = /(?:Z|[+-]\d\d:\d\d)$/;

/** @returns null, and a rejection, when the node tells a time that cannot be believed */
function timeOf(body: JsonObject, receivedAtMs: number, harvest: Harvest): number | null {
  const told = textIn(body, "Time");
  if (told === null || !withOffset.test(told)) return receivedAtMs;
  const time = measuredTime(told, receivedAtMs);
  if (time.complaint === null) return time.ms;
  harvest.refuse(time.complaint, () => `Time: ${time.detail}`, null, time.ms);
  return null;
}

/** Sensors on a cable, which may hang anywhere. */
const onACable = /^(?:DS18|DS1822|MAX31|MAX6675|ANALOG)/;
/** Laboratory probes in water. */
const inWater = /^EZO/;
/** Names of members that are Tasmota's own. */
const ownNames: Readonly<Record<string, string>> = {
  Fertility: "soil.ec",
  Total: "power.energy",
  "PM2.5": "air.pm25",
};
/** Computed out of others, or of the mains and its phases. */
const leftOut = new Set([
  ...[
    "Id",
    "SeaPressure",
    "Yesterday",
    "Today",
    "Period",
    "ApparentPower",
    "ReactivePower",
    "Factor",
    "Frequency",
  ],
]);

function takeSensors(body: JsonObject, known: KnownDevice, atMs: number, harvest: Harvest): void {
  for (const [sensor, members] of Object.entries(body)) {
    if (!isObject(members)) continue;
    const medium = mediumOf(known.model) ?? (inWater.test(sensor) ? "water" : null);
    for (const [member, value] of Object.entries(members)) {
      if (leftOut.has(member)) continue;
      const name = nameOf(sensor, member, medium);
      const place = () => `${sensor}.${member}`;
      takeNamed(
        { name, value, unit: unitOf(sensor, member, body), medium, measuredAtMs: atMs, place },
        harvest,
      );
    }
  }
}

function nameOf(sensor: string, member: string, medium: Medium | null): string {
  if (member === "Temperature" && medium === null && onACable.test(sensor)) {
    // The first of several is `DS18B20-1`.
    const number = /-([2-9])$/.exec(sensor)?.[1] ?? "";
    return `probe.temperature${number}`;
  }
  return Object.hasOwn(ownNames, member) ? (ownNames[member] as string) : member;
}

/** The unit that the body tells, or that this kind of sensor always has; null for the catalogue's. */
function unitOf(sensor: string, member: string, body: JsonObject): string | null {
  switch (member) {
    case "Temperature":
    case "DewPoint":
      return textIn(body, "TempUnit");
    case "Pressure":
      return textIn(body, "PressureUnit");
    case "Distance":
      return sensor.startsWith("VL53") ? "mm" : "cm";
    case "EC":
    case "Fertility":
      return "uS/cm";
    case "Total":
      return "kWh";
    default:
      return null;
  }
}

function takeState(body: JsonObject, atMs: number, harvest: Harvest): void {
  const found = (quantity: string, value: unknown, place: string) =>
    harvest.takeFound({ quantity, value: value ?? null, unit: null, measuredAtMs: atMs, place: () => place });
  found("device.uptime", body.UptimeSec, "UptimeSec");
  found("radio.rssi", objectIn(body, "Wifi").Signal, "Wifi.Signal");
}
