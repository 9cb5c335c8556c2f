import type { Language } from "../../../../app/http/shapes.ts";
import type { StepKind } from "../data/alert-history.ts";

/** Texts of an alert's history; fetched when somebody opens one. */
const vi = {
  step: {
    fired: "Bắt đầu báo",
    worsened: "Nặng hơn",
    eased: "Nhẹ bớt",
    acknowledged: "Đã có người nhận",
    snoozed: "Hoãn nhắc",
    woke: "Hết hoãn, báo lại",
    flapping: "Lúc có lúc không, tạm thôi nhắn",
    joined: "Thêm thiết bị mất tín hiệu",
    corrected: "Sửa theo số liệu đến muộn",
    resolved: "Hết cảnh báo",
  } as Readonly<Record<StepKind, string>>,
  by: (who: string) => `bởi ${who}`,
};
type HistoryTexts = typeof vi;

const en: HistoryTexts = {
  step: {
    fired: "Fired",
    worsened: "Got worse",
    eased: "Eased",
    acknowledged: "Taken on",
    snoozed: "Snoozed",
    woke: "Snooze over, fires again",
    flapping: "Comes and goes, not told for a while",
    joined: "Another device fell silent",
    corrected: "Corrected by late readings",
    resolved: "Over",
  },
  by: (who) => `by ${who}`,
};

export const historyTexts: Readonly<Record<Language, HistoryTexts>> = { vi, en };
