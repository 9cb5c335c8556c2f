import { z } from "zod";
import { isTopicFilter } from "../../../devices/index.ts";

const file = z.string().min(1).nullable().default(null);

const tls = z.strictObject({
  caFile: file.describe(
    "Certificates (PEM) that the broker's must be signed by; null: those that the system trusts.",
  ),
  certFile: file.describe("Our own certificate (PEM), for brokers that ask for one."),
  keyFile: file.describe("Its key (PEM)."),
  serverName: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe("The name in the broker's certificate, when it is not the host of the url."),
  verify: z
    .enum(["full", "none"])
    .default("full")
    .describe("none: anybody may pose as the broker. For a trial on a table, never for a farm."),
});

const filter = z
  .string()
  .refine(isTopicFilter, "must be an MQTT topic filter such as application/+/device/+/event/+")
  .refine((text) => !text.startsWith("$share/"), "must come without $share/: name the group in `share`");

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const intake = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be small letters, digits and hyphens")
      .max(40),
    url: z
      .url({ protocol: /^mqtts?$/, error: "must be mqtt://HOST:PORT, or mqtts://HOST:PORT for TLS" })
      .refine(
        hasOnlyHostAndPort,
        "must be host and port alone; user name and password have settings of their own",
      ),
    mqtt: z.enum(["5", "3.1.1"]).default("5").describe("Version of the protocol."),
    clientId: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe("Names our session at the broker, so no two programs may share it. Default: canhdong-NAME."),
    username: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    passwordFile: z.string().min(1).optional().describe("File with nothing but the password in it."),
    passwordEnv: z.string().min(1).optional().describe("Environment variable with the password in it."),
    plainText: z
      .literal("allow")
      .optional()
      .describe(
        "`allow` lets the password travel without TLS over a network that nobody else can listen to.",
      ),
    filters: z
      .array(filter)
      .min(1)
      .refine((filters) => new Set(filters).size === filters.length, "names a filter twice"),
    share: z
      .string()
      .regex(/^[^+#/\0]+$/, "must be one level of a topic: no + # /")
      .optional()
      .describe("Group of workers among which the broker divides the messages."),
    stripPrefix: z
      .string()
      .default("")
      .describe("Beginning of topics that is cut off before they are read, such as site-1/."),
    tls: tls.prefault({}).describe("For mqtts://."),
  })
  .superRefine((written, context) => {
    for (const { path, message } of contradictions(written)) {
      context.addIssue({ code: "custom", path: [path], message });
    }
  })
  .transform(({ clientId, ...rest }) => ({ ...rest, clientId: clientId ?? `canhdong-${rest.name}` }));

export type MqttIntakeSettings = z.infer<typeof intake>;

/** Foreign brokers whose messages are taken in. */
export const mqttIntakes = z.array(intake).superRefine((intakes, context) => {
  for (const [index, { name, url, clientId }] of intakes.entries()) {
    const earlier = intakes.slice(0, index);
    if (earlier.some((other) => other.name === name)) {
      context.addIssue({
        code: "custom",
        path: [index, "name"],
        message: `is taken by another intake: ${name}`,
      });
    }
    if (earlier.some((other) => other.url === url && other.clientId === clientId)) {
      const message = `is used by another intake of this broker: two with one id would cut each other off`;
      context.addIssue({ code: "custom", path: [index, "clientId"], message });
    }
  }
});

/** The same with every file named from the folder of the configuration. */
export function withFilesFrom(
  path: (file: string) => string,
  { passwordFile, tls, ...rest }: MqttIntakeSettings,
): MqttIntakeSettings {
  const orNull = (file: string | null) => (file === null ? null : path(file));
  return {
    ...rest,
    ...(passwordFile !== undefined && { passwordFile: path(passwordFile) }),
    tls: { ...tls, caFile: orNull(tls.caFile), certFile: orNull(tls.certFile), keyFile: orNull(tls.keyFile) },
  };
}

interface Written {
  readonly url: string;
  readonly clientId?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly passwordEnv?: string | undefined;
  readonly plainText?: "allow" | undefined;
  readonly share?: string | undefined;
  readonly tls: z.infer<typeof tls>;
}

/** What is right by itself and wrong together. */
function contradictions(written: Written): { path: string; message: string }[] {
  const { url, username, tls } = written;
  const { protocol, hostname } = new URL(url);
  const isPlain = protocol === "mqtt:";
  const sources = (["password", "passwordFile", "passwordEnv"] as const).filter(
    (key) => written[key] !== undefined,
  );
  const found: [boolean, string, string][] = [
    [sources.length > 1, sources[1] ?? "", `comes beside \`${sources[0]}\`: one of them says the password`],
    [sources.length > 0 && username === undefined, "username", "is missing; a password goes with it"],
    [
      sources.length > 0 && isPlain && !loopback.test(hostname) && written.plainText === undefined,
      "url",
      "would send the password in clear text: use mqtts://, or say `plainText: allow`",
    ],
    [(tls.certFile === null) !== (tls.keyFile === null), "tls", "needs `certFile` and `keyFile` together"],
    [isPlain && saysAnything(tls), "tls", "is for mqtts://; the url says mqtt://"],
    [
      written.share !== undefined && written.clientId === undefined,
      "clientId",
      "is missing; each worker of a shared subscription needs one of its own",
    ],
  ];
  return found.filter(([isWrong]) => isWrong).map(([, path, message]) => ({ path, message }));
}

function saysAnything({ verify, ...files }: z.infer<typeof tls>): boolean {
  return verify !== "full" || Object.values(files).some((value) => value !== null);
}

function hasOnlyHostAndPort(text: string): boolean {
  const { username, password, pathname, search, hash, hostname } = new URL(text);
  return (
    [username, password, search, hash].every((part) => part === "") &&
    /^\/?$/.test(pathname) &&
    hostname !== ""
  );
}
