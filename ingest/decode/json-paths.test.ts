import { expect, test } from "vitest";
import { pathText, repeatedNames } from "./json-paths.ts";

test.each([
  ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', []],
  ['{"a":1,"a":2}', ["a"]],
  ['{"a":1,"a":2,"a":3}', ["a", "a"]],
  ['{"a":null,"a":2}', []],
  ['{"a":1,"a":null}', ["a"]],
  ['[{"a":1},{"a":{"x y":[],"z":0,"x y":{}}}]', ['[1].a["x y"]']],
  ['{"a":[1,[2,{"b":"{\\"b\\":1,","b":","}]],"a":true}', ["a[1][1].b", "a"]],
  ['{"\\u0061" : "\\\\" , "a" : "]" }', ["a"]],
  ['"a"', []],
  ["[]", []],
])("in %s the dropped members are %j", (text, paths) => {
  JSON.parse(text);
  expect(repeatedNames(text).map(pathText)).toEqual(paths);
});
