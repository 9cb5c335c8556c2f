import { expect, test } from "vitest";
import { addressAfter, shownOf } from "./pushed.ts";

const pushed = {
  id: "n1",
  event: "fired",
  tag: "alert-1",
  severity: "critical",
  language: "vi",
  title: "KHẨN CẤP: Ao số 4 thiếu oxy",
  body: "Bật quạt nước ngay.",
  url: "https://canhdong.example.vn/a/abc",
};

test("an alert is shown in its words; the next word about it takes its place, and what is critical stays until it is seen", () => {
  expect(shownOf(JSON.stringify(pushed))).toEqual({
    title: pushed.title,
    options: expect.objectContaining({
      body: pushed.body,
      lang: "vi",
      tag: "alert-1",
      renotify: true,
      requireInteraction: true,
      data: { url: pushed.url },
    }),
  });
  expect(shownOf(JSON.stringify({ ...pushed, severity: "info" })).options.requireInteraction).toBe(false);
});

test.each([null, "", "{", "null", '"text"', '{"title":"x"}'])(
  "%o is shown as news that cannot be read",
  (text) => {
    expect(shownOf(text)).toMatchObject({
      title: "Canhdong",
      options: { body: expect.stringContaining("Mở trang") },
    });
  },
);

test.each([
  [{ url: pushed.url }, pushed.url],
  [{ url: "https://elsewhere.example/a/abc" }, "https://canhdong.example.vn/#/alerts"],
  [{ url: "javascript:alert(1)" }, "https://canhdong.example.vn/#/alerts"],
  [{ url: null }, "https://canhdong.example.vn/#/alerts"],
  [undefined, "https://canhdong.example.vn/#/alerts"],
])("a tap on %o leads to %s", (data, address) => {
  expect(addressAfter(data, "https://canhdong.example.vn")).toBe(address);
});
