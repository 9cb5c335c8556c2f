import { randomBytes } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import { type CommandContext, UserError } from "./context.ts";
import { table } from "./table.ts";

/** What of docker-compose.yml names files that must be there before the first start. */
const composeFile = z.object({ secrets: z.record(z.string(), z.object({ file: z.string() })) });

/** The platform makes it, and tells it once; nobody can make it up before. */
const flowsSecret = "flows-service-secret";

/** `canhdong compose …`: what docker-compose.yml needs beside it. */
export function registerCompose(program: Command, context: CommandContext): void {
  const compose = program.command("compose").description("the stack of docker-compose.yml: init");

  compose
    .command("init [folder]")
    .description("makes the secrets and the configuration that docker-compose.yml needs; keeps what is there")
    .addHelpText(
      "after",
      `
Without Node on the machine:
  $ docker build --target app --tag canhdong:0.1.0 .
  $ docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/stack" canhdong:0.1.0 compose init /stack`,
    )
    .action((folder = ".") => context.out(initStack(folder)));
}

/** @returns what was made and what is next; never a secret */
function initStack(folder: string): string {
  const files = Object.entries(secretsOf(folder)).filter(([name]) => name !== flowsSecret);
  const rows = files.map(([name, { file }]) => [name, file, makeSecret(join(folder, file))]);
  const settings = makeSettings(folder);
  return `${table([["SECRET", "FILE", ""], ...rows])}canhdong.yaml ${settings}\n\n${nextSteps}`;
}

function secretsOf(folder: string): z.infer<typeof composeFile>["secrets"] {
  const file = join(folder, "docker-compose.yml");
  if (!existsSync(file))
    throw new UserError(`There is no ${file}. Run this where docker-compose.yml is, or name that folder.`);
  const read = composeFile.safeParse(parse(readFileSync(file, "utf8"), { merge: true }));
  if (!read.success) throw new UserError(`${file} has no secrets from files: it is not the one of Canhdong.`);
  return read.data.secrets;
}

/**
 * The folder is its owner's alone, so nobody on the machine reaches the file; the file itself may be read, because Compose mounts it as
 * it is, and the programs in the containers run as users of their own.
 */
function makeSecret(file: string): "made" | "was there" {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (existsSync(file)) return "was there";
  writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o444, flag: "wx" });
  chmodSync(file, 0o444);
  return "made";
}

function makeSettings(folder: string): string {
  const file = join(folder, "canhdong.yaml");
  if (existsSync(file)) return "was there";
  copyFileSync(join(folder, "deploy/canhdong.yaml"), file);
  // Read by the user of the container. It holds no secret.
  chmodSync(file, 0o644);
  return "made: look through it";
}

const nextSteps = `Next:
  1. docker compose --profile core up -d --build
  2. The administrator's one-time password:  docker compose logs canhdong | grep one-time
     Grafana's (user admin):                 cat deploy/secrets/grafana-admin-password
  3. For Node-RED, once, with the topic filters that its flows need (docs/node-red.md):
       docker compose exec canhdong node app/canhdong.js --config /etc/canhdong/canhdong.yaml service add flows …
     and its secret into deploy/secrets/${flowsSecret}, chmod 444; its flows into .env (deploy/flows/README.md);
     then add --profile flows.
  4. For HTTPS: CANHDONG_DOMAIN and CANHDONG_GRAFANA_DOMAIN in .env; then add --profile tls.
Keep deploy/secrets as you keep a key: docs/deployment.md says what belongs into a backup.
`;
