import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openRegistry, type Registry } from "./registry.ts";

export interface TemporaryRegistry {
  readonly registry: Registry;
  readonly file: string;
  readonly secretKey: Uint8Array;
  /** The same file once more, as another process would have it. */
  openAgain(): Registry;
}

/** For tests: a registry in a folder of its own, both gone when the test is over. */
export function temporaryRegistry(): TemporaryRegistry {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-registry-"));
  const file = join(folder, "registry.db");
  const secretKey = randomBytes(32);
  const opened: Registry[] = [];
  const openAgain = () => {
    const registry = openRegistry(file, secretKey);
    opened.push(registry);
    return registry;
  };
  onTestFinished(() => {
    for (const registry of opened) registry.close();
    rmSync(folder, { recursive: true });
  });
  return { registry: openAgain(), file, secretKey, openAgain };
}
