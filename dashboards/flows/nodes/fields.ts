import { z } from "zod";

/** Fields as Node-RED's editor writes them: numbers are mostly text, and what was left open is an empty text. */
const emptyIs = <T>(fallback: T) => z.preprocess((written) => (written === "" ? fallback : written), z.any());

export const deviceId = z
  .string()
  .regex(
    /^[a-z0-9_][a-z0-9_.-]{0,63}$/,
    "must be the id of a device: 1 to 64 of the characters a-z 0-9 - _ .",
  );

export const quantityName = z
  .string()
  .regex(/^[a-z]+(\.[A-Za-z0-9]+)+$/, "must be the name of a quantity such as water.level");

/** @param fallback what it is when left open */
export function minutes({ fallback, most }: { fallback: number; most: number }) {
  return emptyIs(fallback)
    .default(fallback)
    .pipe(z.coerce.number<unknown>({ error: "must be a number of minutes" }).min(0).max(most));
}

/** JSON written into a field; open: an empty object. */
export const jsonObject = emptyIs("{}")
  .default("{}")
  .transform((text, context) => {
    try {
      return JSON.parse(String(text)) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "must be JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown(), { error: "must be a JSON object" }));

/** Every problem with its field, in one line. */
export function problemsOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
}
