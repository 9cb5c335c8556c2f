import { isAbsolute, normalize, sep } from "node:path";
import { z } from "zod";

/** Lies in every backup, and is written last: a backup without it is not whole. */
export const manifestFile = "backup.json";

/** Within the backup: a path that leads elsewhere would let a forged backup write anywhere. */
const inside = z.string().refine((path) => {
  const way = normalize(path);
  return !isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`);
}, "leads out of the backup");

const backedUpFile = z.object({ path: inside, bytes: z.number(), sha256: z.string() });
export type BackedUpFile = z.infer<typeof backedUpFile>;

export const backupManifest = z.object({ version: z.literal(1), files: z.array(backedUpFile) });
