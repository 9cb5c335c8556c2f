import type { Language } from "../../../../app/http/shapes.ts";
import type { PushAbility, PushPlace } from "../data/push.ts";

/** Texts of the panel that lets this browser be told; fetched with it. Who changes the words of the consent changes its version. */
const vi = {
  title: "Thông báo trên máy này",
  intro: "Nhận cảnh báo ngay trên màn hình, cả khi không mở trang.",
  consent:
    "Khi bấm nút, bạn đồng ý nhận cảnh báo về nơi của mình qua trình duyệt này. Bạn tắt lúc nào cũng được.",
  ability: {
    insecure:
      "Trình duyệt chỉ cho nhận thông báo khi trang mở bằng địa chỉ https (hoặc ngay trên máy chủ). Nhờ người quản trị đặt địa chỉ https.",
    unsupported:
      "Trình duyệt này không nhận được thông báo. Trên iPhone, hãy thêm trang vào màn hình chính rồi mở từ đó.",
    blocked:
      "Trình duyệt đang chặn thông báo của trang này. Mở phần cài đặt của trang trong trình duyệt và cho phép thông báo.",
    "not-configured": "Máy chủ chưa cài kênh thông báo trên trình duyệt.",
  } as Readonly<Record<Exclude<PushAbility, "able">, string>>,
  place: {
    here: "Đang nhận thông báo trên máy này.",
    elsewhere: "Đang nhận thông báo trên một máy khác. Bật ở đây thì máy kia thôi nhận.",
    nowhere: "Chưa nhận thông báo trên máy nào.",
  } as Readonly<Record<PushPlace, string>>,
  turnOn: "Nhận thông báo trên máy này",
  turnOff: "Thôi nhận thông báo",
  failed: "Chưa bật được: trình duyệt chưa cho phép hoặc không có mạng.",
};
type PushTexts = typeof vi;

const en: PushTexts = {
  title: "Notifications on this device",
  intro: "See alerts on your screen at once, also when this page is closed.",
  consent:
    "By pressing the button you agree to be told of alerts about your places in this browser. You can switch it off at any time.",
  ability: {
    insecure:
      "Browsers allow notifications only when the page is opened by an https address (or on the server itself). Ask the administrator for one.",
    unsupported:
      "This browser cannot show notifications. On an iPhone, add the page to the home screen and open it from there.",
    blocked:
      "This browser blocks notifications of this page. Allow them in the browser's settings for this page.",
    "not-configured": "The server has no channel to browsers configured.",
  },
  place: {
    here: "You are told on this device.",
    elsewhere: "You are told on another device. Switching it on here switches it off there.",
    nowhere: "You are told on no device yet.",
  },
  turnOn: "Tell me on this device",
  turnOff: "No more notifications",
  failed: "Not switched on: the browser did not allow it, or there is no network.",
};

export const pushTexts: Readonly<Record<Language, PushTexts>> = { vi, en };
