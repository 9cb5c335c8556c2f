import { openRegistry, type Registry, RegistryError } from "../../devices/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { type CommandContext, UserError } from "./context.ts";
import { demoHint } from "./local-server.ts";

/**
 * Opens the registry for one command and closes it again; also while a server has it open, which then sees the change.
 * What the registry refuses is told as something the user can mend.
 */
export async function withRegistry<T>(
  context: CommandContext,
  work: (registry: Registry) => T | Promise<T>,
): Promise<T> {
  const folder = openDataFolder(context.settings().data);
  const hint = demoHint(context);
  if (hint !== null) context.err(`${hint}\n`);
  const registry = openRegistry(folder.registry, folder.secretKey);
  try {
    return await work(registry.as("cli"));
  } catch (error) {
    if (error instanceof RegistryError) throw new UserError(error.message);
    throw error;
  } finally {
    registry.close();
  }
}
