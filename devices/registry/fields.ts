import { z } from "zod";
import { RegistryError } from "./registry-error.ts";

/** Fields that several kinds of records share, with the rules that the messages quote. */

export const Id = z
  .string()
  .regex(
    /^[a-z0-9_][a-z0-9._-]{0,63}$/,
    "must be 1 to 64 of the characters a-z 0-9 - _ . not beginning with . or -",
  );

/**
 * Composed letters, so that what was typed on a phone equals what was typed on a computer. One line: names stand in tables,
 * in text messages and on terminals, which obey control characters.
 */
export const Label = z
  .string()
  .trim()
  .normalize("NFC")
  .regex(/^\P{Cc}*$/u, "must be one line, without tabs and control characters")
  .max(200, "must have at most 200 characters");

export const Latitude = z.number().min(-90).max(90).nullable().default(null);
export const Longitude = z.number().min(-180).max(180).nullable().default(null);

export const CommuneCode = z.string().regex(/^\d{5}$/, "must be the commune's five digits, such as 18685");

/**
 * The 64 bits that name a LoRaWAN device everywhere (LoRaWAN 1.0.4, 6.1.1.2), as they stand on its label: with or without
 * separators, in any case. Kept as ChirpStack writes them.
 */
export const DevEui = z
  .string()
  .transform((text) => text.replaceAll(/[\s:-]/g, "").toLowerCase())
  .refine((eui) => /^[0-9a-f]{16}$/.test(eui), "must be 16 hexadecimal digits, such as a84041ffff123456");

export const Ms = z.number().int().min(0).max(8.64e15);

/** For a schema with both coordinates: a point needs two. */
export function bothOrNone(point: { latitude: number | null; longitude: number | null }): boolean {
  return (point.latitude === null) === (point.longitude === null);
}
export const bothOrNoneRule = { message: "latitude and longitude come together", path: ["latitude"] };

/** @throws RegistryError `invalid` with every problem of the value */
export function checked<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) =>
    [path.join("."), message].filter(Boolean).join(": "),
  );
  throw new RegistryError("invalid", `${what}: ${problems.join("; ")}`);
}
