import { parseForeignTopic } from "../../../devices/index.ts";
import type { JournaledUplink } from "../../journal/journal.ts";
import type { DecodeContext, Dialect } from "../dialect.ts";
import type { Harvest } from "../harvest.ts";
import { type JsonObject, numberIn, objectIn, objectsIn, readObject, textIn } from "../json-object.ts";
import { takeFrame } from "../lorawan/frame.ts";
import { networkTime } from "../lorawan/network-time.ts";
import { type Reception, takeRadio } from "../lorawan/radio.ts";
import { speakFor } from "../speakers.ts";

/** Events by which a device was heard. The others are the network's own: what it sent, what went wrong. */
const spoken: ReadonlySet<string> = new Set(["up", "status", "join", "ack", "location"]);

/** ChirpStack v4's events as its MQTT integration publishes them: protobuf's JSON, so what is zero may be missing. */
export const chirpstack: Dialect = {
  name: "chirpstack",
  version: 1,

  reads: (topic) => topic.startsWith("application/") && parseForeignTopic(topic) !== null,

  decode(uplink, harvest, context) {
    const { device, channel, tells } = parseForeignTopic(uplink.topic)!;
    if (tells !== "readings") return;
    if (isProtobuf(uplink.payload)) return refuseProtobuf(harvest);
    const event = readObject(uplink, harvest, context.limits.mostDepth);
    if (event === null || !spoken.has(channel)) return;
    if (channel === "up") readUp(device!, event, uplink, harvest, context);
    else if (speakFor(device!, "topic", uplink, harvest, context.directory) !== null && channel === "status")
      readStatus(event, uplink, harvest);
  },
};

/** An event's first member, `deduplicationId`, a UUID of 36 characters: no JSON begins so. */
const isProtobuf = (payload: Uint8Array): boolean => payload[0] === 0x0a && payload[1] === 36;

function refuseProtobuf(harvest: Harvest): void {
  const detail = () => "protobuf; right is JSON: json=true under [integration.mqtt] of chirpstack.toml";
  harvest.refuse("not-json", detail, null, null);
}

function readUp(
  devEui: string,
  event: JsonObject,
  uplink: JournaledUplink,
  harvest: Harvest,
  { directory }: DecodeContext,
): void {
  const device = speakFor(devEui, "topic", uplink, harvest, directory);
  if (device === null) return;
  const receptions = objectsIn(event, "rxInfo");
  const clocks = [event.time, ...receptions.map(({ nsTime }) => nsTime)];
  const heardAtMs = networkTime(clocks, uplink.receivedAtMs, harvest);
  if (heardAtMs === null) return;
  const frame = { port: numberIn(event, "fPort") ?? 0, data: textIn(event, "data"), heardAtMs };
  takeFrame(frame, device, uplink, harvest);
  const { modulation, frequency } = objectIn(event, "txInfo");
  takeRadio(
    {
      receptions: receptions.map(receptionOf),
      spreadingFactor: numberIn(loraOf(modulation), "spreadingFactor"),
      frequencyHz: typeof frequency === "number" ? frequency : null,
      frameCounter: numberIn(event, "fCnt") ?? 0,
      heardAtMs,
    },
    harvest,
  );
}

function receptionOf(rxInfo: JsonObject): Reception {
  return {
    gateway: textIn(rxInfo, "gatewayId")?.toLowerCase() ?? null,
    rssi: numberIn(rxInfo, "rssi"),
    snr: numberIn(rxInfo, "snr"),
  };
}

function loraOf(modulation: unknown): JsonObject {
  return objectIn(objectIn({ modulation }, "modulation"), "lora");
}

/** DevStatusAns (LoRaWAN 1.0.4, 5.5): the battery as a share, unless the device has mains or could not measure. */
function readStatus(event: JsonObject, uplink: JournaledUplink, harvest: Harvest): void {
  const atMs = networkTime([event.time], uplink.receivedAtMs, harvest);
  const isMeasured = event.externalPowerSource !== true && event.batteryLevelUnavailable !== true;
  const batteryPercent = numberIn(event, "batteryLevel");
  if (atMs === null || batteryPercent === null || !isMeasured) return;
  harvest.take(0, "power.batteryPercent", batteryPercent, atMs, () => "batteryLevel");
  const unheard = { gateway: null, rssi: null, snr: null, spreadingFactor: null };
  harvest.link({ ...unheard, frameCounter: null, frequencyHz: null, batteryPercent, atMs });
}
