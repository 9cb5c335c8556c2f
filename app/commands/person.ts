import { randomBytes } from "node:crypto";
import { type Command, Option } from "commander";
import {
  type ConsentPurpose,
  consentPurposes,
  type Medium,
  maskedPhone,
  media,
  type Registry,
} from "../../devices/index.ts";
import type { PersonRecords } from "../../ingest/alerts/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { type CommandContext, UserError } from "./context.ts";
import { localServer, openLocalServer } from "./local-server.ts";
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

interface ConsentOptions {
  readonly purpose: ConsentPurpose;
  readonly how: string;
  readonly textVersion: string;
  readonly withdraw?: boolean;
}

/** `canhdong person …`: who may sign in to the page, and what they see there. */
export function registerPerson(program: Command, context: CommandContext): void {
  const person = program
    .command("person")
    .description("people who sign in or are told: add, list, consent, export, erase");
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
    .command("consent <id> <medium>")
    .description(`writes down that a person agrees to be told: ${media.join(", ")}`)
    .requiredOption("--how <text>", "how it was said, such as: signed form no. 12")
    .option("--text-version <version>", "of the words they agreed to", "1")
    .addOption(new Option("--purpose <purpose>").choices(consentPurposes).default("alerts"))
    .option("--withdraw", "they take it back")
    .action((id: string, medium: Medium, options: ConsentOptions) =>
      withRegistry(context, (registry) => {
        const { purpose, how, textVersion, withdraw = false } = options;
        registry.writeConsent({ person: id, purpose, medium, given: !withdraw, how, textVersion }, nowMs);
        const what = withdraw ? "agrees no more" : "agrees";
        context.out(`${id} ${what} to be told by ${medium} (${purpose}).\n`);
      }),
    );

  person
    .command("export <id>")
    .description("everything that is kept of a person, in the open, as JSON: it is theirs to have")
    .action((id: string) =>
      withRegistry(context, async (registry) => {
        const { personFile } = await import("../../ingest/recipients/index.ts");
        const file = await withRecords(context, (records) => personFile(registry, records, id, nowMs));
        if (file === undefined) throw unknownPerson(id);
        context.out(`${JSON.stringify(file, null, 2)}\n`);
      }),
    );

  person
    .command("erase <id>")
    .alias("remove")
    .description("erases a person; what they did about alerts stays under a pseudonym")
    .action(async (id: string) => {
      // A running server holds open alerts in memory, with who took them on.
      if (localServer(context) !== null)
        await openLocalServer(context, `/people/${encodeURIComponent(id)}`, { method: "DELETE" });
      else await eraseHere(context, id, nowMs);
      context.out(`${id} is erased.\n`);
    });
}

function eraseHere(context: CommandContext, id: string, nowMs: number): Promise<void> {
  return withRegistry(context, async (registry) => {
    const { erasePerson } = await import("../../ingest/recipients/index.ts");
    const pseudonym = `erased-${randomBytes(4).toString("hex")}`;
    const wasThere = await withRecords(context, (records) =>
      erasePerson(registry, records, { id, pseudonym, nowMs }),
    );
    if (!wasThere) throw unknownPerson(id);
  });
}

async function withRecords<T>(context: CommandContext, work: (records: PersonRecords) => T): Promise<T> {
  const { openPersonRecords } = await import("../../ingest/alerts/index.ts");
  const records = openPersonRecords(openDataFolder(context.settings().data).watch);
  try {
    return work(records);
  } finally {
    records.close();
  }
}

const unknownPerson = (id: string) => new UserError(`Nothing is known of a person "${id}".`);

async function oneTimePassword(registry: Registry, id: string, nowMs: number): Promise<string> {
  const password = randomBytes(9).toString("base64url");
  await registry.setPassword(id, password, nowMs, { mustChange: true });
  return `${id} signs in once with this password, and then chooses another: ${password}\n`;
}
