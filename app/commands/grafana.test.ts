import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { expect, onTestFinished, test } from "vitest";
import type { CommandContext } from "./context.ts";
import { registerGrafana } from "./grafana.ts";

async function run(...words: string[]): Promise<string> {
  const said: string[] = [];
  const context = { out: (text: string) => said.push(text) } as unknown as CommandContext;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  registerGrafana(program, context);
  await program.parseAsync(["grafana", ...words], { from: "user" });
  return said.join("");
}

test("boards are written where they are wanted, with the address of the page", async () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-grafana-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(await run("build", "--out", folder, "--page-url", "https://farm.example.vn")).toBe(
    `10 boards written to ${folder}\n`,
  );
  expect(readdirSync(folder)).toHaveLength(10);
  expect(readFileSync(join(folder, "canhdong-pond.json"), "utf8")).toContain("https://farm.example.vn");
  await expect(run("build", "--out", folder, "--page-url", "farm")).rejects.toThrow("is needed");
});

test("boards that come along are well", { timeout: 300_000 }, async () => {
  expect(await run("check")).toBe("The boards and their provisioning are well.\n");
});
