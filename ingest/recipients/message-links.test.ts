import { expect, test } from "vitest";
import { createMessageLinks } from "./message-links.ts";

const secretKey = new Uint8Array(32).fill(3);
const links = createMessageLinks(secretKey, "https://canhdong.example.vn/");
const message = { number: 41, person: "hoa", createdAtMs: 1_763_712_000_000 };
const tokenOf = (url: string | undefined) => url!.split("/").at(-1)!;

test("a link is short, and proves its own purpose, message and person alone", () => {
  const url = links.urlFor("acknowledge", message)!;
  expect(url).toMatch(/^https:\/\/canhdong\.example\.vn\/a\/[\w-]{18}$/);
  const token = tokenOf(url);
  expect(links.numberIn(token)).toBe(41);
  expect(links.proves("acknowledge", token, message)).toBe(true);
  expect(links.proves("opt-out", token, message)).toBe(false);
  expect(links.proves("acknowledge", token, { ...message, number: 42 })).toBe(false);
  expect(links.proves("acknowledge", token, { ...message, person: "binh" })).toBe(false);
  expect(links.proves("acknowledge", token, { ...message, createdAtMs: 1 })).toBe(false);
});

test("no bit of a token can be changed, and another installation's proves nothing", () => {
  const token = Buffer.from(tokenOf(links.urlFor("opt-out", message)), "base64url");
  for (let bit = 0; bit < token.length * 8; bit++) {
    const changed = Buffer.from(token);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    const text = changed.toString("base64url");
    const number = links.numberIn(text)!;
    expect(links.proves("opt-out", text, { ...message, number })).toBe(false);
  }
  const other = createMessageLinks(new Uint8Array(32).fill(4), null);
  expect(other.proves("opt-out", token.toString("base64url"), message)).toBe(false);
});

test("what is no token has no number, and without an address of ours there are no links", () => {
  for (const text of ["", "x", "a".repeat(17), "a".repeat(40), "%00"])
    expect(links.numberIn(text)).toBeNull();
  expect(createMessageLinks(secretKey, null).urlFor("acknowledge", message)).toBeUndefined();
});
