import { UserError } from "./context.ts";

/** Errors of our parts whose message is written for whoever runs the program. */
const speakForThemselves = new Set(["JournalError", "RulesError", "RegistryError", "SchemaTooNew"]);

const room = "Nothing that was kept is lost. Make room, and try again.";
const readOnly =
  "The data folder cannot be written: its disk has become read-only, or this user has no right.";

const ofTheSystem: Readonly<Record<string, string>> = {
  ENOSPC: `The disk is full. ${room}`,
  EDQUOT: `The quota of this user on the disk is used up. ${room}`,
  EROFS: readOnly,
};

/** SQLite's primary result codes. */
const ofSqlite: Readonly<Record<number, string>> = {
  5: "Another program keeps a database of the data folder busy. Try again in a moment.",
  8: readOnly,
  11: "A database of the data folder is damaged. Restore a backup: canhdong restore --help",
  13: `The disk that holds the data folder is full. ${room}`,
  14: "A database of the data folder cannot be opened: this user has no right to, or the folder has gone.",
  26: "A file of the data folder is no database any more. Restore a backup: canhdong restore --help",
};

/** What whoever typed the command can mend, as a `UserError`; anything else as it is. */
export function explained(error: unknown): unknown {
  const {
    code = "",
    message,
    name,
    errcode = 0,
    port,
    address,
  } = error as NodeJS.ErrnoException & {
    errcode?: number;
    port?: number;
    address?: string;
  };
  if (code === "EADDRINUSE")
    return new UserError(
      `Port ${port} on ${address} is taken by another program. Stop it, or choose another port in the configuration.`,
    );
  if (code === "EACCES" && port !== undefined)
    return new UserError(
      `Port ${port} may not be opened by this user. Ports below 1024 need rights; choose a higher one.`,
    );
  if (speakForThemselves.has(name)) return new UserError(message);
  // The low byte is the primary code; the rest tells more of the same.
  const told = code === "ERR_SQLITE_ERROR" ? ofSqlite[errcode & 0xff] : ofTheSystem[code];
  return told === undefined ? error : new UserError(`${told} (${message})`);
}
