import type { Intake, IntakeLog, UplinkSink } from "../../ingest/intake/intake.ts";
import { type PreparedIntake, prepareIntakes } from "../../ingest/intake/mqtt/prepare-intakes.ts";
import type { MqttIntakeSettings } from "../../ingest/intake/mqtt/settings.ts";
import { UserError } from "../commands/context.ts";

/**
 * Reads what the intakes of a configuration need, before the first port opens.
 *
 * @throws UserError that lists every password and certificate that is missing
 */
export function checkedIntakes(
  settings: readonly MqttIntakeSettings[],
  env: Readonly<Record<string, string | undefined>>,
): readonly PreparedIntake[] {
  const { prepared, problems } = prepareIntakes(settings, env);
  if (problems.length === 0) return prepared;
  throw new UserError(`The intakes cannot be opened:\n${problems.map((one) => `  ${one}`).join("\n")}`);
}

export interface IntakesParts {
  readonly sink: UplinkSink;
  readonly now: () => number;
  readonly random: () => number;
  readonly log: IntakeLog;
}

/** From here on each connects by itself, and comes back by itself. What they are made of is loaded only when there is one. */
export async function openIntakes(
  prepared: readonly PreparedIntake[],
  parts: IntakesParts,
): Promise<readonly Intake[]> {
  if (prepared.length === 0) return [];
  const { openMqttIntake } = await import("../../ingest/intake/mqtt/open-mqtt-intake.ts");
  return prepared.map((one) => openMqttIntake({ ...parts, ...one }));
}
