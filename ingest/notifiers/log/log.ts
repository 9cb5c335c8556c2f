import { z } from "zod";
import { messageOf } from "../../messages/index.ts";
import { languages } from "../../rules/index.ts";
import type { CreateNotifier } from "../notifier-parts.ts";

/** Writes alerts to the log of the server. */
export const log = z
  .strictObject({ kind: z.literal("log"), language: z.enum(languages).default("vi") })
  .transform(
    ({ language }): CreateNotifier =>
      ({ log }) => ({
        atOnce: 1,
        async deliver(notification) {
          const { id, event, alert } = notification;
          const about = { notification: id, rule: alert.rule, device: alert.device };
          const { subject } = messageOf(notification, language);
          const isBetter = event === "resolved" || event === "eased";
          if (!isBetter && alert.severity !== "info") log.warn(about, subject);
          else log.info(about, subject);
          return "logged";
        },
      }),
  );
