import { z } from "zod";

/** Lies in every backup, and is written last: a backup without it is not whole. */
export const manifestFile = "backup.json";

const backedUpFile = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() });
export type BackedUpFile = z.infer<typeof backedUpFile>;

export const backupManifest = z.object({ version: z.literal(1), files: z.array(backedUpFile) });
