import { z } from "zod";
import { defineNode, type NodeParts, type RunningNode } from "../define-node.ts";
import { deviceId } from "../fields.ts";
import type { FlowMessage, NodeRed } from "../node-red.ts";

const text = z
  .string()
  .trim()
  .min(1, "must not be empty: what a farmer reads is said in both languages")
  .max(300);

const fields = z.object({
  person: z.string().regex(/^[a-z0-9_][a-z0-9_.-]{0,63}$/, "must be the id of a person"),
  /** Which device the message is about: its name and place stand in it. */
  device: deviceId,
  severity: z.enum(["info", "warning", "critical"]).default("info"),
  titleVi: text,
  titleEn: text,
  adviceVi: text,
  adviceEn: text,
});

/**
 * *Send to person*: hands a message to the platform, which knows the address, the consent, the language, the quiet hours, and
 * sees to it that it arrives. First output: taken. Second: not taken, and why.
 */
export function message(RED: NodeRed): void {
  defineNode(RED, { type: "canhdong-message", config: fields, start });
}

function start({ config, platform, show, say }: NodeParts<z.output<typeof fields>>): RunningNode {
  const { person, device, severity, titleVi, titleEn, adviceVi, adviceEn } = config;
  return {
    async take(message) {
      const channels = await platform.tell({
        key: keyOf(message),
        person,
        about: device,
        severity,
        title: { vi: filled(titleVi, message), en: filled(titleEn, message) },
        advice: { vi: filled(adviceVi, message), en: filled(adviceEn, message) },
      });
      show(
        channels > 0 ? "green" : "red",
        say(channels > 0 ? "message.status.taken" : "message.status.nobody"),
      );
      return channels > 0 ? [message, null] : [null, { ...message, because: "no-channel" }];
    },
  };
}

/** A flow that may say the same thing twice names it itself; else each message is one of its own. */
function keyOf({ key, _msgid }: FlowMessage): string {
  return String(key ?? _msgid);
}

/** `{payload}` is what came in; of an object, `{payload.minutes}`. */
function filled(written: string, message: FlowMessage): string {
  return written.replace(/\{([\w.]+)\}/g, (whole, path: string) => {
    const value = path
      .split(".")
      .reduce<unknown>((from, name) => (from as Record<string, unknown> | null)?.[name], message);
    return typeof value === "string" || typeof value === "number" ? String(value) : whole;
  });
}
