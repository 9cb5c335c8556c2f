import { z } from "zod";
import { email } from "./email/email.ts";
import { log } from "./log/log.ts";
import { mqtt } from "./mqtt/mqtt.ts";
import { smpp } from "./smpp/smpp.ts";
import { smsHttp } from "./sms-http/sms-http.ts";
import { telegram } from "./telegram/telegram.ts";
import { voice } from "./voice/voice.ts";
import { webPush } from "./web-push/web-push.ts";
import { webhook } from "./webhook/webhook.ts";
import { zalo } from "./zalo/zalo.ts";
import { zns } from "./zns/zns.ts";

/** Every kind of notifier: a schema that turns its configuration into a function. A new kind is one folder and one line. */
export const notifierKinds = [
  log,
  webhook,
  email,
  mqtt,
  zalo,
  zns,
  smsHttp,
  smpp,
  voice,
  telegram,
  webPush,
] as const;

/** The word each kind goes by in a configuration; also its folder. */
export const kindNames: readonly string[] = notifierKinds.map((kind) => kind.in.shape.kind.value);

const notifier = z.discriminatedUnion("kind", notifierKinds, {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `must have a kind: ${kindNames.map((kind) => `\`${kind}\``).join(", ")}`
      : undefined,
});

/** The notifiers by the names that routes use; each becomes a function that wires it. */
export const notifiers = z.record(
  z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be small letters, digits and hyphens")
    .max(40),
  notifier,
);
