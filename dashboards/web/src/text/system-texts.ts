import type { Language } from "../../../../app/http/shapes.ts";

/** Texts of the page about the server. They come with that page, so they are not in the catalogue of the first one. */
const vi = {
  quarantine: "Số liệu không đọc được",
  quarantineTotal: (n: string) => `${n} bản tin được giữ lại kèm lý do`,
  quarantineEmpty: "Không có bản tin nào bị giữ lại.",
  byReason: "Theo lý do",
  newestEntries: "Mới nhất",
  rawBytes: "Nội dung gốc",
  health: "Tình trạng máy chủ",
  healthStatus: { ok: "Tốt", degraded: "Có trục trặc", failing: "Đang hỏng" },
  runningSince: (when: string) => `Chạy từ ${when}`,
  reason: {
    "unknown-topic": "Chủ đề lạ",
    "unknown-device": "Thiết bị lạ",
    "too-large": "Quá lớn",
    "not-utf8": "Không phải chữ UTF-8",
    "not-json": "Không phải JSON",
    "too-deep": "Lồng nhau quá sâu",
    "wrong-shape": "Sai cấu trúc",
    empty: "Rỗng",
    "clock-implausible": "Đồng hồ thiết bị sai",
    "unknown-quantity": "Đại lượng lạ",
    "not-a-number": "Không phải số",
    sentinel: "Mã báo lỗi của đầu đo",
    implausible: "Giá trị không thể có",
    "decoder-failed": "Bộ giải mã bị lỗi",
  } as Readonly<Record<string, string>>,
};
type SystemTexts = typeof vi;

const en: SystemTexts = {
  quarantine: "What could not be read",
  quarantineTotal: (n) => `${n} kept, each with its reason`,
  quarantineEmpty: "Nothing is in quarantine.",
  byReason: "By reason",
  newestEntries: "Newest",
  rawBytes: "Raw content",
  health: "Health of the server",
  healthStatus: { ok: "Well", degraded: "Degraded", failing: "Failing" },
  runningSince: (when) => `Running since ${when}`,
  reason: {
    "unknown-topic": "Unknown topic",
    "unknown-device": "Unknown device",
    "too-large": "Too large",
    "not-utf8": "Not UTF-8 text",
    "not-json": "Not JSON",
    "too-deep": "Nested too deep",
    "wrong-shape": "Wrong shape",
    empty: "Empty",
    "clock-implausible": "Device clock wrong",
    "unknown-quantity": "Unknown quantity",
    "not-a-number": "Not a number",
    sentinel: "Error code of a probe",
    implausible: "Impossible value",
    "decoder-failed": "Decoder failed",
  },
};

export const systemTexts: Readonly<Record<Language, SystemTexts>> = { vi, en };
