import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/**
 * Builds the page into a folder of its own, as users get it. In a process of its own, because inside a test runner Vite
 * would build for testing.
 */
export async function buildPage(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "canhdong-page-"));
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const page = fileURLToPath(new URL("..", import.meta.url));
  const { NODE_ENV: _, ...env } = process.env;
  await promisify(execFile)(process.execPath, [vite, "build", page, "--outDir", folder, "--emptyOutDir"], {
    env,
  });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
