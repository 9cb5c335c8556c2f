import type { Language } from "./shapes.ts";

/** The words of the pages behind links in messages. */
export const messagePageWords: Readonly<Record<Language, MessagePageWords>> = {
  vi: {
    acknowledge: "Tôi đã biết và đang xử lý",
    acknowledged: "Đã ghi nhận",
    thanks: "Cảm ơn! Chúng tôi sẽ không nhắc những người khác về cảnh báo này nữa.",
    takenBy: (name) => `${name} đã nhận xử lý cảnh báo này.`,
    over: "Cảnh báo này đã kết thúc. Không cần làm gì thêm.",
    optOutTitle: "Ngừng nhận tin",
    optOutQuestion: (address) =>
      `Nếu đồng ý, chúng tôi sẽ không gửi bất kỳ cảnh báo nào tới ${address} nữa, kể cả cảnh báo khẩn cấp.`,
    optOut: "Ngừng gửi tin cho tôi",
    optedOut: "Đã ngừng gửi tin",
    optedOutLine: (address) =>
      `Từ bây giờ chúng tôi không gửi tin tới ${address}. Muốn nhận lại, hãy báo cán bộ khuyến nông.`,
    noMoreMessages: "Không muốn nhận tin nữa?",
    gone: "Đường dẫn không còn dùng được",
    goneLine: "Đường dẫn này đã hết hạn hoặc không đúng. Hãy mở đường dẫn trong tin nhắn mới nhất.",
  },
  en: {
    acknowledge: "I know, and I am seeing to it",
    acknowledged: "Noted",
    thanks: "Thank you! Nobody else will be reminded of this alert.",
    takenBy: (name) => `${name} takes care of this alert.`,
    over: "This alert is over. There is nothing left to do.",
    optOutTitle: "Stop messages",
    optOutQuestion: (address) =>
      `If you agree, no alert will be sent to ${address} any more, not even a critical one.`,
    optOut: "Send me no more messages",
    optedOut: "No more messages",
    optedOutLine: (address) =>
      `From now on nothing is sent to ${address}. To get messages again, speak to your extension officer.`,
    noMoreMessages: "No more messages like this?",
    gone: "This link no longer works",
    goneLine: "It has expired, or it is not right. Please open the link in the newest message.",
  },
};

export interface MessagePageWords {
  readonly acknowledge: string;
  readonly acknowledged: string;
  readonly thanks: string;
  takenBy(name: string): string;
  readonly over: string;
  readonly optOutTitle: string;
  optOutQuestion(address: string): string;
  readonly optOut: string;
  readonly optedOut: string;
  optedOutLine(address: string): string;
  readonly noMoreMessages: string;
  readonly gone: string;
  readonly goneLine: string;
}
