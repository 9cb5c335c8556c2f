import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { several } from "./options.ts";
import { withRegistry } from "./registry-of.ts";
import { table } from "./table.ts";

/** `canhdong service …`: programs, not devices, that talk to the broker. */
export function registerService(program: Command, context: CommandContext): void {
  const service = program
    .command("service")
    .description("programs that talk to the broker: add, list, rotate, remove");
  const nowMs = context.now();

  service
    .command("add <name>")
    .description("lets a program connect; prints its secret, once")
    .option("--publish <filter>", "topic filter it may publish under; may be given more than once", several)
    .option("--subscribe <filter>", "topic filter it may subscribe to; may be given more than once", several)
    .addHelpText(
      "after",
      `
Example:
  $ canhdong service add bang-tin --subscribe 'canhdong/v1/alerts/#'`,
    )
    .action((name: string, { publish = [], subscribe = [] }: { publish?: string[]; subscribe?: string[] }) =>
      withRegistry(context, (registry) => {
        const { secret } = registry.addService({ name, publish, subscribe }, nowMs);
        context.out(
          table([
            ["user name", name],
            ["secret", `${secret}   (told this once)`],
          ]),
        );
      }),
    );

  service
    .command("list")
    .description("all programs and what they may do")
    .action(() =>
      withRegistry(context, (registry) => {
        const rows = registry
          .services()
          .map(({ name, publish, subscribe }) => [name, publish.join(" "), subscribe.join(" ")]);
        context.out(table([["NAME", "PUBLISH", "SUBSCRIBE"], ...rows]));
      }),
    );

  service
    .command("rotate <name>")
    .description("gives a program a new secret; prints it, once")
    .action((name: string) =>
      withRegistry(context, (registry) =>
        context.out(`secret  ${registry.rotateServiceSecret(name, nowMs)}\n`),
      ),
    );

  service
    .command("remove <name>")
    .description("lets a program connect no more")
    .action((name: string) =>
      withRegistry(context, (registry) => {
        registry.removeService(name, nowMs);
        context.out(`${name} is removed.\n`);
      }),
    );
}
