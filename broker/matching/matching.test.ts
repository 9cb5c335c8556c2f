import { describe, expect, test } from "vitest";
import { FilterIndex } from "./filter-index.ts";
import { covers } from "./filters.ts";
import { TopicIndex } from "./topic-index.ts";

describe("one filter", () => {
  test.each([
    ["a/b", "a/b", true],
    ["a/b", "a/c", false],
    ["a/+", "a/b", true],
    ["a/+", "a", false],
    ["a/+", "a/b/c", false],
    ["+/+", "/b", true],
    ["a/#", "a", true],
    ["a/#", "a/b/c", true],
    ["a/+/#", "a", false],
    ["#", "a/b", true],
    ["#", "$SYS/x", false],
    ["+/x", "$SYS/x", false],
    ["$SYS/#", "$SYS/x", true],
    ["a/#", "a/+", true],
    ["a/+", "a/#", false],
    ["+", "#", false],
    ["+/+", "a/+", true],
    ["a/b", "a/+", false],
  ])("%s covers %s: %s", (outer, inner, expected) => {
    expect(covers(outer, inner)).toBe(expected);
  });
});

/** Small numbers in a fixed order, so that a failure can be repeated. */
function createPicker(seed: number) {
  let state = seed;
  return <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return from[(state >> 8) % from.length]!;
  };
}

const words = ["a", "b", "", "$x"];
function topicBy(pick: ReturnType<typeof createPicker>): string {
  return Array.from({ length: pick([1, 2, 3, 4]) }, () => pick(words)).join("/");
}
function filterBy(pick: ReturnType<typeof createPicker>): string {
  const levels = Array.from({ length: pick([1, 2, 3]) }, () => pick([...words, "+", "+"]));
  return [...levels, ...pick([[], [], ["#"]])].join("/");
}

test("the index of filters finds what each filter by itself covers, through adding and removing", () => {
  const pick = createPicker(42);
  const index = new FilterIndex<string>();
  const kept = new Set<string>();
  for (let i = 0; i < 3_000; i++) {
    const filter = filterBy(pick);
    if (kept.has(filter) && pick([true, false])) {
      index.remove(filter, filter);
      kept.delete(filter);
    } else {
      index.add(filter, filter);
      kept.add(filter);
    }
    const topic = topicBy(pick);
    const expected = [...kept].filter((each) => covers(each, topic)).sort();
    expect([...index.match(topic)].sort(), topic).toEqual(expected);
    expect(index.wants(topic)).toBe(expected.length > 0);
  }
});

test("the index of topics finds what the filter covers, through adding and removing", () => {
  const pick = createPicker(7);
  const index = new TopicIndex();
  const kept = new Set<string>();
  for (let i = 0; i < 3_000; i++) {
    const topic = topicBy(pick);
    if (kept.has(topic) && pick([true, false])) {
      index.remove(topic);
      kept.delete(topic);
    } else {
      index.add(topic);
      kept.add(topic);
    }
    const filter = filterBy(pick);
    const expected = [...kept].filter((each) => covers(filter, each)).sort();
    expect([...index.match(filter, (each) => kept.has(each))].sort(), filter).toEqual(expected);
  }
});
