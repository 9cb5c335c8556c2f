import { expect, test } from "vitest";
import { choicePattern, choiceText } from "./names.ts";
import { statePoint } from "./state-line.ts";

const parted = (text: string) => ({ ...new RegExp(choicePattern).exec(text)?.groups });

test.each([
  ["31150", 'Phong Điền/2 "cũ"'],
  ["n-1", "Đầu dò [A] [B]"],
  ["n-2", "50% bóng, = râm"],
])("a name with its id, %s, is taken apart again", (id, name) => {
  expect(parted(choiceText(id, name))).toEqual({ text: name, value: id });
});

test("a name of nothing but control characters is the id", () => {
  expect(parted(choiceText("n-1", "\n\t"))).toEqual({ text: "n-1", value: "n-1" });
  expect(choiceText("n-1", "a\\\nb")).toBe("a b [n-1]");
});

test("tags are in order and escaped, texts quoted, numbers floats, and what is not known is left out", () => {
  const { line } = statePoint({
    measurement: "devices",
    tags: { device: "n-1", a_choice: choiceText("n-1", "50%, ô = 1"), place: "50%" },
    fields: { available: 1, title: 'nói "được" \\\n xong', lost: null },
    atMs: 5,
  });
  expect(line).toBe(
    'devices,a_choice=50%\\,\\ ô\\ \\=\\ 1\\ [n-1],device=n-1,place=50%25 available=1,title="nói \\"được\\" \\\\  xong" 5',
  );
});
