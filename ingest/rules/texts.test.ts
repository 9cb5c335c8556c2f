import { expect, test } from "vitest";
import { fillIn, texts } from "./texts.ts";

const same = (text: string) => ({ vi: text, en: text });
const words = {
  value: { vi: "2,4 mg/l", en: "2.4 mg/l" },
  limit: { vi: "3 mg/l", en: "3 mg/l" },
  device: same("Nút 4"),
  place: same("Ao {value}"),
  since: same("06:10"),
};

test("placeholders are filled in each language's own words", () => {
  const title = texts.parse({ vi: "Oxy {value} dưới {limit}", en: "Oxygen {value}, below {limit}" });
  expect(fillIn(title, words)).toEqual({
    vi: "Oxy 2,4 mg/l dưới 3 mg/l",
    en: "Oxygen 2.4 mg/l, below 3 mg/l",
  });
});

test("a name that looks like a placeholder stays as it is", () => {
  expect(fillIn(texts.parse(same("tại {place}")), words).vi).toBe("tại Ao {value}");
});

test("an unknown placeholder is refused by name", () => {
  const { error } = texts.safeParse(same("{parcel} khô"));
  expect(error!.issues[0]!.message).toMatch(/\{parcel\} is not a placeholder; there are \{value\}/);
});

test("decomposed letters are composed", () => {
  const typed = "Độ ẩm";
  expect(texts.parse(same(typed.normalize("NFD"))).vi).toBe(typed.normalize("NFC"));
});
