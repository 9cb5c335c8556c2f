import { parseForeignTopic } from "../../../devices/index.ts";
import type { JournaledUplink } from "../../journal/journal.ts";
import type { DecodeContext, Dialect } from "../dialect.ts";
import { type FoundDevice, findDevice } from "../directory.ts";
import type { Harvest } from "../harvest.ts";
import { type JsonObject, numberIn, objectIn, objectsIn, readObject, textIn } from "../json-object.ts";
import { hasModel, takeFrame } from "../lorawan/frame.ts";
import { networkTime } from "../lorawan/network-time.ts";
import { type Reception, takeRadio } from "../lorawan/radio.ts";
import { speakFor } from "../speakers.ts";
import { disagrees, takeNormalized } from "./normalized.ts";

/** Messages by which a device was heard. The others tell what the network did. */
const spoken: ReadonlySet<string> = new Set(["up", "join", "down/ack", "down/nack"]);

/** The Things Stack v3, as its MQTT server publishes it; empty members are left out. */
export const theThingsStack: Dialect = {
  name: "the-things-stack",
  version: 2,

  reads: (topic) => topic.startsWith("v3/") && parseForeignTopic(topic) !== null,

  decode(uplink, harvest, context) {
    const { device: topicId, channel, tells } = parseForeignTopic(uplink.topic)!;
    if (tells !== "readings") return;
    const message = readObject(uplink, harvest, context.limits.mostDepth);
    if (message === null || !spoken.has(channel)) return;
    if (message.simulated === true) return refuseSimulated(harvest);
    const name = nameOf(topicId!, message, context);
    const device = speakFor(name, "topic", uplink, harvest, context.directory);
    if (device !== null && channel === "up") readUp(device, message, uplink, harvest);
  },
};

function refuseSimulated(harvest: Harvest): void {
  const detail = () => "simulated: typed into the network's console, no device measured it";
  harvest.refuse("wrong-shape", detail, null, null);
}

/**
 * The topic's id is the truth. Its body tells the DevEUI besides, which the registry is more likely to know, but only
 * where it speaks of the same device: bodies that name another one have been seen.
 */
function nameOf(topicId: string, message: JsonObject, { directory }: DecodeContext): string {
  const ids = objectIn(message, "end_device_ids");
  const devEui = textIn(ids, "dev_eui");
  const isSame = ids.device_id === topicId;
  return isSame && devEui !== null && findDevice(devEui, directory) !== undefined ? devEui : topicId;
}

function readUp(device: FoundDevice, message: JsonObject, uplink: JournaledUplink, harvest: Harvest): void {
  const up = objectIn(message, "uplink_message");
  const heardAtMs = networkTime([up.received_at, message.received_at], uplink.receivedAtMs, harvest);
  if (heardAtMs === null) return;
  readPayload(device, up, heardAtMs, uplink, harvest);
  readBattery(up, heardAtMs, harvest);
  const { settings } = up;
  const radio = objectIn({ settings }, "settings");
  takeRadio(
    {
      receptions: objectsIn(up, "rx_metadata").map(receptionOf),
      spreadingFactor: numberIn(objectIn(objectIn(radio, "data_rate"), "lora"), "spreading_factor"),
      frequencyHz: numberIn(radio, "frequency"),
      frameCounter: numberIn(up, "f_cnt") ?? 0,
      heardAtMs,
    },
    harvest,
  );
}

function readPayload(
  device: FoundDevice,
  up: JsonObject,
  heardAtMs: number,
  uplink: JournaledUplink,
  harvest: Harvest,
): void {
  const normalized = objectsIn(up, "normalized_payload");
  if (!hasModel(device) && normalized.length > 0) {
    takeNormalized(normalized, heardAtMs, uplink.receivedAtMs, harvest);
    return;
  }
  const frame = { port: numberIn(up, "f_port") ?? 0, data: textIn(up, "frm_payload"), heardAtMs };
  takeFrame(frame, device, uplink, harvest);
  if (disagrees(normalized, harvest.valuesAt(heardAtMs))) harvest.flag("codec-disagrees", heardAtMs);
}

/**
 * What the device answered to the network's question for its state (DevStatusAns). It stands in every uplink from then on: it is
 * news in the one that brought it, which its frame counter tells.
 */
function readBattery(up: JsonObject, heardAtMs: number, harvest: Harvest): void {
  const battery = objectIn(up, "last_battery_percentage");
  const percent = numberIn(battery, "value");
  if (percent === null) return;
  const isNews = (numberIn(battery, "f_cnt") ?? 0) === (numberIn(up, "f_cnt") ?? 0);
  const isTold = harvest.valuesAt(heardAtMs).has("power.batteryPercent");
  if (!isNews || isTold) return;
  harvest.take(0, "power.batteryPercent", percent, heardAtMs, () => "last_battery_percentage.value");
}

/** Every gateway of another network is called `packetbroker`; which one it is, stands with what the broker tells. */
function receptionOf(metadata: JsonObject): Reception {
  const ids = objectIn(metadata, "gateway_ids");
  const broker = objectIn(metadata, "packet_broker");
  const gateway =
    textIn(ids, "eui") ??
    textIn(broker, "forwarder_gateway_eui") ??
    textIn(broker, "forwarder_gateway_id") ??
    textIn(ids, "gateway_id");
  return {
    gateway: gateway?.toLowerCase() ?? null,
    rssi: numberIn(metadata, "rssi"),
    snr: numberIn(metadata, "snr"),
  };
}
