import { expect, test } from "vitest";
import { readReply } from "./read-reply.ts";

test.each([
  ["OK 3", 3],
  ["ok3", 3],
  ["Ok. 3", 3],
  ["#3", 3],
  ["3", 3],
  ["Đã biết", null],
  ["da biet 12", 12],
  ["ĐÃ NHẬN!", null],
  ["Rồi", null],
  [" đang xử lý 4 ", 4],
])("%j acknowledges", (text, code) => {
  expect(readReply(text)).toEqual({ kind: "acknowledge", code });
});

test.each(["HUY", "Huỷ", "hủy tin", "Dừng", "STOP", "stop.", "từ chối", "Unsubscribe"])(
  "%j opts out",
  (text) => {
    expect(readReply(text)).toEqual({ kind: "opt-out" });
  },
);

test.each([
  "",
  "cảm ơn",
  "OK để mai xem nhé 3 giờ",
  "huyện nào?",
  "không ok",
  "12345678",
  "dừng bơm giúp tôi",
])("%j is left aside: whoever writes more than that means something else", (text) => {
  expect(readReply(text)).toEqual({ kind: "unknown" });
});
