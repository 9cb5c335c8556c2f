import { join } from "node:path";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { findServer, type RunningServer } from "../data-folder/running-server.ts";
import { demoSettings } from "../demo/demo-settings.ts";
import { type CommandContext, UserError } from "./context.ts";

/** The server on this installation's data folder, with the rights of an administrator; null when none runs. */
export function localServer(context: CommandContext): RunningServer | null {
  return findServer(openDataFolder(context.settings().data).server);
}

/** What whoever forgot `--demo` wants to know; null while no demonstration runs beside an idle data folder. */
export function demoHint(context: CommandContext): string | null {
  const { data } = context.settings();
  if (findServer(join(data, "server.json")) !== null) return null;
  if (findServer(join(demoSettings(context.settings()).data, "server.json")) === null) return null;
  return "The demonstration runs, on a data folder of its own: canhdong --demo …";
}

/** @throws UserError when no server runs, or when it answers with a problem */
export async function askLocalServer<T>(
  context: CommandContext,
  path: string,
  init: RequestInit = {},
): Promise<T> {
  const response = await openLocalServer(context, path, init);
  return (await response.json()) as T;
}

/** The same with the answer as it comes, for what is too large to hold. */
export async function openLocalServer(
  context: CommandContext,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const server = localServer(context);
  if (server === null)
    throw new UserError(
      `No server runs on this data folder. ${demoHint(context) ?? "Start it: canhdong start"}`,
    );
  const headers = {
    authorization: `Bearer ${server.token}`,
    ...(init.body !== undefined && { "content-type": "application/json" }),
  };
  const response = await fetch(`${server.url}/api/v1${path}`, { ...init, headers }).catch((cause) => {
    throw new UserError(
      `The server of this data folder does not answer at ${server.url} (${reasonOf(cause)}). Look at its log, or start it again.`,
    );
  });
  if (response.ok) return response;
  const { message = response.statusText, details = [] } = (await response.json().catch(() => ({}))) as {
    message?: string;
    details?: { path: string; message: string }[];
  };
  throw new UserError([message, ...details.map((one) => `  ${one.path}: ${one.message}`)].join("\n"));
}

/** `fetch` says no more than that it failed; what is behind it says why. */
function reasonOf({ message, cause }: Error): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
}
