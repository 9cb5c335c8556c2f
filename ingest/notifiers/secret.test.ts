import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { secret } from "./secret.ts";

const folder = mkdtempSync(join(tmpdir(), "canhdong-secret-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const problemOf = (written: unknown) =>
  secret
    .safeParse(written)
    .error!.issues.map(({ message }) => message)
    .join();

test("a secret is read from a file, from the environment, or is openly there where somebody insists", () => {
  writeFileSync(join(folder, "token"), "bí mật\n");
  vi.stubEnv("CANHDONG_TEST_SECRET", "từ môi trường");
  expect(secret.parse({ file: join(folder, "token") })).toBe("bí mật");
  expect(secret.parse({ env: "CANHDONG_TEST_SECRET" })).toBe("từ môi trường");
  expect(secret.parse({ plain: "ai cũng thấy" })).toBe("ai cũng thấy");
});

test("a secret that stands in the configuration itself is refused, and the refusal does not repeat it", () => {
  expect(problemOf("mật-khẩu-rất-dài")).toMatch(/must not stand here openly: write `{ env: NAME }`/);
  expect(problemOf("mật-khẩu-rất-dài")).not.toContain("mật-khẩu");
});

test("a secret that is not there is told by where it was looked for", () => {
  expect(problemOf({ file: join(folder, "nowhere") })).toMatch(/nowhere, which cannot be read \(ENOENT\)/);
  expect(problemOf({ env: "CANHDONG_NOT_SET" })).toMatch(/CANHDONG_NOT_SET, which is not set/);
  writeFileSync(join(folder, "empty"), "\n");
  expect(problemOf({ file: join(folder, "empty") })).toBe("is empty");
  expect(problemOf({ vault: "x" })).toMatch(/must be `{ env: NAME }`/);
});
