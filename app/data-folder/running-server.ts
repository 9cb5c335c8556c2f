import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";

/**
 * How the command line finds the server that runs on the same data folder: a file which only the folder's owner can
 * read. Whoever can read it can read the data as well, so it gives the rights of an administrator.
 */
const runningServer = z.object({
  pid: z.number().int(),
  url: z.string(),
  token: z.string(),
  mqttPort: z.number().int(),
});
export type RunningServer = z.infer<typeof runningServer>;

export function announceServer(file: string, server: RunningServer): void {
  writeFileSync(`${file}.new`, JSON.stringify(server), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function withdrawServer(file: string): void {
  rmSync(file, { force: true });
}

/** The server that runs on this folder now, or null: a file left behind by a killed one does not count. */
export function findServer(file: string): RunningServer | null {
  if (!existsSync(file)) return null;
  const server = announced(readFileSync(file, "utf8"));
  return server !== null && isAlive(server.pid) ? server : null;
}

/** Null for what a power cut left of an announcement. */
function announced(text: string): RunningServer | null {
  try {
    return runningServer.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
