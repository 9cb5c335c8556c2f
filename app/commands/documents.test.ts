import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { expect, test } from "vitest";
import { commands } from "./index.ts";

/** Whoever copies a command out of a page gets one that exists, with options that exist: every page is read for them. */

const root = resolve(import.meta.dirname, "../..");
const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((page) => page !== "" && existsSync(join(root, page)));

const program = new Command("canhdong").option("-c, --config <file>").option("--demo");
const context = {
  out() {},
  err() {},
  env: {},
  isTerminal: false,
  now: () => 0,
  settings: () => expect.fail("nothing is run here"),
};
for (const register of commands) register(program, context);

/** What stands in code, fenced or inline, from `canhdong` at the beginning of a command to its end. */
function commandsIn(markdown: string): string[] {
  const fence = /^ *```[^\n]*\n([\s\S]*?)^ *```/gm;
  const fenced = [...markdown.matchAll(fence)].flatMap(([, code = ""]) => {
    const lines = code.replaceAll("\\\n", " ").split("\n");
    // Where some lines begin with a prompt, the others are what was printed.
    const typed = lines.filter((line) => line.startsWith("$ "));
    return typed.length > 0 ? typed : lines;
  });
  const inline = [...markdown.replaceAll(fence, "").matchAll(/`([^`]+)`/g)].map(([, code = ""]) =>
    code.replaceAll("\n", " "),
  );
  return [...fenced, ...inline].flatMap((code) => {
    const match = /^\s*(?:\$ )?(?:npx )?canhdong (?<words>[^|;&#]+)/.exec(code);
    return match?.groups?.words ?? [];
  });
}

/** What is wrong with a command; null when nothing is. */
function mistakeIn(words: readonly string[]): string | null {
  let command: Command = program;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (/^--?[a-z]/i.test(word)) {
      const option = optionOf(command, word.split("=")[0]!);
      if (option === undefined) return `${nameOf(command)} has no ${word}`;
      if (takesNextWord(option) && !word.includes("=")) at++;
    } else if (command.commands.length > 0) {
      const next = command.commands.find((one) => one.name() === word);
      if (next !== undefined) command = next;
      else if (/^[a-z]/.test(word)) return `${nameOf(command)} has no command ${word}`;
    }
  }
  return null;
}

const help = new Option("-h, --help");

function optionOf(command: Command | null, name: string): Option | undefined {
  const options = command === null ? [help] : command.options;
  const option = options.find(({ long, short }) => long === name || short === name);
  return option ?? (command === null ? undefined : optionOf(command.parent, name));
}

function takesNextWord({ required, optional }: Option): boolean {
  return required || optional;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

const wordsOf = (text: string) => text.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];

test("every command that a page shows is there, with its options", () => {
  const shown = pages.flatMap((page) =>
    commandsIn(readFileSync(join(root, page), "utf8")).map((text) => ({ page, text })),
  );
  expect(shown.length).toBeGreaterThan(80);
  const wrong = shown.flatMap(({ page, text }) => {
    const mistake = mistakeIn(wordsOf(text));
    return mistake === null ? [] : [`${page}: canhdong ${text.trim()}: ${mistake}`];
  });
  expect(wrong).toEqual([]);
});

test("a command that is not there, and an option that is not there, would be told", () => {
  expect(
    commandsIn("`canhdong fly --high`\n\n```\n$ npx canhdong --demo device add x --wings 2 # two\n```"),
  ).toEqual(["--demo device add x --wings 2 ", "fly --high"]);
  expect(mistakeIn(["--demo", "fly"])).toBe("canhdong has no command fly");
  expect(mistakeIn(["device", "fly"])).toBe("canhdong device has no command fly");
  expect(mistakeIn(["device", "add", "x", "--label", "fly"])).toBeNull();
  expect(mistakeIn(["--demo", "device", "add", "x", "--wings", "2"])).toBe(
    "canhdong device add has no --wings",
  );
  expect(mistakeIn(["device", "add", "x", "--model=lse01", "-c", "a.yaml"])).toBeNull();
});
