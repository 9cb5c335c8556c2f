import type { IntakeUsage } from "../../ingest/intake/intake.ts";
import { ageTrouble, type ShownCertificate } from "../settings/certificates.ts";
import { type Check, degraded, failing, ok } from "./check.ts";
import { intakeHealth } from "./intake-health.ts";

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

const labels = {
  journal: { vi: "Nhật ký bản tin", en: "Journal" },
  store: { vi: "Kho số liệu", en: "Store of readings" },
  quarantine: { vi: "Nơi giữ bản tin không đọc được", en: "Quarantine" },
  links: { vi: "Sóng vô tuyến", en: "Radio links" },
  watch: { vi: "Canh cảnh báo", en: "Watch over alerts" },
  derived: { vi: "Đại lượng tính ra", en: "Derived quantities" },
  live: { vi: "Số liệu trực tiếp", en: "Live readings" },
  refused: { vi: "Số đo kho không nhận", en: "Refused readings" },
  alerts: { vi: "Cảnh báo", en: "Alerts" },
  broker: { vi: "Cổng nhận MQTT", en: "MQTT broker" },
} as const;

export function healthOf(parts: PartsHealth, nowMs: number): Check[] {
  const { followers, intakes, certificates, outbox } = parts;
  return [
    journalHealth(parts),
    ...Object.entries(followers).map(([name, follower]) => followerHealth(name, follower)),
    ...refusedReadings(parts, nowMs),
    alertsHealth(parts),
    brokerHealth(parts),
    ...certificates.map((certificate) => certificateHealth(certificate, nowMs)),
    ...intakes.map(intakeHealth),
    ...outbox.counts().map(notifierHealth),
  ];
}

function journalHealth({ journal }: PartsHealth): Check {
  const { failing: error, pendingUplinks } = journal.usage();
  if (error === null)
    return ok("journal", labels.journal, {
      vi: `${pendingUplinks} bản tin đang ghi xuống đĩa`,
      en: `${pendingUplinks} uplinks on their way to the disk`,
    });
  return failing("journal", labels.journal, {
    vi: `chưa xác nhận được bản tin nào: ${error.message}`,
    en: `no uplink is acknowledged: ${error.message}`,
  });
}

function followerHealth(name: string, { lag, failing }: PartsHealth["followers"][string]): Check {
  const label = labels[name as keyof typeof labels] ?? { vi: name, en: name };
  if (failing === null)
    return ok(name, label, { vi: `còn ${lag} bản tin chưa tới lượt`, en: `${lag} uplinks behind` });
  return degraded(name, label, {
    vi: `${failing.message}; ${lag} bản tin đang chờ`,
    en: `${failing.message}; ${lag} uplinks wait`,
  });
}

function alertsHealth({ watch }: PartsHealth): Check {
  const error = watch.failing();
  if (error === null) return ok("alerts", labels.alerts, { vi: "đã lưu", en: "saved" });
  return degraded("alerts", labels.alerts, {
    vi: `không lưu được: ${error.message}`,
    en: `cannot be saved: ${error.message}`,
  });
}

function brokerHealth({ broker }: PartsHealth): Check {
  const { sessionsFailing } = broker.usage();
  if (sessionsFailing === null)
    return ok("broker", labels.broker, { vi: "đang nhận bản tin", en: "takes uplinks" });
  return degraded("broker", labels.broker, {
    vi: `không lưu được phiên kết nối: ${sessionsFailing}`,
    en: `sessions cannot be saved: ${sessionsFailing}`,
  });
}

function certificateHealth(certificate: ShownCertificate, nowMs: number): Check {
  const { setting, validFromMs, validToMs } = certificate;
  const name = `certificate of ${setting}`;
  const label = { vi: `Chứng thư của ${setting}`, en: `Certificate of ${setting}` };
  const trouble = ageTrouble(certificate, nowMs);
  const [begins, ends] = [validFromMs, validToMs].map((ms) => new Date(ms).toISOString().slice(0, 10));
  if (trouble === null) return ok(name, label, { vi: `còn hạn đến ${ends}`, en: `good until ${ends}` });
  const vi =
    nowMs < validFromMs
      ? `chưa có hiệu lực, từ ${begins} mới dùng được; xem lại giờ của máy`
      : `hạn đến ${ends}; thay tệp chứng thư mới rồi chạy lại máy chủ`;
  return degraded(name, label, { vi, en: trouble });
}

/** Nothing to say where no reading was ever refused. */
function refusedReadings({ store: { refused } }: PartsHealth, nowMs: number): Check[] {
  const lastAtMs = refused?.lastAtMs() ?? null;
  if (refused === undefined || lastAtMs === null) return [];
  const reasons = Object.entries(refused.byReason())
    .map(([reason, count]) => `${count} ${reason}`)
    .join(", ");
  const says = {
    vi: `số đo cơ sở dữ liệu không nhận được giữ riêng: ${reasons}; xem bằng canhdong influx check`,
    en: `readings that the database would not take are kept aside: ${reasons}; canhdong influx check tells which`,
  };
  const isNews = nowMs - lastAtMs < refusedIsNewsMs;
  return [(isNews ? degraded : ok)("refused readings", labels.refused, says)];
}

type Waiting = ReturnType<PartsHealth["outbox"]["counts"]>[number];

function notifierHealth({ notifier, waiting, failed }: Waiting): Check {
  const name = `notifier ${notifier}`;
  const label = { vi: `Kênh báo tin ${notifier}`, en: `Notifier ${notifier}` };
  if (failed === 0)
    return ok(name, label, { vi: `${waiting} tin đang chờ gửi`, en: `${waiting} notifications wait` });
  return degraded(name, label, {
    vi: `${failed} tin không gửi được, ${waiting} tin đang chờ gửi`,
    en: `${failed} notifications could not be delivered, ${waiting} wait`,
  });
}
