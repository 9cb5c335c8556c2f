import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { commandLine } from "../testing/command-line.ts";

const root = resolve(import.meta.dirname, "../..");
const compose = () => commandLine("compose");
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** A checkout with what belongs to the stack. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-stack-"));
  onTestFinished(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });
  for (const name of ["docker-compose.yml", "deploy/canhdong.yaml"])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  return folder;
}
const secretsIn = (folder: string) => {
  const place = join(folder, "deploy/secrets");
  return new Map(readdirSync(place).map((name) => [name, readFileSync(join(place, name), "utf8")]));
};

test("each secret is made once, differs from the others, and is not told", async () => {
  const folder = checkout();
  const { code, out, err } = await compose()("init", folder);
  expect([code, err]).toEqual([0, ""]);
  const made = secretsIn(folder);
  expect([...made.keys()].sort()).toEqual([
    "flows-credential-secret",
    "grafana-admin-password",
    "grafana-influx-password",
    "influx-admin-password",
    "influx-token",
  ]);
  expect(new Set(made.values()).size).toBe(made.size);
  for (const secret of made.values()) {
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(out).not.toContain(secret);
  }
  expect(out).toMatch(/docker compose --profile core up/);
});

test("nobody else on the machine gets at them, and the users of the containers can read them", async () => {
  const folder = checkout();
  await compose()("init", folder);
  const place = join(folder, "deploy/secrets");
  expect(modeOf(place)).toBe(0o700);
  for (const name of readdirSync(place)) expect(modeOf(join(place, name))).toBe(0o444);
});

test("what is there stays as it is", async () => {
  const folder = checkout();
  await compose()("init", folder);
  const before = secretsIn(folder);
  writeFileSync(join(folder, "canhdong.yaml"), "data: elsewhere\n");
  rmSync(join(folder, "deploy/secrets/influx-token"));
  const { out } = await compose()("init", folder);
  const after = secretsIn(folder);
  for (const [name, secret] of after) expect(secret === before.get(name)).toBe(name !== "influx-token");
  expect(out).toMatch(/influx-token +\S+ +made\n/);
  expect(out).toMatch(/grafana-admin-password +\S+ +was there\n/);
  expect(readFileSync(join(folder, "canhdong.yaml"), "utf8")).toBe("data: elsewhere\n");
});

test("without the compose file it says where to run it", async () => {
  const { code, err } = await compose()("init", join(tmpdir(), "no-such-folder"));
  expect([code, err]).toEqual([1, expect.stringMatching(/no .*docker-compose\.yml/)]);
});
