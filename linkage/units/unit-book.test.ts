import { describe, expect, test } from "vitest";
import { readUnits } from "./read-units.ts";
import { shippedUnits } from "./shipped-units.ts";
import { createUnitBook } from "./unit-book.ts";

const units = shippedUnits();
const book = createUnitBook(units);
const before = "2025-06-30";
const after = "2025-07-01";
const commune = (code: string, asOf: string) => ({ level: "commune", code, asOf }) as const;

describe("the shipped list", () => {
  const communesOn = (date: string) =>
    book.provincesOn(date).flatMap(({ code }) => book.communesOf(code, date));
  const kindsOn = (date: string) => {
    const byKind = Map.groupBy(communesOn(date), ({ kind }) => kind);
    return Object.fromEntries([...byKind].map(([kind, found]) => [kind, found.length]));
  };

  test("63 provinces and 10,035 communes became 34 and 3,321; of 696 districts five islands had no communes", () => {
    const provinces = book.provincesOn(before);
    expect(provinces).toHaveLength(63);
    expect(provinces.flatMap(({ code }) => book.districtsOf(code, before))).toHaveLength(691);
    expect(communesOn(before)).toHaveLength(10_035);
    expect(book.provincesOn(after)).toHaveLength(34);
    expect(kindsOn(after)).toEqual({ xã: 2621, phường: 687, "đặc khu": 13 });
  });

  test("ten communes of Đồng Nai are wards since 30 April 2026, and seven cities are central", () => {
    expect(kindsOn("2026-04-30")).toEqual({ xã: 2611, phường: 697, "đặc khu": 13 });
    expect(book.provincesOn("2026-04-30").filter(({ kind }) => kind === "thành phố")).toHaveLength(7);
  });

  test("the five provinces of the plans have their districts and communes", () => {
    const counts = (code: string) => [
      book.districtsOf(code, before).length,
      book.communesOf(code, before).length,
    ];
    expect({ haTinh: counts("42"), ngheAn: counts("40"), hue: counts("46") }).toEqual({
      haTinh: [12, 209],
      ngheAn: [20, 412],
      hue: [9, 133],
    });
    expect({ giaLai: counts("64"), haiDuong: counts("30") }).toEqual({
      giaLai: [17, 218],
      haiDuong: [12, 207],
    });
    const now = ["42", "40", "46", "52", "31"].map((code) => book.communesOf(code, after).length);
    expect(now).toEqual([69, 130, 40, 135, 114]);
  });

  test("most codes that go on stand for another name since July 2025, so a code alone is no key", () => {
    const bare = (name: string, kind: string) => name.slice(kind.length + 1);
    const renamed = communesOn(after).filter(({ code, name, kind }) => {
      const former = book.unitAt(commune(code, before));
      return former !== undefined && bare(former.name, former.kind) !== bare(name, kind);
    });
    // 1,795 by the official spelling; this list writes 47 former names the other way (Hoà for Hòa).
    expect(renamed).toHaveLength(1_842);
    expect(book.unitAt(commune("18073", before))?.name).toBe("Phường Nam Hà");
    expect(book.unitAt(commune("18073", after))?.name).toBe("Phường Thành Sen");
  });

  test("every former unit became one that exists", () => {
    const former = communesOn(before);
    const lost = former.filter(({ code }) => book.fateOf(commune(code, before), after).kind === "unknown");
    expect(lost).toEqual([]);
  });
});

describe("what became of a unit", () => {
  test("Cẩm Vịnh of the Hà Tĩnh plan lies in Xã Cẩm Bình", () => {
    expect(book.fateOf(commune("18691", before), "2026-01-01")).toMatchObject({
      kind: "became",
      unit: { code: "18685", name: "Xã Cẩm Bình", province: "42" },
    });
  });

  test("Gia Lai and Bình Định are code 52 since, and Hải Dương lies in Hải Phòng", () => {
    const fate = (code: string) => book.fateOf({ level: "province", code, asOf: before }, after);
    expect(fate("64")).toMatchObject({ unit: { code: "52", name: "Tỉnh Gia Lai" } });
    expect(fate("52")).toMatchObject({ unit: { code: "52", name: "Tỉnh Gia Lai" } });
    expect(fate("30")).toMatchObject({ unit: { code: "31", name: "Thành phố Hải Phòng" } });
  });

  test("a unit that changed twice is followed through both changes", () => {
    const tanPhu = book.unitAt(commune("26116", "2026-05-01"))!;
    const [xa] = book.predecessorsOf(tanPhu);
    const [former] = book.predecessorsOf(xa!);
    expect(book.fateOf(commune(former!.code, before), "2026-05-01")).toEqual({
      kind: "became",
      unit: tanPhu,
    });
  });

  test("a unit that still is, is the same; one that never was is unknown with the reason", () => {
    expect(book.fateOf(commune("18685", after), "2026-05-01")).toMatchObject({ kind: "same" });
    expect(book.fateOf(commune("99999", after), "2026-05-01")).toEqual({
      kind: "unknown",
      because: "there was no commune 99999 on 2025-07-01 in the list",
    });
    expect(book.fateOf(commune("18685", after), before)).toMatchObject({ kind: "unknown" });
  });

  test("a unit that was split is a question with its candidates", () => {
    const list = readUnits(
      "level,code,name,province,valid_from,valid_to,successors\n" +
        "commune,00001,Xã A,42,2020-01-01,2025-06-30,00002 00003\n" +
        "commune,00002,Xã B,42,2025-07-01,,\ncommune,00003,Phường C,42,2025-07-01,,\n",
    );
    const split = createUnitBook(list.ok ? list.units : []);
    expect(split.fateOf(commune("00001", before), after)).toMatchObject({
      kind: "split",
      candidates: [{ name: "Xã B" }, { name: "Phường C" }],
    });
  });
});

test("a name is found however it is spelt, and may stand for several places", () => {
  const names = (name: string) => book.named(name, after).map(({ code }) => code);
  expect(names("cam binh")).toContain("18685");
  expect(names("Xã Cẩm Bình")).toContain("18685");
  expect(names("Tân Phú").length).toBeGreaterThan(1);
  expect(book.named("Thanh Thuỷ", after)).toEqual(book.named("Thanh Thủy", after));
});
