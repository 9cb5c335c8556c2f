import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, onTestFinished, test } from "vitest";
import { settings } from "../settings/settings.ts";
import { type CommandContext, UserError } from "./context.ts";
import { registerPerson } from "./person.ts";

/** The command line on a data folder of its own, on which no server runs. */
function commandLine() {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-person-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return async (...words: readonly string[]): Promise<string> => {
    let told = "";
    const context: CommandContext = {
      out: (text) => {
        told += text;
      },
      err: () => {},
      env: {},
      isTerminal: false,
      now: () => Date.UTC(2026, 10, 21),
      settings: () => settings.parse({ data: folder }),
    };
    const program = new Command("canhdong").exitOverride();
    registerPerson(program, context);
    await program.parseAsync(["person", ...words], { from: "user" });
    return told;
  };
}

test("a person's file shows what is kept, with the consents they gave and took back", async () => {
  const run = commandLine();
  await run("add", "farmer", "hoa", "--name", "Hoa", "--phone", "0912 345 678");
  expect(await run("consent", "hoa", "sms", "--how", "signed form no. 12")).toContain(
    "agrees to be told by sms",
  );
  await run("consent", "hoa", "sms", "--how", "by telephone", "--withdraw");
  const file = JSON.parse(await run("export", "hoa"));
  expect(file).toMatchObject({
    person: { id: "hoa", phone: "+84912345678" },
    consents: [
      { medium: "sms", given: true, how: "signed form no. 12", who: "cli" },
      { medium: "sms", given: false, how: "by telephone" },
    ],
    actions: [],
    messages: [],
  });
  expect(await run("list")).not.toContain("912345678");
}, 60_000);

test("an erased person is gone; the last administrator and strangers are refused with the reason", async () => {
  const run = commandLine();
  await run("add", "admin", "lan");
  await run("add", "farmer", "hoa");
  expect(await run("erase", "hoa")).toBe("hoa is erased.\n");
  expect(await run("list")).not.toContain("hoa");
  await expect(run("erase", "lan")).rejects.toThrow(/last administrator/);
  const unknown = run("erase", "nobody");
  await expect(unknown).rejects.toBeInstanceOf(UserError);
  await expect(unknown).rejects.toThrow('Nothing is known of a person "nobody".');
  await expect(run("export", "hoa")).rejects.toThrow('Nothing is known of a person "hoa".');
}, 60_000);
