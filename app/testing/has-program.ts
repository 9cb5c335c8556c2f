import { spawnSync } from "node:child_process";

/** Whether this machine has a program that some tests need: those are skipped by name elsewhere. */
export function hasProgram(name: string): boolean {
  const { error } = spawnSync(name, ["--help"], { stdio: "ignore" });
  return error === undefined;
}
