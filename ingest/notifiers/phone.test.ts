import { expect, test } from "vitest";
import { phoneForms, phoneFrom } from "./phone.ts";

test("a number is the same number however it is written", () => {
  const written = ["84912345678", "0912345678", "+84 912 345 678", "0084-912-345-678", "(091) 234.5678"];
  expect(new Set(written.map(phoneFrom))).toEqual(new Set(["+84912345678"]));
});

test("gateways get it as they want it, also that of another country", () => {
  const forms = { phone: "+84912345678", phoneDigits: "84912345678", phoneLocal: "0912345678" };
  expect(phoneForms("+84912345678")).toEqual(forms);
  expect(phoneForms("0912 345 678")).toEqual(forms);
  expect(phoneForms("+85620123456").phoneLocal).toBe("0085620123456");
});
