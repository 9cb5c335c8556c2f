import type { Alert, AlertEvent, Log, Notification } from "../alerts/index.ts";

/** Twenty past six in the morning of 21 November 2026 in Vietnam. */
export const dawn = Date.UTC(2026, 10, 20, 23, 20);

export const quiet: Log = { info() {}, warn() {}, error() {} };

export function lowOxygen(about: Partial<Alert> = {}): Alert {
  return {
    id: "0123456789abcdef0123456789abcdef",
    rule: "pond-oxygen-low",
    severity: "critical",
    state: "firing",
    device: "ao-04",
    deviceName: "Nút ao 4",
    place: "pond-4",
    placeName: "Ao số 4, thôn Vĩnh Xuân",
    linkageModel: "tom-quang-tho",
    silentDevices: [],
    quantity: "water.dissolvedOxygen",
    value: 2.4,
    limit: 3,
    title: { vi: "Ao số 4 thiếu oxy: 2,4 mg/l", en: "Low oxygen in pond 4: 2.4 mg/l" },
    advice: { vi: "Bật quạt nước ngay, giảm cho ăn.", en: "Run the aerators now, feed less." },
    sinceMs: dawn - 30 * 60_000,
    firedAtMs: dawn,
    actByMs: null,
    acknowledgedAtMs: null,
    acknowledgedBy: null,
    snoozedUntilMs: null,
    resolvedAtMs: null,
    resolvedBecause: null,
    ...about,
  };
}

export const over = (alert: Alert): Alert => ({
  ...alert,
  state: "resolved",
  resolvedAtMs: dawn + 3_600_000,
  resolvedBecause: "cleared",
});

export function notificationOf(alert: Alert, event: AlertEvent = "fired", to = "test"): Notification {
  const openOnDevice = alert.state === "resolved" ? [] : [alert];
  return { id: `${alert.id}.${event}.${to}`, event, alert, openOnDevice };
}
