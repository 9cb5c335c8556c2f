import { expect, test } from "vitest";
import type { IntakeUsage } from "../../ingest/intake/intake.ts";
import { metricsText } from "../http/metrics.ts";
import { parseSettings } from "../settings/read-settings.ts";
import { intakeMetrics } from "./intake-metrics.ts";
import { checkedIntakes } from "./open-intakes.ts";
import { usage } from "./testing/usage.ts";

const one = (changed: Partial<IntakeUsage> = {}) => [
  { name: "chirpstack", usage: () => ({ ...usage, ...changed }) },
];

test("each intake is a label of the metrics", () => {
  const text = metricsText(intakeMetrics([...one(), { name: "emqx", usage: () => usage }]));
  expect(text).toContain('canhdong_intake_uplinks_total{intake="chirpstack"} 41\n');
  expect(text).toContain('canhdong_intake_uplinks_total{intake="emqx"} 41\n');
  expect(text).toContain('canhdong_intake_last_uplink_seconds{intake="chirpstack"} 1763712060.5\n');
  expect(text.match(/# TYPE canhdong_intake_connected gauge/g)).toHaveLength(1);
});

test("a password that is not there is told before anything connects", () => {
  const { intakes } = parseSettings(
    `intakes:
  - { name: a, url: "mqtt://127.0.0.1:1", filters: [x], username: farm, passwordEnv: NO_SUCH_VARIABLE }
  - { name: b, url: "mqtt://127.0.0.1:1", filters: [x], username: farm, passwordFile: none.txt }`,
    "/nowhere",
    "canhdong.yaml",
  );
  expect(() => checkedIntakes(intakes, {})).toThrow(
    /intakes\.a\.passwordEnv: .*NO_SUCH_VARIABLE[\s\S]*intakes\.b\.passwordFile: \/nowhere\/none\.txt cannot be read/,
  );
});
