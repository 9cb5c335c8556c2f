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

/** The command line in a folder of its own, without a server; at noon in Viet Nam on 22 November 2026. */
export interface CommandLine {
  /** The data folder of its configuration; made when a command needs it. */
  readonly data: string;
  run(...words: readonly string[]): Promise<CommandResult>;
}

/** @param configuration lines (YAML) beside the data folder */
export function openCommandLine(configuration = ""): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-command-"));
  const config = join(folder, "canhdong.yaml");
  const data = join(folder, "data");
  writeFileSync(config, `data: ${data}\n${configuration}\n`);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return {
    data,
    async run(...words) {
      const told = { out: "", err: "" };
      const write = (to: "out" | "err") => (text: string) => {
        told[to] += text;
      };
      const code = await runCommandLine(["--config", config, ...words], {
        out: write("out"),
        err: write("err"),
        env: {},
        isTerminal: false,
        now: () => Date.UTC(2026, 10, 22, 5),
      });
      return { code, ...told };
    },
  };
}

/** The same for one command: `device`, `gateway` … */
export function commandLine(
  command: string,
  configuration = "",
): (...words: readonly string[]) => Promise<CommandResult> {
  const { run } = openCommandLine(configuration);
  return (...words) => run(command, ...words);
}
