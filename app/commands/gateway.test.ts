import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { parseSettings } from "../settings/read-settings.ts";
import { type CommandContext, UserError } from "./context.ts";
import { registerGateway } from "./gateway.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-gateway-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

async function gateway(...words: readonly string[]): Promise<string> {
  let told = "";
  const context: CommandContext = {
    out: (text) => {
      told += text;
    },
    err: () => {},
    env: {},
    isTerminal: false,
    now: () => Date.UTC(2026, 10, 22),
    settings: () => parseSettings("data: data", folder, "canhdong.yaml"),
  };
  const program = new Command("canhdong").exitOverride().configureOutput({ writeErr: () => {} });
  registerGateway(program, context);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  await program.parseAsync(["gateway", ...words], { from: "user" });
  return told;
}

test("a gateway is added, moved, listed and removed, by its EUI in whatever case it is printed", async () => {
  expect(await gateway("list")).toMatch(/There is no gateway yet/);
  await gateway("add", "A84041FFFF1EB5C0", "--label", "Nhà văn hóa thôn 3");
  expect(await gateway("move", "a84041ffff1eb5c0", "--latitude", "12.68", "--longitude", "108.04")).toBe(
    "Nhà văn hóa thôn 3 stands at 12.68, 108.04.\n",
  );
  expect(await gateway("list")).toMatch(/^a84041ffff1eb5c0 +Nhà văn hóa thôn 3 +12\.68, 108\.04 +\?/m);
  await gateway("remove", "A84041ffff1eb5c0");
  expect(await gateway("list")).toMatch(/There is no gateway yet/);
});

test("half a position is refused in words", async () => {
  const half = gateway("add", "gw-1", "--latitude", "12.68");
  await expect(half).rejects.toThrow(UserError);
  await expect(half).rejects.toThrow(/latitude and longitude come together/);
});
