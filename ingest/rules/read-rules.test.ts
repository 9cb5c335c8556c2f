import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { RulesError, readRules } from "./read-rules.ts";
import { notifiersFor } from "./rules-file.ts";
import { fillIn } from "./texts.ts";

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
    expect(readRules("", "rules.yaml", [])).toEqual({ rules: [], routes: [] });
  });

  test("leaves out a rule that is switched off, but checks it", () => {
    expect(readRules(`rules:\n${dry}\n    enabled: false`, "rules.yaml", []).rules).toEqual([]);
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

describe("the packs", () => {
  const packs = readdirSync(`${import.meta.dirname}/packs`);
  const text = (pack: string) => readFileSync(`${import.meta.dirname}/packs/${pack}`, "utf8");

  test.each(packs)("%s is a file of rules without problems", (pack) => {
    expect(readRules(text(pack), pack, ["log"]).rules.length).toBeGreaterThan(5);
  });

  test.each(packs)("of %s each title fits one line of a phone", (pack) => {
    const typical = {
      value: "12,34 mg/l",
      limit: "",
      since: "",
      place: "Ao cá nhà ông Hòa",
      device: "Nút ao cá 1",
    };
    const told = Object.fromEntries(
      Object.entries(typical).map(([name, word]) => [name, { vi: word, en: word }]),
    );
    for (const { title } of readRules(text(pack), pack, ["log"]).rules.map(({ severity, told }) =>
      told(severity),
    )) {
      const { vi, en } = fillIn(title, told as Parameters<typeof fillIn>[1]);
      for (const line of [vi, en]) expect.soft([line, line.length <= 60]).toEqual([line, true]);
      // The page and the messages tell these beside it.
      expect.soft(title.vi + title.en).not.toMatch(/\{limit\}|\{since\}/);
    }
  });

  test("the demonstration differs from the starter pack only in its hold times", () => {
    const withoutHold = (pack: string) => {
      const { rules, routes } = parse(text(pack)) as { rules: { forMs?: number }[]; routes: unknown };
      return { routes, rules: rules.map(({ forMs, ...rest }) => ({ ...rest, held: forMs !== undefined })) };
    };
    expect(withoutHold("demo.yaml")).toEqual(withoutHold("starter.yaml"));
  });
});
