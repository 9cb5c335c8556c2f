import { modelOf } from "../../../devices/index.ts";
import type { JournaledUplink } from "../../journal/journal.ts";
import type { FoundDevice } from "../directory.ts";
import type { Harvest } from "../harvest.ts";
import { shown } from "../plain-text.ts";

/** One frame as the network server decrypted it. */
export interface LorawanFrame {
  /** FPort; 0 carries what node and network tell each other. */
  readonly port: number;
  /** FRMPayload in base64; null or empty when the node only wanted to be heard. */
  readonly data: string | null;
  /** When the network heard it. */
  readonly heardAtMs: number;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether somebody could read the device's frames. */
export function hasModel({ known }: FoundDevice): boolean {
  return modelOf(known.model ?? "") !== undefined;
}

/** Takes what the device's model makes of a frame's bytes; refuses the frame when there is no such model. */
export function takeFrame(
  { port, data, heardAtMs }: LorawanFrame,
  device: FoundDevice,
  { receivedAtMs }: JournaledUplink,
  harvest: Harvest,
): void {
  if (port === 0 || data === null || data === "") return;
  const { model: name = "native", mountingHeightCm = null } = device.known;
  const model = modelOf(name);
  if (!base64.test(data)) {
    harvest.refuse("wrong-shape", () => `the frame is ${shown(data)}; right is base64`, null, heardAtMs);
  } else if (model === undefined) {
    harvest.refuse("unknown-device", () => noModelText(device.id, name), null, heardAtMs);
  } else {
    harvest.readBy(`${model.name}/${model.version}`);
    const frame = { port, bytes: Buffer.from(data, "base64"), receivedAtMs };
    harvest.takeFrame(model.decode(frame, { mountingHeightCm }), heardAtMs);
  }
}

function noModelText(id: string, model: string): string {
  return `${shown(id)} is registered as ${shown(model)}, which reads no bytes; give it its device model, then decode again`;
}
