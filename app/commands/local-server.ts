import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { findServer, type RunningServer } from "../data-folder/running-server.ts";
import { type CommandContext, UserError } from "./context.ts";

/** The server on this installation's data folder, with the rights of an administrator; null when none runs. */
export function localServer(context: CommandContext): RunningServer | null {
  return findServer(openDataFolder(context.settings().data).server);
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
  if (server === null) throw new UserError("No server runs on this data folder. Start it: canhdong start");
  const headers = {
    authorization: `Bearer ${server.token}`,
    ...(init.body !== undefined && { "content-type": "application/json" }),
  };
  const response = await fetch(`${server.url}/api/v1${path}`, { ...init, headers });
  if (response.ok) return response;
  const { message = response.statusText, details = [] } = (await response.json().catch(() => ({}))) as {
    message?: string;
    details?: { path: string; message: string }[];
  };
  throw new UserError([message, ...details.map((one) => `  ${one.path}: ${one.message}`)].join("\n"));
}
