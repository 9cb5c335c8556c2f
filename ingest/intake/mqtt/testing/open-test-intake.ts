import { onTestFinished, vi } from "vitest";
import type { Intake, IntakeLog, UplinkSink } from "../../intake.ts";
import { readCredentials } from "../credentials.ts";
import { openMqttIntake } from "../open-mqtt-intake.ts";
import { mqttIntakes } from "../settings.ts";

export interface TestIntake {
  readonly intake: Intake;
  /** Every line of its log, as text. */
  readonly lines: readonly string[];
}

/** An intake as a configuration would make it, closed with the test. It waits as short as it may before it comes back. */
export function openTestIntake(written: object, sink: UplinkSink): TestIntake {
  const settings = mqttIntakes.parse([{ name: "test", filters: ["farm/#"], ...written }])[0]!;
  const credentials = readCredentials(settings, process.env, (setting, message) => {
    throw new Error(`${setting}: ${message}`);
  });
  const lines: string[] = [];
  const write = (fields: object, message: string) => lines.push(`${message} ${JSON.stringify(fields)}`);
  const log: IntakeLog = { info: write, warn: write, error: write };
  const intake = openMqttIntake({ settings, credentials, sink, now: Date.now, random: () => 0, log });
  onTestFinished(() => intake.close());
  return { intake, lines };
}

/** Resolves when the intake is connected. */
export async function connected(intake: Intake): Promise<Intake> {
  await vi.waitFor(
    () => {
      if (intake.usage().connectedSinceMs === null)
        throw new Error(`not connected: ${intake.usage().trouble}`);
    },
    { timeout: 45_000, interval: 10 },
  );
  return intake;
}
