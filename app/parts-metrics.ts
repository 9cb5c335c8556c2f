import type { BrokerUsage } from "../broker/index.ts";
import type { CourierCounters, WatchCounters } from "../ingest/alerts/index.ts";
import type { IntakeUsage } from "../ingest/intake/intake.ts";
import type { MetricSample } from "./http/metrics.ts";
import { intakeMetrics } from "./intakes/intake-metrics.ts";

/** Where the numbers come from. */
export interface CountingParts {
  readonly journal: {
    usage(): { readonly bytes: number; readonly pendingUplinks: number; readonly failing: Error | null };
    readonly end: number;
  };
  readonly followers: Readonly<Record<string, { readonly lag: number; readonly failing: Error | null }>>;
  readonly watch: { counters(): WatchCounters };
  readonly broker: { usage(): BrokerUsage };
  readonly intakes: readonly { readonly name: string; usage(): IntakeUsage }[];
  readonly courier: { counters(): CourierCounters };
  readonly quarantine: { count(): Readonly<Partial<Record<string, number>>> };
  readonly store: {
    usage(): Promise<{ readonly bytes: number; readonly readings: number }>;
    readonly refused?: { byReason(): Readonly<Partial<Record<string, number>>> };
  };
}

/** What every part counts, under Prometheus' naming: unit and `_total` at the end, closed sets as labels. */
export async function metricsOf(parts: CountingParts): Promise<MetricSample[]> {
  const { broker, journal, followers, watch, courier, quarantine, store } = parts;
  const front = broker.usage();
  const log = journal.usage();
  const judged = watch.counters();
  const told = courier.counters();
  const kept = await store.usage();
  return [
    gauge("canhdong_connections", "Open MQTT connections.", front.connections),
    gauge("canhdong_devices_connected", "Devices connected now.", front.connectedDevices),
    counter(
      "canhdong_uplinks_total",
      "Uplinks on disk and acknowledged since the start.",
      front.uplinks.accepted,
    ),
    counter("canhdong_uplink_bytes_total", "Their payloads.", front.uplinks.acceptedBytes),
    counter(
      "canhdong_uplinks_refused_total",
      "Uplinks not acknowledged: the journal could not write.",
      front.uplinks.failed,
    ),
    ...each(front.refusals, (reason, value) =>
      counter("canhdong_refusals_total", "What the broker refused, by reason.", value, { reason }),
    ),
    ...each(front.uplinks.pauses, (reason, value) =>
      counter("canhdong_pauses_total", "How often a socket was not read for a while, by reason.", value, {
        reason,
      }),
    ),
    gauge(
      "canhdong_queued_messages",
      "Commands and settings that wait for sleeping clients.",
      front.queued.messages,
    ),
    gauge("canhdong_retained_messages", "Retained messages.", front.retained.messages),

    ...intakeMetrics(parts.intakes),

    gauge("canhdong_journal_end", "Position that the next uplink will get.", journal.end),
    gauge("canhdong_journal_bytes", "Journal on disk.", log.bytes),
    gauge("canhdong_journal_pending_uplinks", "Uplinks on their way to the disk.", log.pendingUplinks),
    gauge("canhdong_journal_failing", "1 while the journal cannot write.", log.failing === null ? 0 : 1),
    ...Object.entries(followers).flatMap(([follower, { lag, failing }]) => [
      gauge("canhdong_follower_lag_uplinks", "How far a follower is behind the journal.", lag, { follower }),
      gauge(
        "canhdong_follower_failing",
        "1 while its work fails and is tried again.",
        failing === null ? 0 : 1,
        { follower },
      ),
    ]),

    gauge("canhdong_readings", "Readings stored.", kept.readings),
    gauge("canhdong_readings_bytes", "Their size on disk.", kept.bytes),
    ...each(store.refused?.byReason() ?? {}, (reason, value) =>
      gauge(
        "canhdong_readings_refused",
        "Readings that the database would not take for good and that are kept aside, by reason.",
        value,
        { reason },
      ),
    ),
    ...each(quarantine.count(), (reason, value) =>
      gauge("canhdong_quarantined", "What could not be read and is kept, by reason.", value, { reason }),
    ),

    counter("canhdong_readings_evaluated_total", "Readings judged by rules.", judged.evaluated),
    counter("canhdong_alerts_fired_total", "Alerts that began to fire.", judged.fired),
    gauge("canhdong_alerts_open", "Alerts firing or acknowledged.", judged.openAlerts),
    ...each(judged.resolved, (reason, value) =>
      counter("canhdong_alerts_resolved_total", "Alerts that ended, by reason.", value, { reason }),
    ),
    ...each(told.delivered, (notifier, value) =>
      counter("canhdong_notifications_delivered_total", "Notifications delivered.", value, { notifier }),
    ),
    ...Object.entries(told.failures).flatMap(([notifier, reasons]) =>
      each(reasons, (reason, value) =>
        counter("canhdong_notification_failures_total", "Failed attempts, by reason.", value, {
          notifier,
          reason,
        }),
      ),
    ),
  ];
}

type Labels = Readonly<Record<string, string>>;

function gauge(name: string, help: string, value: number, labels?: Labels): MetricSample {
  return { name, help, type: "gauge", value, ...(labels && { labels }) };
}

function counter(name: string, help: string, value: number, labels?: Labels): MetricSample {
  return { name, help, type: "counter", value, ...(labels && { labels }) };
}

function each(
  values: Readonly<Partial<Record<string, number>>>,
  sample: (label: string, value: number) => MetricSample,
): MetricSample[] {
  return Object.entries(values).map(([label, value]) => sample(label, value ?? 0));
}
