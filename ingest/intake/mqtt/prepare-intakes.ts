import { type Credentials, readCredentials } from "./credentials.ts";
import type { MqttIntakeSettings } from "./settings.ts";

export interface PreparedIntake {
  readonly settings: MqttIntakeSettings;
  readonly credentials: Credentials;
}

/**
 * Reads the passwords and certificates of all intakes before the first of them connects.
 *
 * @param env the environment, for `passwordEnv`
 * @returns also what is wrong, all of it, such as `intakes.chirpstack.passwordFile: … cannot be read (ENOENT)`
 */
export function prepareIntakes(
  intakes: readonly MqttIntakeSettings[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly prepared: readonly PreparedIntake[]; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const prepared = intakes.map((settings) => ({
    settings,
    credentials: readCredentials(settings, env, (setting, message) =>
      problems.push(`intakes.${settings.name}.${setting}: ${message}`),
    ),
  }));
  return { prepared, problems };
}
