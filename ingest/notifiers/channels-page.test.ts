import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { kindNames, notifiers } from "./notifier-kinds.ts";

const page = readFileSync(`${import.meta.dirname}/../../docs/channels.md`, "utf8");
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(
  ([, text]) => parse(text!).notifiers as object,
);

afterEach(() => vi.unstubAllEnvs());

test("every example on the page about channels is a configuration that works", () => {
  for (const name of page.matchAll(/\{ env: (\w+) \}/g)) vi.stubEnv(name[1]!, "16-characters-or");
  vi.stubEnv("SMPP_PASSWORD", "8 or les");
  const problems = examples
    .flatMap((example) => notifiers.safeParse(example).error?.issues ?? [])
    // Files of secrets are not there, and are said not to be.
    .filter(({ message }) => !/which cannot be read \(ENOENT\)/.test(message));
  expect(problems).toEqual([]);
  expect(examples.length).toBeGreaterThan(3);
});

test("every kind is on the page about channels", () => {
  expect(kindNames.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
});
