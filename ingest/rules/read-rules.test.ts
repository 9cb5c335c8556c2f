import { describe, expect, test } from "vitest";
import { RulesError, readRuleFiles, readRules } from "./read-rules.ts";
import { notifiersFor } from "./rules-file.ts";

const words = `title: { vi: Khô, en: Dry }
    advice: { vi: Tưới, en: Irrigate }`;
const dry = `  - kind: threshold
    name: dry
    severity: warning
    quantity: soil.moisture
    below: 25
    ${words}`;

function problems(text: string, notifiers: readonly string[] = ["log"]): string[] {
  try {
    readRules(text, "rules.yaml", notifiers);
  } catch (error) {
    expect(error).toBeInstanceOf(RulesError);
    return (error as RulesError).problems.map(({ path, line, message }) => `${line} ${path}: ${message}`);
  }
  return [];
}

describe("a file of rules", () => {
  test("gives running rules and routes", () => {
    const { rules, routes } = readRules(`rules:\n${dry}\nroutes:\n  - to: log`, "rules.yaml", ["log"]);
    expect(rules.map(({ name, watches }) => [name, watches])).toEqual([["dry", "readings"]]);
    expect(routes).toEqual([{ to: ["log"] }]);
  });

  test("may be empty", () => {
    expect(readRules("", "rules.yaml", [])).toEqual({ rules: [], unarmed: [], routes: [] });
  });

  test("sets a rule aside that is switched off, but checks it", () => {
    const { rules, unarmed } = readRules(`rules:\n${dry}\n    enabled: false`, "rules.yaml", []);
    expect([rules, unarmed.map(({ name }) => name)]).toEqual([[], ["dry"]]);
    expect(problems(`rules:\n${dry}\n    enabled: false\n    clear: 3`)).toHaveLength(1);
  });

  test("tells all its problems at once, each with line and path", () => {
    const text = `rules:
${dry}
${dry}
    clear: 3
  - kind: threshhold
    name: typo
routes:
  - to: log
    rules: [wet]`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/^10 rules\.1\.name: `dry` is already the name of another rule/),
      expect.stringMatching(/^16 rules\.1\.clear: lies beyond the limit/),
      expect.stringMatching(
        /^17 rules\.2\.kind: must have a kind: `threshold`, `outside-band`, .*`device-silent`/,
      ),
      expect.stringMatching(/^21 routes\.0\.rules\.0: no rule is called `wet`/),
    ]);
  });

  test("refuses a route to a notifier that there is not", () => {
    expect(problems(`rules:\n${dry}\nroutes:\n  - to: [log, sms]`)).toEqual([
      "10 routes.0.to: no notifier is called `sms`; there are: log",
    ]);
  });

  test("that is no YAML says where", () => {
    expect(problems("rules:\n  - {kind: threshold")[0]).toMatch(/^2 : /);
  });
});

describe("several files of rules", () => {
  const wet = dry.replace("name: dry", "name: wet");
  const read = (...files: Parameters<typeof readRuleFiles>[0]) => readRuleFiles(files, ["log"]);

  test("hold beside each other, and a route may name a rule of another file", () => {
    const { rules, routes } = read(
      { file: "a.yaml", text: `rules:\n${dry}\nroutes:\n  - { to: log, rules: [wet] }` },
      { file: "b.yaml", text: `rules:\n${wet}` },
    );
    expect(rules.map(({ name }) => name)).toEqual(["dry", "wet"]);
    expect(routes).toEqual([{ to: ["log"], rules: ["wet"] }]);
  });

  test("must not name two rules the same; every file's problems are told", () => {
    const twice = [
      { file: "a.yaml", text: `rules:\n${dry}` },
      { file: "b.yaml", text: `rules:\n${wet}\n${dry}\n    colour: red` },
    ];
    expect(() => read(...twice)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /a\.yaml:3 .*`dry` is already the name of another rule, in b\.yaml.*b\.yaml:10 .*in a\.yaml.*b\.yaml:16 .*colour: is not known here/s,
        ),
      }),
    );
  });

  test("may each be for some places only, beside the scope of their rules", () => {
    const scoped = `${dry}\n    scope: { placeKinds: [parcel] }`;
    const file = { file: "a.yaml", text: `rules:\n${scoped}`, scope: { linkageModels: ["m1"] } };
    const [rule] = read(file).rules;
    const standing = { place: "p", placeKind: "parcel", linkageModel: "m1", model: "x" };
    expect(rule!.concerns("n1", standing)).toBe(true);
    expect(rule!.concerns("n1", { ...standing, linkageModel: "m2" })).toBe(false);
    expect(rule!.concerns("n1", { ...standing, placeKind: "pond" })).toBe(false);
  });
});

describe("a route", () => {
  const rule = { name: "dry", severity: "warning" } as const;

  test("takes every alert when it asks for nothing", () => {
    expect(notifiersFor(rule, [{ to: ["log"] }])).toEqual(["log"]);
  });

  test("takes only the severities and the rules it names", () => {
    expect(notifiersFor(rule, [{ to: ["mail"], severities: ["critical"] }])).toEqual([]);
    expect(notifiersFor(rule, [{ to: ["mail"], severities: ["warning"], rules: ["wet"] }])).toEqual([]);
    expect(notifiersFor(rule, [{ to: ["mail"], severities: ["warning"], rules: ["dry"] }])).toEqual(["mail"]);
  });

  test("names a notifier once, however many routes lead to it", () => {
    expect(notifiersFor(rule, [{ to: ["log", "mail"] }, { to: ["mail"] }])).toEqual(["log", "mail"]);
  });
});
