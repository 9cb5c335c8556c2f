import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Notifier, ProviderCall } from "../alerts/index.ts";
import { jsonOf } from "./http-delivery.ts";
import { phoneFrom } from "./phone.ts";
import { secret } from "./secret.ts";

/** The settings of a gateway that calls us when somebody replies. */
export const inbound = z
  .strictObject({
    token: secret
      .refine((text) => text.length >= 16, "must have 16 characters or more")
      .describe("The gateway proves with it who it is: as a bearer, or as `token` in the address."),
    from: z.string().min(1).default("from").describe("Name of the field that holds the number."),
    text: z.string().min(1).default("text").describe("Name of the field that holds what was sent."),
  })
  .optional()
  .describe("Absent: replies do not reach us, and messages do not ask for any.");
export type Inbound = NonNullable<z.output<typeof inbound>>;

export interface InboundParts {
  readonly channel: string;
  readonly now: () => number;
  /** Makes a reply of what the field holds; null when it is none. */
  readonly replyOf?: (written: string) => string | null;
}

/** The part of a notifier that takes what a gateway tells by HTTP: a form, a JSON object, or fields in the address. */
export function receiving(inbound: Inbound | undefined, parts: InboundParts): Pick<Notifier, "receive"> {
  if (inbound === undefined) return {};
  const { channel, now, replyOf = (written) => written } = parts;
  return {
    async receive(call, replies) {
      if (!isToken(presentedBy(call), inbound.token)) return 401;
      const fields = fieldsOf(call);
      const [number, written] = [fields[inbound.from], fields[inbound.text]];
      if (number === undefined || written === undefined) return 400;
      const text = replyOf(written);
      if (text !== null) await replies({ channel, address: phoneFrom(number), text, atMs: now() });
      return 200;
    },
  };
}

function presentedBy({ headers, query }: ProviderCall): string {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? query.token ?? "";
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function isToken(presented: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(presented), digest(token));
}

function fieldsOf({ headers, query, body }: ProviderCall): Readonly<Record<string, string | undefined>> {
  const text = body.toString("utf8");
  if (/json/i.test(headers["content-type"] ?? "")) {
    const told = Object.entries(jsonOf(text) ?? {}).filter(([, value]) =>
      ["string", "number"].includes(typeof value),
    );
    return { ...query, ...Object.fromEntries(told.map(([name, value]) => [name, String(value)])) };
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
}
