import { parseForeignTopic } from "../../../devices/index.ts";
import type { JournaledUplink } from "../../journal/journal.ts";
import type { DecodeContext, Dialect } from "../dialect.ts";
import type { KnownDevice } from "../directory.ts";
import type { Harvest } from "../harvest.ts";
import { isObject, readBody, readObject, textIn } from "../json-object.ts";
import { shown } from "../plain-text.ts";
import { speakFor } from "../speakers.ts";
import { takeTelemetry } from "./telemetry.ts";

type Reader = (uplink: JournaledUplink, harvest: Harvest, context: DecodeContext) => void;

/** By the rest of the topic. What is not here (attributes, disconnect) carries no readings: it is only asked to be JSON. */
const readers: ReadonlyMap<string, Reader> = new Map([
  ["devices/me/telemetry", readOwn],
  ["gateway/telemetry", readOthers],
  ["gateway/connect", readConnect],
]);

/** ThingsBoard's MQTT API for devices and for gateways. */
export const thingsboard: Dialect = {
  name: "thingsboard",
  version: 1,

  reads: (topic) => /^v[12]\//.test(topic) && parseForeignTopic(topic) !== null,

  decode(uplink, harvest, context) {
    const { channel, tells } = parseForeignTopic(uplink.topic)!;
    if (tells !== "readings") return;
    const read = readers.get(channel);
    if (read !== undefined) read(uplink, harvest, context);
    else readBody(uplink, harvest, context.limits.mostDepth);
  },
};

function readOwn(uplink: JournaledUplink, harvest: Harvest, { limits, directory }: DecodeContext): void {
  const known = directory.device(uplink.device);
  if (known === undefined) {
    const detail = () =>
      "the topic says `me`, and a program or a foreign broker is no device; right is v1/gateway/telemetry";
    harvest.refuse("unknown-device", detail, null, null);
    return;
  }
  const body = readBody(uplink, harvest, limits.mostDepth);
  if (body !== undefined) takeTelemetry(body, "", known, uplink.receivedAtMs, harvest);
}

function readOthers(uplink: JournaledUplink, harvest: Harvest, { limits, directory }: DecodeContext): void {
  const body = readObject(uplink, harvest, limits.mostDepth);
  for (const [name, telemetry] of Object.entries(body ?? {})) {
    const device = speakFor(name, "body", uplink, harvest, directory);
    if (device === null) continue;
    if (Array.isArray(telemetry) || isObject(telemetry))
      takeTelemetry(telemetry, name, device.known, uplink.receivedAtMs, harvest);
    else refuseTelemetry(name, telemetry, harvest);
    speakForItself(uplink, harvest, directory.device(uplink.device));
  }
}

function readConnect(uplink: JournaledUplink, harvest: Harvest, { limits, directory }: DecodeContext): void {
  const body = readObject(uplink, harvest, limits.mostDepth);
  if (body !== null) speakFor(textIn(body, "device") ?? "", "body", uplink, harvest, directory);
}

function refuseTelemetry(name: string, found: unknown, harvest: Harvest): void {
  const detail = () => `${shown(name)}: ${shown(found)}; right is [{"ts": 1763712000000, "values": {…}}]`;
  harvest.refuse("wrong-shape", detail, null, null);
}

/** What is refused next may be nobody's, and is not the last device's. */
function speakForItself({ device }: JournaledUplink, harvest: Harvest, known: KnownDevice | undefined): void {
  if (known === undefined) harvest.speakForNobody();
  else harvest.speakFor(device, known);
}
