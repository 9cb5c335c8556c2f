import type { Broker } from "../broker/index.ts";
import { topicsOf } from "../devices/index.ts";
import { downMessage } from "../ingest/downlinks/down-message.ts";
import { type Intake, intakeDevice } from "../ingest/intake/intake.ts";
import type { Links } from "../ingest/links/open-links.ts";
import type { Actions } from "./http/http-parts.ts";

export interface CommandParts {
  readonly broker: Pick<Broker, "publish">;
  readonly links: Pick<Links, "routeOf">;
  readonly intakes: readonly Pick<Intake, "name" | "publish">[];
  /** Name of the device's model, as the registry has it. */
  readonly modelOf: (device: string) => string | undefined;
}

/** A command that its device, or what stands before it, cannot be told. Whoever asked is answered with the reason. */
export class CommandRefused extends Error {
  override readonly name = "CommandRefused";
  readonly statusCode = 409;
}

/**
 * Sends commands by the way by which their devices are heard: to a device that is connected itself as ours, where it waits
 * while it sleeps; to one behind another system as that one's, which then keeps it or not.
 */
export function createCommands({ broker, links, intakes, modelOf }: CommandParts): Actions["sendCommand"] {
  return async (device, command) => {
    const route = links.routeOf(device);
    if (route === null) {
      await broker.publish(topicsOf(device).command, JSON.stringify(command), { qos: 1 });
      return;
    }
    const message = downMessage(command, modelOf(device) ?? "native", route.topic);
    if ("refusal" in message) throw new CommandRefused(message.refusal);
    const { topic, payload } = message;
    if (!route.publisher.startsWith(intakeDevice(""))) await broker.publish(topic, payload, { qos: 1 });
    else await throughIntake(intakeCalled(route.publisher), topic, payload);
  };

  function intakeCalled(publisher: string): CommandParts["intakes"][number] {
    const intake = intakes.find(({ name }) => intakeDevice(name) === publisher);
    if (intake === undefined)
      throw new CommandRefused(`${publisher}, by which it was heard, is no intake any more`);
    return intake;
  }
}

async function throughIntake(
  intake: Pick<Intake, "name" | "publish">,
  topic: string,
  payload: string,
): Promise<void> {
  try {
    await intake.publish(topic, payload);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandRefused(`the intake ${intake.name} could not pass it on: ${why}; send it again`);
  }
}
