import { InvalidArgumentError } from "commander";
import type { Register, Snapshots } from "../../linkage/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { type CommandContext, UserError } from "./context.ts";

/** Opens the register of linkage models for one command and closes it again. */
export async function withRegister<T>(
  context: CommandContext,
  work: (register: Register) => T | Promise<T>,
): Promise<T> {
  const { createUnitBook, openRegister, shippedUnits } = await import("../../linkage/index.ts");
  const file = openDataFolder(context.settings().data).linkage;
  const register = openRegister(file, createUnitBook(shippedUnits()));
  try {
    return await work(register);
  } finally {
    register.close();
  }
}

/** Opens the snapshots for one command; what they refuse is told as something the user can mend. */
export async function withSnapshots<T>(
  context: CommandContext,
  work: (snapshots: Snapshots) => T | Promise<T>,
): Promise<T> {
  const { openSnapshots, SnapshotError } = await import("../../linkage/index.ts");
  const snapshots = openSnapshots(openDataFolder(context.settings().data).snapshots);
  try {
    return await work(snapshots);
  } catch (error) {
    if (error instanceof SnapshotError) throw new UserError(error.message);
    throw error;
  } finally {
    snapshots.close();
  }
}

/** Parser of an option or argument. */
export function snapshotNumber(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1)
    throw new InvalidArgumentError(`"${text}" is no number of a snapshot.`);
  return id;
}
