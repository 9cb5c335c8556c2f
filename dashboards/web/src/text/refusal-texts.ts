import type { RefusalCode } from "../../../../app/http/refusal-shapes.ts";
import type { Language } from "../../../../app/http/shapes.ts";

/**
 * Why the server refused, by its code. Typed by the server's own closed set, so that a code without a text is a compile error. Fetched
 * when the first refusal is shown.
 */
export const refusalTexts: Readonly<Record<Language, Readonly<Record<RefusalCode, string>>>> = {
  vi: {
    "already-exists": "Mã này đã có người dùng. Hãy chọn mã khác.",
    "already-running": "Việc này đang chạy. Đợi xong rồi làm lại.",
    "bad-request": "Máy chủ không hiểu yêu cầu này. Tải lại trang rồi thử lại.",
    busy: "Máy chủ đang bận việc khác. Thử lại sau ít giây.",
    forbidden: "Bạn không có quyền làm việc này. Hãy nhờ người quản trị.",
    "in-use": "Đang được dùng ở nơi khác nên không xóa được.",
    internal: "Máy chủ gặp trục trặc. Thử lại sau ít phút, nếu vẫn vậy hãy báo người quản trị.",
    invalid: "Có thông tin chưa đúng. Hãy xem lại các ô đã nhập.",
    "no-such-rule": "Máy chủ không còn quy tắc này. Tải lại trang để xem.",
    "not-a-service": "Chỉ dịch vụ đã đăng ký mới làm được việc này.",
    "not-configured": "Máy chủ chưa bật tính năng này. Hãy báo người quản trị.",
    "not-found": "Không tìm thấy, hoặc bạn không được xem.",
    "not-json": "Máy chủ không hiểu yêu cầu này. Tải lại trang rồi thử lại.",
    "not-signed-in": "Phiên đăng nhập đã hết. Hãy đăng nhập lại.",
    "password-change-needed": "Hãy đặt mật khẩu của riêng bạn trước đã.",
    "too-large": "Nội dung gửi lên quá lớn.",
    "too-many-attempts": "Thử quá nhiều lần. Đợi vài phút rồi thử lại.",
    "too-many-requests": "Thử quá nhiều lần. Đợi vài phút rồi thử lại.",
    "too-many-streams": "Đang mở quá nhiều trang cùng lúc. Hãy đóng bớt.",
    "too-much-history": "Quá nhiều số liệu. Hãy chọn một nơi, hoặc khoảng thời gian ngắn hơn.",
    "unconfirmed-limit": "Ngưỡng này chưa được xác nhận: hãy ghi lý do dùng được ở đây.",
    "unsupported-media-type": "Máy chủ không hiểu yêu cầu này. Tải lại trang rồi thử lại.",
    "wrong-key": "Máy chủ không mở được dữ liệu đã khóa. Hãy báo người quản trị.",
    "wrong-password": "Tên đăng nhập hoặc mật khẩu không đúng.",
  },
  en: {
    "already-exists": "This id is taken. Choose another.",
    "already-running": "This is running already. Wait until it is done.",
    "bad-request": "The server did not understand this. Load the page again and retry.",
    busy: "The server is busy with something else. Try again in a few seconds.",
    forbidden: "You may not do this. Ask an administrator.",
    "in-use": "It is in use elsewhere, so it cannot be removed.",
    internal:
      "Something broke on the server. Try again in some minutes; if it stays so, tell an administrator.",
    invalid: "Something is not right yet. Check what you filled in.",
    "no-such-rule": "The server has no such rule any more. Load the page again.",
    "not-a-service": "Only a registered service may do this.",
    "not-configured": "The server does not offer this. Tell an administrator.",
    "not-found": "Not found, or not yours to see.",
    "not-json": "The server did not understand this. Load the page again and retry.",
    "not-signed-in": "Your session is over. Sign in again.",
    "password-change-needed": "Set a password of your own first.",
    "too-large": "What was sent is too large.",
    "too-many-attempts": "Too many attempts. Wait some minutes.",
    "too-many-requests": "Too many attempts. Wait some minutes.",
    "too-many-streams": "Too many pages are open at once. Close some.",
    "too-much-history": "Too many readings. Choose one place, or a shorter span.",
    "unconfirmed-limit": "This limit is not confirmed: say why it holds here.",
    "unsupported-media-type": "The server did not understand this. Load the page again and retry.",
    "wrong-key": "The server cannot open what is sealed. Tell an administrator.",
    "wrong-password": "Name and password do not belong together.",
  },
};

/** Fields that people fill in, by the last word of the path under which the server complains of them. */
const fieldNames: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  id: { vi: "mã", en: "id" },
  name: { vi: "họ tên", en: "name" },
  phone: { vi: "số điện thoại", en: "telephone number" },
  email: { vi: "thư điện tử", en: "e-mail address" },
  zalo: { vi: "Zalo", en: "Zalo" },
  telegram: { vi: "Telegram", en: "Telegram" },
  communes: { vi: "xã phụ trách", en: "communes" },
  places: { vi: "nơi phụ trách", en: "places" },
  how: { vi: "cách đồng ý", en: "how they agreed" },
  textVersion: { vi: "phiên bản lời đồng ý", en: "version of the words" },
  crop: { vi: "cây trồng, vật nuôi", en: "crop" },
  variety: { vi: "giống", en: "variety" },
  stage: { vi: "giai đoạn", en: "stage" },
  sownDate: { vi: "ngày gieo", en: "sowing date" },
  fromDate: { vi: "ngày bắt đầu", en: "start date" },
  rootDepthM: { vi: "độ sâu rễ", en: "root depth" },
  altitudeM: { vi: "độ cao", en: "altitude" },
  quietHours: { vi: "giờ yên lặng", en: "quiet hours" },
  reason: { vi: "lý do", en: "reason" },
  fromMs: { vi: "khoảng thời gian", en: "span" },
};

/**
 * What to tell people of a refusal; undefined for a code of a newer server.
 * @param paths what the server complains of, such as `body.phone`
 */
export function refusalText(code: string, paths: readonly string[], language: Language): string | undefined {
  const text = (refusalTexts[language] as Readonly<Record<string, string>>)[code];
  const fields = new Set(paths.flatMap((path) => fieldNames[path.split(".").at(-1)!]?.[language] ?? []));
  if (text === undefined || fields.size === 0) return text;
  return `${text} (${[...fields].join(", ")})`;
}
