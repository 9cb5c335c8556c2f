import { z } from "zod";

export const languages = ["vi", "en"] as const;
export type Language = (typeof languages)[number];

/** One text in both languages. */
export type Texts = Readonly<Record<Language, string>>;

/** What a text may say of the alert it stands in: `{value}`. */
export const placeholders = ["value", "limit", "device", "place", "since"] as const;
export type Placeholder = (typeof placeholders)[number];

// Composed characters (NFC): the same letter typed on two keyboards is one letter, and counts once in an SMS.
const text = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .transform((written) => written.normalize("NFC"))
  .superRefine((written, context) => {
    for (const [whole, name] of written.matchAll(/\{([^{}]*)\}/g)) {
      if ((placeholders as readonly string[]).includes(name!)) continue;
      const known = placeholders.map((each) => `{${each}}`).join(", ");
      context.addIssue({ code: "custom", message: `${whole} is not a placeholder; there are ${known}` });
    }
  });

export const texts = z.strictObject({ vi: text, en: text });

/** Puts words in the place of placeholders. Words are never looked through again, so a name with braces stays as it is. */
export function fillIn(template: Texts, words: Readonly<Record<Placeholder, Texts>>): Texts {
  const fill = (language: Language) =>
    template[language].replace(/\{(\w+)\}/g, (_, name: string) => words[name as Placeholder][language]);
  return { vi: fill("vi"), en: fill("en") };
}
