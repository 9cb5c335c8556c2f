import { describe, expect, test } from "vitest";
import { CborError, readCbor } from "./cbor.ts";

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const read = (hex: string, mostDepth = 16) => readCbor(bytesOf(hex), mostDepth);

describe("the examples of RFC 8949, appendix A", () => {
  test.each<[string, unknown]>([
    ["00", 0],
    ["17", 23],
    ["1818", 24],
    ["1903e8", 1000],
    ["1a000f4240", 1_000_000],
    ["1b000000e8d4a51000", 1_000_000_000_000],
    ["1bffffffffffffffff", 2 ** 64],
    ["20", -1],
    ["3863", -100],
    ["3903e7", -1000],
    ["f90000", 0],
    ["f98000", -0],
    ["f93c00", 1],
    ["fb3ff199999999999a", 1.1],
    ["f93e00", 1.5],
    ["f97bff", 65504],
    ["fa47c35000", 100_000],
    ["fa7f7fffff", 3.4028234663852886e38],
    ["fb7e37e43c8800759c", 1e300],
    ["f90001", 2 ** -24],
    ["f90400", 0.00006103515625],
    ["f9c400", -4],
    ["fbc010666666666666", -4.1],
    ["f97c00", Number.POSITIVE_INFINITY],
    ["f97e00", Number.NaN],
    ["f9fc00", Number.NEGATIVE_INFINITY],
    ["fa7fc00000", Number.NaN],
    ["f4", false],
    ["f5", true],
    ["f6", null],
    ["f7", undefined],
    ["c11a514b67b0", 1363896240],
    ["60", ""],
    ["6449455446", "IETF"],
    ["62c3bc", "ü"],
    ["64f0908591", "\u{10151}"],
    ["80", []],
    ["83010203", [1, 2, 3]],
    ["8301820203820405", [1, [2, 3], [4, 5]]],
    ["9fff", []],
    ["9f018202039f0405ffff", [1, [2, 3], [4, 5]]],
    ["83018202039f0405ff", [1, [2, 3], [4, 5]]],
    ["7f657374726561646d696e67ff", "streaming"],
    ["c48221196ab3", 273.15],
  ])("%s is %j", (hex, value) => {
    expect(read(hex)).toEqual(value);
  });

  test("byte strings, also in chunks", () => {
    expect(Buffer.from(read("4401020304") as Uint8Array).toString("hex")).toBe("01020304");
    expect(Buffer.from(read("5f42010243030405ff") as Uint8Array).toString("hex")).toBe("0102030405");
  });

  test("maps, also of indefinite length", () => {
    expect(read("a201020304")).toEqual(
      new Map([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(read("bf6346756ef563416d7421ff")).toEqual(
      new Map<string, unknown>([
        ["Fun", true],
        ["Amt", -2],
      ]),
    );
  });
});

describe("hostile bytes", () => {
  test.each([
    ["nothing", ""],
    ["an array that announces four thousand million items", "9affffffff"],
    ["a map that announces 2^64 entries", "bbffffffffffffffff"],
    ["a text that announces more than is there", "7a7fffffff61"],
    ["a byte string that ends early", "4401"],
    ["an argument that ends early", "19 03"],
    ["a float that ends early", "fb3ff1"],
    ["reserved additional information", "1c"],
    ["another reserved one", "fe"],
    ["a break without a beginning", "ff"],
    ["an array without its end", "9f01"],
    ["a map with a key and no value", "bf01ff"],
    ["text that is not UTF-8", "62c328"],
    ["a character cut in two by its chunks", "7f61c361bcff"],
    ["a chunk of another kind", "7f4101ff"],
    ["a chunk in a chunk", "7f7f6161ffff"],
    ["a key twice", "a201020103"],
    ["bytes behind the item", "0000"],
    ["an integer of untold length", "1f"],
    ["a tag of untold length", "df00"],
    ["a decimal fraction of text", "c4826161 00"],
    ["a decimal fraction of three", "c483000000"],
    ["a simple value", "f0"],
    ["a simple value in two bytes", "f8ff"],
  ])("%s is refused with a place", (_, hex) => {
    expect(() => read(hex)).toThrow(CborError);
    expect(() => read(hex)).toThrow(/\(at byte \d+\)$/);
  });

  test("nesting ends at the limit: arrays, maps and tags alike", () => {
    for (const level of ["81", "a100", "c1"]) {
      expect(() => read(`${level.repeat(16)}00`)).not.toThrow();
      expect(() => read(`${level.repeat(17)}00`)).toThrow(/more than 16 levels/);
      expect(() => read(level.repeat(100_000))).toThrow(CborError);
    }
  });

  test("ten thousand random and truncated strings of bytes are read or refused, and nothing else", () => {
    let state = Number(process.env.SEED ?? 1);
    const below = (n: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * n);
    };
    const sound = bytesOf(
      "82a4226a6e6f64652d312f736f20fb41d9a00000000000006474656d70016343656c02f94e00a20062726802186300",
    );
    for (let i = 0; i < 10_000; i++) {
      const bytes =
        i % 2 === 0
          ? Uint8Array.from({ length: below(40) }, () => below(256))
          : sound.slice(0, below(sound.length));
      if (i % 4 === 1 && bytes.length > 0) bytes[below(bytes.length)] = below(256);
      try {
        readCbor(bytes, 16);
      } catch (error) {
        expect(error).toBeInstanceOf(CborError);
      }
    }
  });
});
