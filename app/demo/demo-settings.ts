import { join } from "node:path";
import type { Settings } from "../settings/settings.ts";

/** The settings of the demonstration: a data folder of its own, and rules that do not let a visitor wait. */
export function demoSettings(settings: Settings): Settings {
  return { ...settings, data: join(settings.data, "demo"), rules: [{ from: "demo" }] };
}
