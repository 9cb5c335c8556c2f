import { describe, expect, test } from "vitest";
import { lowOxygen, notificationOf, over } from "../notifiers/test-alerts.ts";
import { messageOf } from "./message.ts";

describe("a message", () => {
  test("says what happened, where, value and limit, since when, and what to do", () => {
    expect(messageOf(notificationOf(lowOxygen(), "fired"), "vi")).toEqual({
      subject: "[KHẨN CẤP] Ao số 4 thiếu oxy: 2,4 mg/l",
      text: `KHẨN CẤP: Ao số 4 thiếu oxy: 2,4 mg/l

Địa điểm: Ao số 4, thôn Vĩnh Xuân
Thiết bị: Nút ao 4 (ao-04)
Oxy hòa tan (DO): 2,4 mg/l (ngưỡng 3 mg/l)
Từ lúc: 05:50 ngày 21/11/2026

Việc cần làm: Bật quạt nước ngay, giảm cho ăn.
Cần làm ngay.
`,
    });
  });

  test("speaks English to whoever reads English", () => {
    const { subject, text } = messageOf(notificationOf(lowOxygen({ severity: "warning" }), "fired"), "en");
    expect(subject).toBe("[Warning] Low oxygen in pond 4: 2.4 mg/l");
    expect(text).toContain(
      "2.4 mg/l (limit 3 mg/l)\nSince: 05:50 on 21 Nov 2026\n\nWhat to do: Run the aerators",
    );
  });

  test("that it is over says from when to when, and why", () => {
    const { subject, text } = messageOf(notificationOf(over(lowOxygen()), "resolved"), "vi");
    expect(subject).toBe("[Hết cảnh báo] Ao số 4 thiếu oxy: 2,4 mg/l");
    expect(text).toMatch(
      /Từ lúc: 05:50 ngày 21\/11\/2026\nKết thúc lúc: 07:20 ngày 21\/11\/2026\n\nĐã trở lại bình thường\.\n$/,
    );
    expect(text).not.toContain("Việc cần làm");
  });

  test("about a silent device names no value", () => {
    const silent = lowOxygen({ quantity: null, value: null, limit: null, placeName: null });
    expect(messageOf(notificationOf(silent, "fired"), "vi").text).not.toMatch(/ngưỡng|Địa điểm|null/);
  });

  test("has no line break in its subject, whatever a name holds", () => {
    const title = { vi: "Ao\r\nBcc: x@example.com\u2028 khô", en: "x" };
    expect(messageOf(notificationOf(lowOxygen({ title }), "fired"), "vi").subject).toBe(
      "[KHẨN CẤP] Ao Bcc: x@example.com khô",
    );
  });
});
