import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Environment } from "./environment.ts";

const examples = join(import.meta.dirname, "nodes/examples");

/** A name without dots and slashes is one of the flows that come along; anything else is a file. */
const flowFile = z
  .string()
  .transform((name) => (/^[a-z0-9-]+$/.test(name) ? join(examples, `${name}.json`) : resolve(name)))
  .refine((file) => existsSync(file), { error: ({ input }) => `there is no such file: ${input}` });

const secret = z.string().min(16, "must have at least 16 characters");

/** The environment variables of Node-RED beside the platform: the one place where their names and defaults are written. */
const variables = z
  .object({
    CANHDONG_URL: z.url().default("http://127.0.0.1:8080").describe("The platform's HTTP address."),
    CANHDONG_MQTT: z.url().default("mqtt://127.0.0.1:1883").describe("The platform's broker."),
    CANHDONG_SERVICE: z
      .string()
      .min(1)
      .default("flows")
      .describe("Name of the service, see `canhdong service add`."),
    CANHDONG_SERVICE_SECRET: secret.describe("Its secret."),
    FLOWS_FOLDER: z
      .string()
      .min(1)
      .default("./data-flows")
      .describe("Where Node-RED keeps what it has to remember."),
    FLOWS_CREDENTIAL_SECRET: secret.describe("With it Node-RED encrypts credentials of flows on disk."),
    FLOWS_FILES: z
      .string()
      .default("")
      .transform((list) => list.split(",").filter((name) => name.trim() !== ""))
      .pipe(z.array(z.string().trim().pipe(flowFile)))
      .describe("Reviewed flows, taken anew at every start; left out, what the editor has saved runs."),
    FLOWS_EDITOR: z.enum(["off", "on"]).default("off"),
    FLOWS_EDITOR_PASSWORD_HASH: z
      .string()
      .regex(
        /^\$2[aby]\$(0[89]|[1-3]\d)\$.{53}$/,
        "must be a bcrypt hash of cost 8 or more, as `node-red admin hash-pw` makes it",
      )
      .optional(),
    FLOWS_HOST: z.string().min(1).default("127.0.0.1"),
    FLOWS_PORT: z.coerce.number().int().min(0).max(65_535).default(1880),
    FLOWS_TLS_CERT: z.string().optional(),
    FLOWS_TLS_KEY: z.string().optional(),
    FLOWS_LANGUAGE: z
      .enum(["vi", "en-US"])
      .default("vi")
      .describe("Of what nodes say under themselves and in the log."),
  })
  .superRefine((given, context) => {
    const missing = (path: keyof typeof given, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (given.FLOWS_EDITOR === "off") return;
    if (given.FLOWS_EDITOR_PASSWORD_HASH === undefined)
      missing("FLOWS_EDITOR_PASSWORD_HASH", "is missing: whoever can use the editor can run programs here");
    const isEncrypted = given.FLOWS_TLS_CERT !== undefined && given.FLOWS_TLS_KEY !== undefined;
    if (!isLoopback(given.FLOWS_HOST) && !isEncrypted)
      missing(
        "FLOWS_TLS_CERT",
        "and FLOWS_TLS_KEY are missing: on a network the editor's password would travel in clear",
      );
  });

export type Options = z.output<typeof variables>;

/** @throws Error with every problem, a line each */
export function optionsFrom(env: Environment): Options {
  const checked = variables.safeParse(env);
  if (checked.success) return checked.data;
  throw new Error(
    checked.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
