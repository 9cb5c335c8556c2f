import { expect, test } from "vitest";
import { similarModels } from "./similar-models.ts";

test("a slip of the finger finds the model", () => {
  expect(similarModels("lse10")).toContain("dragino-lse01");
  expect(similarModels("LSE-01")[0]).toBe("dragino-lse01");
  expect(similarModels("draginolse01")[0]).toBe("dragino-lse01");
  expect(similarModels("em500smtc")[0]).toBe("milesight-em500-smtc");
});

test("the beginning of a name is enough", () => {
  expect(similarModels("em500")).toHaveLength(3);
  expect(similarModels("sn50")).toEqual(["dragino-sn50v3-lb"]);
});

test("another word suggests nothing", () => {
  expect(similarModels("toaster")).toEqual([]);
});
