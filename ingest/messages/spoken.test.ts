import { describe, expect, test } from "vitest";
import { quantities } from "../../devices/index.ts";
import { languages } from "../rules/index.ts";
import { numberInWords } from "./number-words.ts";
import { spoken } from "./spoken.ts";
import { unitWords } from "./unit-words.ts";

describe("numbers as they are said", () => {
  test.each([
    ["0", "không"],
    ["4", "bốn"],
    ["10", "mười"],
    ["15", "mười lăm"],
    ["21", "hai mươi mốt"],
    ["24", "hai mươi bốn"],
    ["55", "năm mươi lăm"],
    ["101", "một trăm linh một"],
    ["110", "một trăm mười"],
    ["1005", "một nghìn không trăm linh năm"],
    ["1500", "một nghìn năm trăm"],
    ["12000", "mười hai nghìn"],
    ["2000001", "hai triệu không trăm linh một"],
    ["007", "không không bảy"],
  ])("%s is %s", (figures, words) => {
    expect(numberInWords(figures, "", "vi")).toBe(words);
  });

  test.each([
    ["0", "zero"],
    ["13", "thirteen"],
    ["20", "twenty"],
    ["42", "forty-two"],
    ["305", "three hundred and five"],
    ["1005", "one thousand five"],
    ["2000001", "two million one"],
  ])("in English %s is %s", (figures, words) => {
    expect(numberInWords(figures, "", "en")).toBe(words);
  });
});

describe("a text as it is read out", () => {
  test.each([
    ["2,4 mg/l", "hai phẩy bốn mi-li-gam trên lít"],
    ["34,5°C", "ba mươi bốn phẩy năm độ xê"],
    ["31,3%", "ba mươi mốt phẩy ba phần trăm"],
    ["mực nước -15 cm", "mực nước âm mười lăm xen-ti-mét"],
    ["giữ nước 3–5 cm", "giữ nước ba đến năm xen-ti-mét"],
    ["1.250 µS/cm", "một nghìn hai trăm năm mươi mi-crô-xi-men trên xen-ti-mét"],
    ["từ 05:50 ngày 21/04/2026", "từ năm giờ năm mươi phút ngày hai mươi mốt tháng tư"],
    ["lúc 17:00", "lúc mười bảy giờ"],
    ["Oxy hòa tan (DO): 2 mg/l", "Oxy hòa tan: hai mi-li-gam trên lít"],
    ["pH 5,5; khí NH₃ 20 ppm", "pê hát năm phẩy năm; khí a-mô-ni-ắc hai mươi phần triệu"],
    ["nút A7 và ao-04", "nút A7 và ao-04"],
    ["Thửa 12, đồng Nẫy", "Thửa mười hai, đồng Nẫy"],
  ])("%s", (written, said) => {
    expect(spoken(written, "vi")).toBe(said);
  });

  test("in English, too", () => {
    expect(spoken("2.4 mg/l at 05:05 on 21 Nov 2026, -3.5°C", "en")).toBe(
      "two point four milligrams per litre at five oh five on twenty-one Nov, minus three point five degrees Celsius",
    );
    expect(spoken("1,250 lx at 17:00", "en")).toBe(
      "one thousand two hundred and fifty lux at seventeen o'clock",
    );
  });

  test("every unit of the catalogue of quantities can be said", () => {
    const symbols = new Set(
      [...quantities.values()].map(({ symbol }) => symbol).filter((symbol) => symbol !== ""),
    );
    for (const language of languages)
      expect([...symbols].filter((symbol) => unitWords[language][symbol] === undefined)).toEqual([]);
  });
});
