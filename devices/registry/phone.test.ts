import { expect, test } from "vitest";
import { maskedEmail, maskedPhone, normalizedPhone } from "./phone.ts";

test.each([
  ["0912 345 678", "+84912345678"],
  ["0912.345.678", "+84912345678"],
  ["+84 912-345-678", "+84912345678"],
  ["0084912345678", "+84912345678"],
  ["(0239) 3855 123", "+842393855123"],
  ["+1 202 555 0123", "+12025550123"],
])("%j is the number %s", (text, phone) => {
  expect(normalizedPhone(text)).toBe(phone);
});

test.each(["", "12", "912345678", "+", "+0912345678", "0912 345 67x", "1".repeat(30)])(
  "%j is no number",
  (text) => {
    expect(normalizedPhone(text)).toBeNull();
  },
);

test("a masked number is recognised by its owner and by nobody else", () => {
  expect(maskedPhone("+84912345678")).toBe("+84••••••678");
  expect(maskedPhone("12345")).toBe("•••••");
  expect(maskedPhone("")).toBe("");
});

test("a masked address keeps where it is, not whose", () => {
  expect(maskedEmail("nguyenan@example.vn")).toBe("n•••••••@example.vn");
  expect(maskedEmail("a@example.vn")).toBe("••••••••••••");
  expect(maskedEmail("not an address")).toBe("••••••••••••••");
});
