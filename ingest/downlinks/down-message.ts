import { type Downlink, modelOf } from "../../devices/index.ts";
import { tasmotaBacklog, zigbeeState } from "./switch-commands.ts";

export interface DownCommand {
  /** A UUID. Comes back where the network tells what became of it. */
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
}

/** What is sent, or why nothing is: what was asked for, and what would be right. */
export type DownMessage = { readonly topic: string; readonly payload: string } | { readonly refusal: string };

/**
 * A command as the system behind which the device is wants to be told.
 *
 * @param model the device's, as the registry has it
 * @param topic of `downTopicOf`
 */
export function downMessage(command: DownCommand, model: string, topic: string): DownMessage {
  try {
    return { topic, payload: payloadOf(command, model, topic) };
  } catch (error) {
    // Arguments that the command does not know; anything else is a bug of ours.
    if (!(error instanceof TypeError)) throw error;
    return { refusal: error.message };
  }
}

function payloadOf(command: DownCommand, model: string, topic: string): string {
  const [root] = topic.split("/", 1);
  if (root === "application") return chirpstackDown(command, frameOf(command, model), topic);
  if (root === "v3") return theThingsStackDown(command, frameOf(command, model));
  if (root === "zigbee2mqtt") return JSON.stringify(zigbeeState(command));
  if (root === "cmnd") return tasmotaBacklog(command);
  throw new Error(`no way down by ${topic}`);
}

/** The command as bytes of the device's model. */
function frameOf({ name, args }: DownCommand, model: string): Downlink {
  const downlinks = modelOf(model)?.downlinks;
  if (downlinks === undefined) throw new TypeError(`the model ${model} obeys no commands`);
  if (!Object.hasOwn(downlinks, name))
    throw new TypeError(`${model} does not obey "${name}"; right is ${Object.keys(downlinks).join(", ")}`);
  return downlinks[name]!.encode(args);
}

/** ChirpStack v4's DownlinkCommand. Confirmed: a valve that did not hear is asked again by the network. */
function chirpstackDown({ id }: DownCommand, { port, bytes }: Downlink, topic: string): string {
  const [, , , devEui] = topic.split("/");
  return JSON.stringify({ id, devEui, confirmed: true, fPort: port, data: base64(bytes) });
}

/** The Things Stack v3's `down/push`: behind what waits already, not in its place. */
function theThingsStackDown({ id }: DownCommand, { port, bytes }: Downlink): string {
  const downlink = {
    f_port: port,
    frm_payload: base64(bytes),
    confirmed: true,
    priority: "NORMAL",
    correlation_ids: [`canhdong:${id}`],
  };
  return JSON.stringify({ downlinks: [downlink] });
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
