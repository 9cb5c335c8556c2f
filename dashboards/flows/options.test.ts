import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withSecretsFromFiles } from "./environment.ts";
import { layFlows } from "./lay-flows.ts";
import { optionsFrom } from "./options.ts";
import { settingsFrom } from "./settings.ts";

const given = { CANHDONG_SERVICE_SECRET: "0123456789abcdef", FLOWS_CREDENTIAL_SECRET: "fedcba9876543210" };
const hash = `$2b$10$${"a".repeat(53)}`;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-options-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function problems(env: Record<string, string>): string[] {
  try {
    optionsFrom(env);
    return [];
  } catch (error) {
    return (error as Error).message.split("\n").map((line) => line.split(":")[0] as string);
  }
}

describe("the environment", () => {
  test("two secrets are all that is needed: no editor, nothing beyond this machine", () => {
    expect(optionsFrom(given)).toMatchObject({
      FLOWS_EDITOR: "off",
      FLOWS_HOST: "127.0.0.1",
      FLOWS_FILES: [],
    });
  });

  test("every problem is told at once, by its variable", () => {
    expect(problems({ FLOWS_CREDENTIAL_SECRET: "short", FLOWS_FILES: "nowhere", FLOWS_PORT: "x" })).toEqual([
      "CANHDONG_SERVICE_SECRET",
      "FLOWS_CREDENTIAL_SECRET",
      "FLOWS_FILES.0",
      "FLOWS_PORT",
    ]);
  });

  test("an editor without a password is refused, and on a network one without TLS", () => {
    expect(problems({ ...given, FLOWS_EDITOR: "on" })).toEqual(["FLOWS_EDITOR_PASSWORD_HASH"]);
    const withPassword = { ...given, FLOWS_EDITOR: "on", FLOWS_EDITOR_PASSWORD_HASH: hash };
    expect(problems(withPassword)).toEqual([]);
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "127.evil.vn"])
      expect([host, problems({ ...withPassword, FLOWS_HOST: host })]).toEqual([host, ["FLOWS_TLS_CERT"]]);
    const tls = { FLOWS_TLS_CERT: "cert.pem", FLOWS_TLS_KEY: "key.pem" };
    expect(problems({ ...withPassword, FLOWS_HOST: "0.0.0.0", ...tls })).toEqual([]);
  });

  test("a password in clear, or hashed too cheaply, is refused", () => {
    for (const password of ["hunter2", `$2b$04$${"a".repeat(53)}`])
      expect(problems({ ...given, FLOWS_EDITOR_PASSWORD_HASH: password })).toEqual([
        "FLOWS_EDITOR_PASSWORD_HASH",
      ]);
  });

  test("secrets may come as files, without the line break at their end", () => {
    const file = join(folder, "secret");
    writeFileSync(file, "0123456789abcdef\n");
    const env = withSecretsFromFiles({
      CANHDONG_SERVICE_SECRET_FILE: file,
      OTHER_FILE: file,
      FLOWS_TELEGRAM_TOKEN_FILE: file,
    });
    expect(env).toMatchObject({
      CANHDONG_SERVICE_SECRET: "0123456789abcdef",
      FLOWS_TELEGRAM_TOKEN: "0123456789abcdef",
    });
    expect(env).not.toHaveProperty("OTHER");
  });
});

test("without the editor Node-RED listens to nothing", () => {
  expect(settingsFrom(optionsFrom(given), () => 0)).toMatchObject({
    httpAdminRoot: false,
    httpNodeRoot: false,
    disableEditor: true,
  });
});

describe("reviewed flows", () => {
  const write = (name: string, parts: unknown) => {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(parts));
    return file;
  };

  test("of two files with the same id none is taken", () => {
    const files = [write("a.json", [{ id: "1" }]), write("b.json", [{ id: "2" }, { id: "1" }])];
    expect(() => layFlows(join(folder, "laid"), files)).toThrow("the id 1 stands in two flows");
  });

  test("what is no list of nodes is refused", () => {
    for (const wrong of [{}, [{}], ["x"]])
      expect(() => layFlows(join(folder, "laid"), [write("c.json", wrong)])).toThrow("is no flow");
  });
});
