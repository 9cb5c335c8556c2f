import { z } from "zod";

/** The configuration file: the one place where its shape, its defaults and its explanations are written. */
export const settings = z.strictObject({
  data: z.string().min(1).default("./data").describe("Folder in which everything is kept."),
  language: z
    .enum(["vi", "en"])
    .default("vi")
    .describe("Language of alerts to people who have not chosen one."),
});
export type Settings = z.infer<typeof settings>;
