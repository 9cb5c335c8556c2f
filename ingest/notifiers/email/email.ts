import { z } from "zod";
import { DeliveryError, type Notification } from "../../alerts/index.ts";
import { messageOf } from "../../messages/index.ts";
import { languages } from "../../rules/index.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { secret } from "../secret.ts";
import { asDeliveryError, isPermanent } from "./smtp-failures.ts";

const usualPorts = { starttls: 587, implicit: 465, none: 25 } as const;
const loopback = /^(localhost|127(\.\d+){3}|::1)$/;

/** Sends each notification as a plain-text e-mail through an SMTP server. */
export const email = z
  .strictObject({
    kind: z.literal("email"),
    host: z.string().min(1),
    port: z
      .number()
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .describe("587 for starttls, 465 for implicit, 25 for none."),
    tls: z
      .enum(["starttls", "implicit", "none"])
      .default("starttls")
      .describe("Certificates are always checked."),
    user: z.string().min(1).optional(),
    password: secret.optional(),
    from: z.email(),
    fromName: z.string().min(1).max(100).default("Cánh đồng"),
    to: z.array(z.email()).max(100).default([]).describe("Get what is meant for no person in particular."),
    language: z.enum(languages).default("vi"),
    timeoutMs: z.number().int().min(1000).max(120_000).default(20_000).describe("For one e-mail as a whole."),
  })
  .superRefine(({ host, tls, user, password }, context) => {
    if ((user === undefined) !== (password === undefined))
      context.addIssue({ code: "custom", path: ["password"], message: "`user` and `password` go together" });
    if (password !== undefined && tls === "none" && !loopback.test(host))
      context.addIssue({
        code: "custom",
        path: ["tls"],
        message: "`none` would send the password in clear text",
      });
  })
  .transform(
    (config): CreateNotifier =>
      ({ name, log }) => {
        let opened: ReturnType<typeof openTransport> | undefined;
        const pending = createPending();
        return {
          reaches: { medium: "email", address: "email" },
          // Mail servers dislike many connections from one client.
          atOnce: 2,
          async deliver(notification) {
            const everybody = addressees(notification, config);
            const recipients = pending.of(notification.id) ?? everybody;
            const signal = AbortSignal.timeout(config.timeoutMs);
            opened ??= openTransport(config);
            const transport = await opened;
            const sent = await transport
              .sendMail({ ...mailOf(notification, config, everybody, recipients), signal })
              .catch((error: unknown) => {
                throw asDeliveryError(error);
              });
            const refused = (sent.rejectedErrors ?? []) as readonly RefusedRecipient[];
            const later = refused
              .filter(({ responseCode }) => !isPermanent(responseCode))
              .map(({ recipient }) => recipient);
            const never = refused.filter(({ responseCode }) => isPermanent(responseCode));
            if (never.length > 0)
              log.warn({ notifier: name, recipients: never.length }, "recipients refused for good");
            pending.set(notification.id, later);
            if (later.length > 0)
              throw new DeliveryError(`${later.length} of ${recipients.length} recipients deferred`, {
                failure: "unavailable",
                retryable: true,
              });
            return `${sent.accepted.length} of ${recipients.length} recipients: ${sent.response}`;
          },
        };
      },
  );

interface EmailConfig {
  readonly host: string;
  readonly port?: number | undefined;
  readonly tls: keyof typeof usualPorts;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly from: string;
  readonly fromName: string;
  readonly to: readonly string[];
  readonly language: (typeof languages)[number];
  readonly timeoutMs: number;
}

interface RefusedRecipient {
  readonly recipient: string;
  readonly responseCode?: number;
}

/** The library is loaded with the first e-mail: most installations send none. */
async function openTransport({ host, port, tls, user, password, timeoutMs }: EmailConfig) {
  const { createTransport } = await import("nodemailer");
  return createTransport({
    host,
    port: port ?? usualPorts[tls],
    secure: tls === "implicit",
    requireTLS: tls === "starttls",
    ignoreTLS: tls === "none",
    ...(user !== undefined && password !== undefined ? { auth: { user, pass: password } } : {}),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function addressees({ recipient }: Notification, { to }: EmailConfig): readonly string[] {
  if (recipient) return [recipient.address];
  if (to.length > 0) return to;
  throw new DeliveryError("the message is for no person, and the notifier has no `to`", {
    failure: "rejected",
    retryable: false,
  });
}

/** @param recipients those of `everybody` who have not got it yet */
function mailOf(
  notification: Notification,
  config: EmailConfig,
  everybody: readonly string[],
  recipients: readonly string[],
) {
  const { id, alert } = notification;
  const { subject, text } = messageOf(notification, notification.recipient?.language ?? config.language);
  const domain = config.from.slice(config.from.indexOf("@") + 1);
  const sender = { name: config.fromName, address: config.from };
  return {
    from: sender,
    // Recipients do not learn each other's addresses.
    to: everybody.length === 1 ? everybody[0]! : sender,
    envelope: { from: config.from, to: [...recipients] },
    subject,
    text,
    messageId: `<${id}@${domain}>`,
    // The message that it fired and the one that it is over stand together in the reader's mailbox.
    references: [`<${alert.id}@${domain}>`],
    // RFC 3834: no holiday answers, please.
    headers: { "Auto-Submitted": "auto-generated", ...unsubscribing(notification) },
  };
}

/** RFC 2369 §3.2: mail programs make a button of it. */
function unsubscribing({ optOutUrl }: Notification): Record<string, string> {
  return optOutUrl === undefined ? {} : { "List-Unsubscribe": `<${optOutUrl}>` };
}

/** Most notifications for which remaining recipients are remembered. */
const mostPending = 1000;

/**
 * Who is still to get a message that some have got already. Forgotten when the process ends: then all get it again, under
 * the same Message-ID.
 */
function createPending() {
  const remaining = new Map<string, readonly string[]>();
  return {
    of: (notification: string) => remaining.get(notification),
    set(notification: string, recipients: readonly string[]): void {
      remaining.delete(notification);
      if (recipients.length > 0) remaining.set(notification, recipients);
      if (remaining.size > mostPending) remaining.delete(remaining.keys().next().value!);
    },
  };
}
