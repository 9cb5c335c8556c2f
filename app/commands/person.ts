import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { maskedPhone, type Registry } from "../../devices/index.ts";
import type { CommandContext } from "./context.ts";
import { several } from "./options.ts";
import { withRegistry } from "./registry-of.ts";
import { table } from "./table.ts";

interface PersonOptions {
  readonly name?: string;
  readonly language?: "vi" | "en";
  readonly phone?: string;
  readonly email?: string;
  readonly place?: readonly string[];
  readonly commune?: readonly string[];
}

/** `canhdong person …`: who may sign in to the page, and what they see there. */
export function registerPerson(program: Command, context: CommandContext): void {
  const person = program.command("person").description("people who sign in: add, list, password, remove");
  const nowMs = context.now();

  person
    .command("add <role> <id>")
    .description("role: admin, officer or farmer; prints a one-time password")
    .option("--name <text>", "full name")
    .option("--language <vi|en>", "", "vi")
    .option("--phone <number>", "")
    .option("--email <address>", "")
    .option("--place <id>", "a farmer's own place; may be given more than once", several)
    .option("--commune <code>", "a commune an officer looks after; may be given more than once", several)
    .action((role: "admin" | "officer" | "farmer", id: string, options: PersonOptions) =>
      withRegistry(context, async (registry) => {
        registry.addPerson(
          {
            id,
            role,
            name: options.name ?? id,
            language: options.language ?? "vi",
            phone: options.phone ?? null,
            email: options.email ?? null,
            places: [...(options.place ?? [])],
            communes: [...(options.commune ?? [])],
          },
          nowMs,
        );
        context.out(await oneTimePassword(registry, id, nowMs));
      }),
    );

  person
    .command("list")
    .description("who may sign in; telephone numbers are masked")
    .action(() =>
      withRegistry(context, (registry) => {
        const rows = registry
          .people()
          .map(({ id, name, role, phone }) => [id, name, role, phone === null ? "-" : maskedPhone(phone)]);
        context.out(table([["ID", "NAME", "ROLE", "PHONE"], ...rows]));
      }),
    );

  person
    .command("password <id>")
    .description("sets a new one-time password and ends every session of this person")
    .action((id: string) =>
      withRegistry(context, async (registry) => context.out(await oneTimePassword(registry, id, nowMs))),
    );

  person
    .command("remove <id>")
    .description("erases a person: name, number, address and password")
    .action((id: string) =>
      withRegistry(context, (registry) => {
        registry.removePerson(id, nowMs);
        context.out(`${id} is erased.\n`);
      }),
    );
}

async function oneTimePassword(registry: Registry, id: string, nowMs: number): Promise<string> {
  const password = randomBytes(9).toString("base64url");
  await registry.setPassword(id, password, nowMs, { mustChange: true });
  return `${id} signs in once with this password, and then chooses another: ${password}\n`;
}
