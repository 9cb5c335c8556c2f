import { parseTopic } from "../../../devices/index.ts";
import type { JournaledUplink } from "../../journal/journal.ts";
import type { DecodeContext, Dialect } from "../dialect.ts";
import { type Directory, type FoundDevice, findDevice } from "../directory.ts";
import type { Harvest } from "../harvest.ts";
import { readBody } from "../json-object.ts";
import { believedTime } from "../measured-time.ts";
import { mediumOf } from "../measures/words.ts";
import { takeNamed } from "../named-values.ts";
import { plainText, shown } from "../plain-text.ts";
import { isHandedOver, speakerNamed, speakFor } from "../speakers.ts";
import { CborError } from "./cbor.ts";
import { cborBody } from "./cbor-records.ts";
import { type ResolvedRecord, resolvePack } from "./resolve.ts";

/** SenML (RFC 8428) in JSON and in CBOR. */
export const senml: Dialect = {
  name: "senml",
  version: 1,

  reads(topic) {
    const channel = parseTopic(topic)?.channel;
    return channel === "senml" || channel === "senml-cbor";
  },

  decode(uplink, harvest, context) {
    const { device: topicDevice, channel } = parseTopic(uplink.topic)!;
    const own = isHandedOver(uplink.device)
      ? speakFor(topicDevice, "topic", uplink, harvest, context.directory)
      : itself(uplink.device, context.directory);
    if (own === null) return;
    const { mostDepth } = context.limits;
    const body =
      channel === "senml" ? readBody(uplink, harvest, mostDepth) : readCborBody(uplink, harvest, mostDepth);
    if (body !== undefined) readPack(body, own, uplink, harvest, context);
  },
};

function itself(id: string, directory: Directory): FoundDevice | null {
  const known = directory.device(id);
  return known === undefined ? null : { id, known };
}

function readCborBody({ payload }: JournaledUplink, harvest: Harvest, mostDepth: number): unknown {
  if (payload.length === 0) {
    harvest.refuse("empty", () => "the payload has no bytes; a SenML pack was expected", null, null);
    return undefined;
  }
  try {
    return cborBody(payload, mostDepth);
  } catch (error) {
    if (!(error instanceof CborError)) throw error;
    harvest.refuse("wrong-shape", () => `not CBOR: ${error.message}`, null, null);
    return undefined;
  }
}

function readPack(
  body: unknown,
  own: FoundDevice,
  uplink: JournaledUplink,
  harvest: Harvest,
  { directory }: DecodeContext,
): void {
  if (!Array.isArray(body) || body.length === 0) {
    const detail = () => `the pack is ${shown(body)}; right is an array of records`;
    harvest.refuse(Array.isArray(body) ? "empty" : "wrong-shape", detail, null, null);
    return;
  }
  const { records, problems } = resolvePack(body, uplink.receivedAtMs);
  for (const { index, detail } of problems) {
    harvest.refuse("wrong-shape", () => (index === null ? detail : `[${index}]: ${detail}`), null, null);
  }
  const deviceOf = createBases(own, uplink.device, directory);
  for (const record of records) {
    const { base, local } = partsOf(record);
    const device = deviceOf(base);
    if ("refusal" in device) {
      harvest.refuse(
        "unknown-device",
        () => `[${record.index}]: ${device.refusal}`,
        local,
        record.measuredAtMs,
      );
      continue;
    }
    harvest.speakFor(device.id, device.known);
    takeRecord(record, local, device, uplink.receivedAtMs, harvest);
  }
}

function takeRecord(
  { index, name, unit, value, sum, measuredAtMs }: ResolvedRecord,
  local: string,
  { known }: FoundDevice,
  receivedAtMs: number,
  harvest: Harvest,
): void {
  const place = () => `[${index}] ${plainText(name, 80)}`;
  const time = believedTime(measuredAtMs, receivedAtMs);
  if (time.complaint !== null) {
    harvest.refuse(time.complaint, () => `${place()}: ${time.detail}`, local, time.ms);
    return;
  }
  if (sum !== null) {
    harvest.refuse("unknown-quantity", () => `${place()}: a sum over time`, `${local}.sum`, time.ms);
  }
  if (value === undefined) return;
  const medium = mediumOf(known.model);
  takeNamed({ name: local, value, unit: plainUnit(unit), medium, measuredAtMs: time.ms, place }, harvest);
}

/** RFC 8428, 12.1, note 1: `%` is not percent but a ratio from 0 to 1, an older name for `/`. */
function plainUnit(unit: string | null): string | null {
  return unit === "%" ? "/" : unit;
}

/** What a name that is all device means by its unit. */
const byUnit: Readonly<Record<string, string>> = {
  Cel: "temperature",
  "%RH": "relativeHumidity",
  "%EL": "power.batteryPercent",
  EL: "power.batteryPercent",
  lx: "lightIntensity",
};

type Speaker = ReturnType<typeof speakerNamed>;

interface NameParts {
  /** The device's part of the name; empty when there is none. */
  readonly base: string;
  readonly local: string;
}

/** `urn:dev:ow:10e2073a01080063`, whose last part is no quantity but the device. */
const deviceUrn = /^urn:dev:[a-z]+:[^:/]+$/i;

function partsOf({ name, unit }: ResolvedRecord): NameParts {
  if (deviceUrn.test(name)) return { base: name, local: byUnit[unit ?? ""] ?? unit ?? "" };
  const cut = Math.max(name.lastIndexOf(":"), name.lastIndexOf("/"));
  return { base: name.slice(0, Math.max(cut, 0)), local: name.slice(cut + 1) };
}

/**
 * Whose records are whose. A base that is the name of a registered device is that device, if the publisher may speak for
 * it; one that nobody knows is the device's own way to call itself, and there can be only one of those.
 */
function createBases(own: FoundDevice, publisher: string, directory: Directory) {
  const met = new Map<string, Speaker>([["", own]]);
  let ownBase: string | null = null;

  function meet(base: string): Speaker {
    const name = base.slice(Math.max(base.lastIndexOf(":"), base.lastIndexOf("/")) + 1);
    const found = findDevice(name, directory);
    if (found?.id === own.id) return own;
    if (found !== undefined) return speakerNamed(name, "body", publisher, directory);
    if (ownBase !== null)
      return { refusal: `no device ${shown(base)} is registered, and ${shown(ownBase)} is this one` };
    ownBase = base;
    return own;
  }

  return (base: string): Speaker => {
    const speaker = met.get(base) ?? meet(base);
    met.set(base, speaker);
    return speaker;
  };
}
