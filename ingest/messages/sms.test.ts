import { describe, expect, test } from "vitest";
import { lowOxygen, notificationOf } from "../notifiers/test-alerts.ts";
import { gsmAlphabet, gsmCodes, gsmText } from "./gsm-alphabet.ts";
import { smsOf } from "./sms.ts";
import { smsParts } from "./sms-parts.ts";
import { plainForGsm, withoutDiacritics } from "./without-diacritics.ts";

const all = { canReply: false, accents: true };

describe("marks", () => {
  test("every Vietnamese letter loses its marks, đ and Đ included", () => {
    const accented = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
    const plain = `${"a".repeat(17)}${"e".repeat(11)}${"i".repeat(5)}${"o".repeat(17)}${"u".repeat(11)}${"y".repeat(5)}d`;
    expect(withoutDiacritics(accented)).toBe(plain);
    expect(withoutDiacritics(accented.toLocaleUpperCase("vi"))).toBe(plain.toUpperCase());
    expect(withoutDiacritics(accented.normalize("NFD"))).toBe(plain);
  });

  test("signs that the GSM alphabet does not have are written otherwise, and nothing else is left of them", () => {
    expect(plainForGsm("34,5°C, NH₃ 0,3 mg/l, 200 µS/cm, 3 m³, 4 ‰, 1–2 ngày…")).toBe(
      "34,5C, NH3 0,3 mg/l, 200 uS/cm, 3 m3, 4 ppt, 1-2 ngay...",
    );
    expect(plainForGsm("雨 🔴")).toBe("? ?");
  });
});

describe("the GSM alphabet", () => {
  test("has its 128 places where TS 23.038 has them", () => {
    expect(gsmAlphabet).toHaveLength(128);
    expect([...gsmCodes("@$ A~a€")]).toEqual([0x00, 0x02, 0x20, 0x41, 0x1b, 0x3d, 0x61, 0x1b, 0x65]);
    expect(gsmText(gsmCodes("@$ A~a€ [x]"))).toBe("@$ A~a€ [x]");
    expect([...gsmCodes("Ünà¿Δ")]).toEqual([0x5e, 0x6e, 0x7f, 0x60, 0x10]);
  });
});

describe("a text message is counted", () => {
  test.each([
    ["gsm7", "a", 160, 1],
    ["gsm7", "a", 161, 2],
    ["gsm7", "a", 306, 2],
    ["gsm7", "a", 307, 3],
    ["gsm7", "{", 80, 1],
    ["gsm7", "{", 81, 2],
    ["ucs2", "ạ", 70, 1],
    ["ucs2", "ạ", 71, 2],
    ["ucs2", "ạ", 134, 2],
    ["ucs2", "ạ", 135, 3],
    ["ucs2", "🔴", 35, 1],
    ["ucs2", "🔴", 36, 2],
  ])("in %s parts: %s × %i is %i", (encoding, character, times, count) => {
    const text = character.repeat(times);
    const { encoding: found, parts } = smsParts(text);
    expect([found, parts.length]).toEqual([encoding, count]);
    expect(parts.join("")).toBe(text);
  });

  test("in composed characters, however it was typed: 89 of them are two parts, and one without marks", () => {
    const text = "Cảnh báo: oxy hòa tan ao số 3 còn 2,4 mg/l, dưới ngưỡng 3. Hãy bật quạt nước ngay bây giờ";
    expect([...text]).toHaveLength(89);
    for (const typed of [text, text.normalize("NFD")]) expect(smsParts(typed).parts).toHaveLength(2);
    expect(smsParts(withoutDiacritics(text)).parts).toHaveLength(1);
  });

  test("a part ends neither within an escape nor within a surrogate pair", () => {
    expect(smsParts(`${"a".repeat(152)}{${"b".repeat(20)}`).parts[0]).toHaveLength(152);
    expect(smsParts(`${"ạ".repeat(66)}🔴${"b".repeat(20)}`).parts[0]).toHaveLength(66);
  });
});

describe("an alert as a text message", () => {
  const about = (vi: string, advice: string, placeName: string | null = null) =>
    notificationOf(lowOxygen({ title: { vi, en: vi }, advice: { vi: advice, en: advice }, placeName }));

  test("keeps its accents when it fits one message", () => {
    const sms = smsOf(about("Ao 4 thiếu oxy, 2,4 mg/l", "Bật quạt nước."), "vi", all);
    expect(sms).toEqual({
      text: "KHẨN CẤP: Ao 4 thiếu oxy, 2,4 mg/l. Bật quạt nước. Cần làm ngay.",
      encoding: "ucs2",
      parts: 1,
    });
  });

  test("has none where the gateway takes none", () => {
    const sms = smsOf(about("Ao 4 thiếu oxy, 2,4 mg/l", "Bật quạt nước."), "vi", { ...all, accents: false });
    expect(sms).toMatchObject({ encoding: "gsm7", parts: 1 });
    expect(sms.text).toMatch(/^KHAN CAP: Ao 4 thieu oxy, 2,4 mg\/l\. Bat quat nuoc\./);
  });

  test("says the value even when its title does not", () => {
    const { text } = smsOf(about("Ao thiếu oxy", "Bật quạt nước."), "vi", all);
    expect(text).toContain("2,4 mg/l");
  });

  test("asks for a reply only where replies reach us", () => {
    const news = {
      ...about("Ao 4 thiếu oxy, 2,4 mg/l", "Bật quạt nước và giảm cho ăn ngay hôm nay."),
      acknowledge: { code: 7 },
    };
    expect(smsOf(news, "vi", { ...all, canReply: true }).text).toContain("Tra loi OK 7");
    expect(smsOf(news, "vi", all).text).not.toContain("OK");
  });

  test("leaves out what is only good to know before it costs a second message", () => {
    const news = about("Ao thiếu oxy: 2,4 mg/l", "Bật quạt nước ngay. ".repeat(6).trim());
    expect(smsOf(news, "vi", all)).toMatchObject({ parts: 1, encoding: "gsm7" });
  });

  test("is cut after three messages", () => {
    const sms = smsOf(about("Ao thiếu oxy: 2,4 mg/l", "Bật quạt nước ngay. ".repeat(24).trim()), "vi", all);
    expect(sms.parts).toBe(3);
    expect(smsParts(sms.text).parts).toHaveLength(3);
    expect(sms.text).toMatch(/\w\.\.\.$/);
  });
});
