import { readFileSync } from "node:fs";
import { z } from "zod";

const example = "`{ env: NAME }`, `{ file: path }`";

/**
 * A secret as a configuration names it: by an environment variable, by a file, or openly where somebody insists. Files end up in
 * backups, tickets and screenshots, so the configuration itself holds none by accident. It is read while the configuration is checked:
 * what cannot be read is told with its path before the first socket opens. No error ever holds the secret.
 */
export const secret = z
  .union(
    [
      z.strictObject({ env: z.string().min(1) }),
      z.strictObject({ file: z.string().min(1) }),
      z.strictObject({ plain: z.string().min(1) }),
    ],
    {
      error: ({ input }) =>
        typeof input === "string"
          ? `must not stand here openly: write ${example}, or \`{ plain: … }\` if it must`
          : `${input === undefined ? "is missing; " : ""}must be ${example} or \`{ plain: … }\``,
    },
  )
  .transform((named, context) => {
    const { value, problem } = readSecret(named);
    if (value !== "" && problem === undefined) return value;
    context.addIssue({ code: "custom", message: problem ?? "is empty", input: undefined });
    return z.NEVER;
  });

function readSecret(named: { env: string } | { file: string } | { plain: string }): {
  value: string;
  problem?: string;
} {
  if ("plain" in named) return { value: named.plain };
  if ("env" in named) {
    const value = process.env[named.env];
    return value === undefined
      ? { value: "", problem: `names the environment variable ${named.env}, which is not set` }
      : { value: value.trim() };
  }
  return readSecretFile(named.file);
}

function readSecretFile(file: string): { value: string; problem?: string } {
  try {
    return { value: readFileSync(file, "utf8").trim() };
  } catch (error) {
    return {
      value: "",
      problem: `names the file ${file}, which cannot be read (${(error as NodeJS.ErrnoException).code})`,
    };
  }
}
