import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { runCommandLine } from "../commands/run-command-line.ts";

/** What one command has printed, and how it ended. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * One command (`device`, `gateway` …) on a data folder of its own, without a server; at noon in Viet Nam on 22 November 2026.
 *
 * @param configuration lines (YAML) beside the data folder
 */
export function commandLine(
  command: string,
  configuration = "",
): (...words: readonly string[]) => Promise<CommandResult> {
  const folder = mkdtempSync(join(tmpdir(), `canhdong-${command}-`));
  const config = join(folder, "canhdong.yaml");
  writeFileSync(config, `data: ${join(folder, "data")}\n${configuration}\n`);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return async (...words) => {
    const told = { out: "", err: "" };
    const write = (to: "out" | "err") => (text: string) => {
      told[to] += text;
    };
    const code = await runCommandLine(["--config", config, command, ...words], {
      out: write("out"),
      err: write("err"),
      env: {},
      isTerminal: false,
      now: () => Date.UTC(2026, 10, 22, 5),
    });
    return { code, ...told };
  };
}
