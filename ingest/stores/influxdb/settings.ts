import { z } from "zod";
import { secret } from "../../notifiers/secret.ts";

/** Where an InfluxDB is, and as whom we speak to it. */
export const influxSettings = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: "must be http://HOST:PORT, or https://HOST:PORT" })
      .transform((url) => url.replace(/\/+$/, "")),
    api: z
      .enum(["v2", "v1"])
      .default("v2")
      .describe("v2: writes to /api/v2/write (InfluxDB 2). v1: writes to /write (InfluxDB 1)."),
    database: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "must be letters, digits, _ and -, and begin with no sign")
      .default("canhdong")
      .describe("The database; with v2, the bucket of this name. It holds nothing but our readings."),
    organisation: z.string().min(1).optional().describe("With v2: whose bucket it is."),
    token: secret.optional().describe("With v2: a token that may read and write the bucket."),
    username: z.string().min(1).optional(),
    password: secret.optional(),
    compress: z
      .boolean()
      .default(true)
      .describe("Whether batches go compressed. Not worth its time to a server on the same machine."),
    timeoutMs: z
      .number()
      .int()
      .min(100)
      .max(600_000)
      .default(20_000)
      .describe("How long a batch may take to be written."),
    queryTimeoutMs: z
      .number()
      .int()
      .min(100)
      .max(3_600_000)
      .default(120_000)
      .describe("How long a question may take to be answered."),
  })
  .superRefine((written, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const { api, organisation, token, username, password } = written;
    if (api === "v2" && organisation === undefined) complain("organisation", "is missing: v2 asks for it");
    if (api === "v2" && token === undefined) complain("token", "is missing: v2 asks for it");
    if (api === "v1" && token !== undefined)
      complain("token", "is for v2; v1 takes a username and a password");
    if ((username === undefined) !== (password === undefined))
      complain("password", "goes together with a username: give both, or none");
  });
export type InfluxSettings = z.infer<typeof influxSettings>;
