import { quantityOf } from "../../devices/index.ts";
import {
  type Alert,
  type AlertEvent,
  type ResolveReason,
  timeInWords,
  valueInWords,
} from "../alerts/index.ts";
import type { Language, Texts } from "../rules/index.ts";

/** An alert in words for one person: a line, and the whole of it. */
export interface Message {
  /** One line, without line breaks. */
  readonly subject: string;
  /** Plain text: what happened, where, the value and its limit, since when, what to do. */
  readonly text: string;
}

const severityWords: Record<Alert["severity"], Texts> = {
  info: { vi: "Thông tin", en: "Info" },
  warning: { vi: "Cảnh báo", en: "Warning" },
  critical: { vi: "KHẨN CẤP", en: "CRITICAL" },
};

const endings: Record<ResolveReason, Texts> = {
  cleared: { vi: "Đã trở lại bình thường", en: "Back to normal" },
  "heard-again": { vi: "Thiết bị đã có tín hiệu trở lại", en: "The device is heard again" },
  "rule-changed": { vi: "Đã đóng vì quy tắc cảnh báo thay đổi", en: "Closed because its rule was changed" },
  "device-moved": { vi: "Đã đóng vì thiết bị chuyển chỗ", en: "Closed because the device was moved" },
  "device-removed": { vi: "Đã đóng vì thiết bị bị gỡ bỏ", en: "Closed because the device was removed" },
};

const labels = {
  ended: { vi: "Đã kết thúc", en: "Over" },
  place: { vi: "Địa điểm", en: "Place" },
  device: { vi: "Thiết bị", en: "Device" },
  limit: { vi: "ngưỡng", en: "limit" },
  since: { vi: "Từ lúc", en: "Since" },
  until: { vi: "Kết thúc lúc", en: "Over at" },
  advice: { vi: "Việc cần làm", en: "What to do" },
} as const;

/** Says what an alert is about, in the words of whoever reads it. */
export function messageOf(event: AlertEvent, alert: Alert, language: Language): Message {
  const over = event === "resolved";
  const mark = over ? labels.ended[language] : severityWords[alert.severity][language];
  const lines = [
    `${mark}: ${alert.title[language]}`,
    "",
    ...facts(alert, language),
    ...(over ? ending(alert, language) : ["", `${labels.advice[language]}: ${alert.advice[language]}`]),
  ];
  return {
    subject: oneLine(`[${mark}] ${alert.title[language]}`),
    text: `${lines.join("\n")}\n`.normalize("NFC"),
  };
}

function facts(alert: Alert, language: Language): string[] {
  const { placeName, deviceName, device, quantity, value, limit, sinceMs } = alert;
  const called = deviceName === device ? device : `${deviceName} (${device})`;
  return [
    ...(placeName === null ? [] : [`${labels.place[language]}: ${oneLine(placeName)}`]),
    `${labels.device[language]}: ${oneLine(called)}`,
    ...(quantity === null || value === null ? [] : [measured(quantity, value, limit, language)]),
    `${labels.since[language]}: ${timeInWords(sinceMs)[language]}`,
  ];
}

function measured(quantity: string, value: number, limit: number | null, language: Language): string {
  const what = quantityOf(quantity)?.label[language] ?? quantity;
  const bound =
    limit === null ? "" : ` (${labels.limit[language]} ${valueInWords(quantity, limit)[language]})`;
  return `${what}: ${valueInWords(quantity, value, limit ?? value)[language]}${bound}`;
}

function ending({ resolvedAtMs, resolvedBecause }: Alert, language: Language): string[] {
  const when =
    resolvedAtMs === null ? [] : [`${labels.until[language]}: ${timeInWords(resolvedAtMs)[language]}`];
  return [...when, ...(resolvedBecause === null ? [] : ["", `${endings[resolvedBecause][language]}.`])];
}

/** A name may hold anything; in a subject a line break would begin another header. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .normalize("NFC");
}
