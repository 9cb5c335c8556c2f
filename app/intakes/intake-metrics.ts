import type { IntakeUsage } from "../../ingest/intake/intake.ts";
import type { MetricSample } from "../http/metrics.ts";

type Kind = MetricSample["type"];

/** What each intake counts: name, kind and help, and the value. */
const counted: readonly (readonly [
  name: string,
  type: Kind,
  help: string,
  value: (usage: IntakeUsage) => number,
])[] = [
  [
    "connected",
    "gauge",
    "1 while the far end knows what we want.",
    (usage) => (usage.connectedSinceMs === null ? 0 : 1),
  ],
  [
    "last_uplink_seconds",
    "gauge",
    "When it last brought one, since 1970.",
    (usage) => (usage.lastUplinkAtMs ?? 0) / 1000,
  ],
  ["unacknowledged_uplinks", "gauge", "On their way to the disk.", (usage) => usage.unacknowledged],
  ["refused_filters", "gauge", "Filters that may not be followed.", (usage) => usage.refusedFilters.length],
  ["uplinks_total", "counter", "Uplinks on disk and acknowledged.", (usage) => usage.accepted],
  ["uplink_bytes_total", "counter", "Their payloads.", (usage) => usage.acceptedBytes],
  [
    "refused_uplinks_total",
    "counter",
    "Not acknowledged: the journal could not write.",
    (usage) => usage.refused,
  ],
  ["too_large_uplinks_total", "counter", "Lost: no record can hold them.", (usage) => usage.tooLarge],
  ["retained_messages_total", "counter", "Old news, acknowledged and not taken.", (usage) => usage.retained],
  ["reconnects_total", "counter", "Connections after the first.", (usage) => usage.reconnects],
  [
    "sessions_lost_total",
    "counter",
    "How often the far end had forgotten us.",
    (usage) => usage.sessionsLost,
  ],
];

export function intakeMetrics(
  intakes: readonly { readonly name: string; usage(): IntakeUsage }[],
): MetricSample[] {
  return intakes.flatMap((intake) => {
    const usage = intake.usage();
    const labels = { intake: intake.name };
    return counted.map(([name, type, help, value]) => {
      return { name: `canhdong_intake_${name}`, type, help, labels, value: value(usage) };
    });
  });
}
