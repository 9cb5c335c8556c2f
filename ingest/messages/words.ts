import type { AlertEvent, ResolveReason } from "../alerts/index.ts";
import type { Severity, Texts } from "../rules/index.ts";

/** All fixed words of the messages, in both languages: the one place to look when a word reads badly. */

export const severityWords: Record<Severity, Texts> = {
  info: { vi: "Lưu ý", en: "Note" },
  warning: { vi: "Cảnh báo", en: "Warning" },
  critical: { vi: "KHẨN CẤP", en: "CRITICAL" },
};

/** Seen from afar, in a list of chats. */
export const severitySigns: Record<Severity, string> = { info: "🔵", warning: "🟠", critical: "🔴" };
export const overSign = "✅";

/** What is added to the severity when the message is not the first word about the alert. */
export const eventWords: Record<Exclude<AlertEvent, "resolved">, Texts> = {
  fired: { vi: "", en: "" },
  worsened: { vi: "nặng hơn trước", en: "worse than before" },
  eased: { vi: "đã nhẹ bớt", en: "less severe now" },
  escalated: { vi: "chưa ai xử lý", en: "nobody has responded" },
  flapping: { vi: "lúc có lúc không", en: "comes and goes" },
};

export const endings: Record<ResolveReason, Texts> = {
  cleared: { vi: "Đã trở lại bình thường", en: "Back to normal" },
  "heard-again": { vi: "Thiết bị đã có tín hiệu trở lại", en: "The device is heard again" },
  "rule-changed": { vi: "Đã đóng vì quy tắc cảnh báo thay đổi", en: "Closed because its rule was changed" },
  "device-moved": { vi: "Đã đóng vì thiết bị chuyển chỗ", en: "Closed because the device was moved" },
  "device-removed": { vi: "Đã đóng vì thiết bị bị gỡ bỏ", en: "Closed because the device was removed" },
};

/** How soon something is to be done, where the rule names no time. */
export const urgency: Record<Severity, Texts> = {
  info: { vi: "Không gấp.", en: "No hurry." },
  warning: { vi: "Nên xem trong ngày.", en: "Please see to it within the day." },
  critical: { vi: "Cần làm ngay.", en: "Act now." },
};

export const labels = {
  ended: { vi: "Hết cảnh báo", en: "Over" },
  place: { vi: "Địa điểm", en: "Place" },
  device: { vi: "Thiết bị", en: "Device" },
  gateway: { vi: "Trạm thu", en: "Gateway" },
  limit: { vi: "ngưỡng", en: "limit" },
  since: { vi: "Từ lúc", en: "Since" },
  until: { vi: "Kết thúc lúc", en: "Over at" },
  advice: { vi: "Việc cần làm", en: "What to do" },
  details: { vi: "Xem và xác nhận", en: "See and acknowledge" },
  detailsShort: { vi: "Xem", en: "See" },
  noPlace: { vi: "Chưa rõ vị trí", en: "Place not known" },
  noValue: { vi: "Chưa có số liệu", en: "No value" },
} satisfies Record<string, Texts>;

export const phrases = {
  actBy: { vi: "Cần làm xong trước {time}.", en: "To be done before {time}." },
  acknowledged: {
    vi: "Đã có người nhận xử lý lúc {time}.",
    en: "Somebody has taken it on at {time}.",
  },
  escalated: {
    vi: "Đã báo từ {time} mà chưa ai xác nhận. Nhờ bạn kiểm tra giúp.",
    en: "Told at {time}, and nobody has acknowledged. Please see to it.",
  },
  flapping: {
    vi: "Cảnh báo này cứ báo rồi lại hết. Tạm thời sẽ không nhắn thêm.",
    en: "This alert keeps coming and going. You will hear no more of it for a while.",
  },
  snoozed: { vi: "Tạm ngừng nhắc đến {time}.", en: "No reminders until {time}." },
  devices: { vi: "{count} thiết bị", en: "{count} devices" },
  silent: { vi: "{count} thiết bị không gửi được số liệu", en: "{count} devices cannot send" },
  silentMore: { vi: "{names} và {count} thiết bị khác", en: "{names} and {count} more" },
  reply: {
    vi: "Trả lời OK {code} để báo đã nhận xử lý.",
    en: "Reply OK {code} to say that you take care of it.",
  },
  optOut: { vi: "Nhắn HUY để ngừng nhận tin.", en: "Reply STOP to hear no more." },
  optOutAt: { vi: "Không muốn nhận tin này nữa: {url}", en: "To hear no more of these: {url}" },
  // Without accents "nhắn" and "nhận" are one word.
  replyShort: { vi: "Trả lời OK {code} nếu đã rõ.", en: "Reply OK {code} if you take care." },
  digest: { vi: "Tổng hợp {count} cảnh báo", en: "Digest of {count} alerts" },
  gravest: { vi: "nặng nhất", en: "gravest" },
  more: { vi: "và {count} cảnh báo khác", en: "and {count} more" },
  pressOne: {
    vi: "Bấm phím một nếu bạn đã nhận và sẽ xử lý.",
    en: "Press one if you take care of it.",
  },
  greeting: {
    vi: "Xin chào. Đây là cuộc gọi tự động của hệ thống Cánh đồng.",
    en: "Hello. This is an automatic call from Canhdong.",
  },
  repeat: { vi: "Xin nhắc lại.", en: "Once more." },
  goodbye: { vi: "Xin cảm ơn.", en: "Thank you." },
} satisfies Record<string, Texts>;

/** On a button under a message. */
export const acknowledgeButton: Texts = { vi: "Đã nhận, sẽ xử lý", en: "I take care of it" };

/** Puts `{names}` into a phrase. */
export function withWords(phrase: string, words: Readonly<Record<string, string | number>>): string {
  return phrase.replace(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole));
}
