import type { IntakeUsage } from "../ingest/intake/intake.ts";
import type { Health } from "./http/shapes.ts";
import { intakeHealth } from "./intakes/intake-health.ts";
import { ageTrouble, type ShownCertificate } from "./settings/certificates.ts";

type Check = Health["checks"][number];

/** What each part says of itself. Only what keeps acknowledgements back is a failure; what merely waits is degraded. */
export interface PartsHealth {
  readonly journal: { usage(): { readonly failing: Error | null; readonly pendingUplinks: number } };
  readonly followers: Readonly<Record<string, { readonly lag: number; readonly failing: Error | null }>>;
  readonly store: {
    readonly refused?: {
      byReason(): Readonly<Partial<Record<string, number>>>;
      lastAtMs(): number | null;
    };
  };
  readonly watch: { failing(): Error | null };
  readonly intakes: readonly { readonly name: string; usage(): IntakeUsage }[];
  readonly broker: { usage(): { readonly sessionsFailing: string | null } };
  readonly certificates: readonly ShownCertificate[];
  readonly outbox: {
    counts(): readonly { readonly notifier: string; readonly waiting: number; readonly failed: number }[];
  };
}

/** Somebody should have looked by then; counted they are as long as they are kept. */
const refusedIsNewsMs = 86_400_000;

export function healthOf(parts: PartsHealth, nowMs: number): Check[] {
  const { journal, followers, watch, intakes, broker, certificates, outbox } = parts;
  const { failing, pendingUplinks } = journal.usage();
  return [
    failing === null
      ? ok("journal", `${pendingUplinks} uplinks on their way to the disk`)
      : { name: "journal", status: "failing", message: `no uplink is acknowledged: ${failing.message}` },
    ...Object.entries(followers).map(([name, { lag, failing }]) =>
      failing === null
        ? ok(name, `${lag} uplinks behind`)
        : degraded(name, `${failing.message}; ${lag} uplinks wait`),
    ),
    ...refusedReadings(parts, nowMs),
    watch.failing() === null
      ? ok("alerts", "saved")
      : degraded("alerts", `cannot be saved: ${watch.failing()?.message}`),
    broker.usage().sessionsFailing === null
      ? ok("broker", "takes uplinks")
      : degraded("broker", `sessions cannot be saved: ${broker.usage().sessionsFailing}`),
    ...certificates.map((certificate) => certificateHealth(certificate, nowMs)),
    ...intakeHealth(intakes),
    ...outbox
      .counts()
      .map(({ notifier, waiting, failed }) =>
        failed === 0
          ? ok(`notifier ${notifier}`, `${waiting} notifications wait`)
          : degraded(
              `notifier ${notifier}`,
              `${failed} notifications could not be delivered, ${waiting} wait`,
            ),
      ),
  ];
}

function certificateHealth(certificate: ShownCertificate, nowMs: number): Check {
  const name = `certificate of ${certificate.setting}`;
  const trouble = ageTrouble(certificate, nowMs);
  const endsOn = new Date(certificate.validToMs).toISOString().slice(0, 10);
  return trouble === null ? ok(name, `good until ${endsOn}`) : degraded(name, trouble);
}

/** Nothing to say where no reading was ever refused. */
function refusedReadings({ store: { refused } }: Pick<PartsHealth, "store">, nowMs: number): Check[] {
  const lastAtMs = refused?.lastAtMs() ?? null;
  if (refused === undefined || lastAtMs === null) return [];
  const reasons = Object.entries(refused.byReason()).map(([reason, count]) => `${count} ${reason}`);
  const message = `readings that the database would not take are kept aside: ${reasons.join(", ")}; canhdong influx check tells which`;
  return [
    nowMs - lastAtMs < refusedIsNewsMs
      ? degraded("refused readings", message)
      : ok("refused readings", message),
  ];
}

const ok = (name: string, message: string): Check => ({ name, status: "ok", message });
const degraded = (name: string, message: string): Check => ({ name, status: "degraded", message });
