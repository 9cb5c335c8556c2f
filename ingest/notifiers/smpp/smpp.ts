import { createHash } from "node:crypto";
import { z } from "zod";
import type { Log, Replies } from "../../alerts/index.ts";
import { smsOf } from "../../messages/index.ts";
import { addresseeOf, fixedAddress } from "../addressee.ts";
import { keepListening } from "../keep-listening.ts";
import type { CreateNotifier } from "../notifier-parts.ts";
import { phoneForms, phoneFrom } from "../phone.ts";
import { secret } from "../secret.ts";
import { readId, readShortMessage, type ShortMessage, type SmppAddress, shortMessageBody } from "./bodies.ts";
import { messageOctets, textOf } from "./message-octets.ts";
import { commands, statuses } from "./pdu.ts";
import { receiptOf } from "./receipt.ts";
import { openSession, type Session } from "./session.ts";

/** Sends alerts as text messages straight to a message centre, and hears what people reply. */
export const smpp = z
  .strictObject({
    kind: z.literal("smpp"),
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535).default(2775),
    tls: z
      .boolean()
      .default(true)
      .describe("false sends password and messages in clear text: only within a private line."),
    systemId: z.string().min(1).max(15),
    // SMPP 3.4 §5.2.2 has no room for a longer one.
    password: secret.refine((text) => text.length <= 8, "must have at most 8 characters"),
    systemType: z.string().max(12).default(""),
    sender: z
      .string()
      .regex(/^(\+?\d{3,15}|[A-Za-z0-9 ._-]{3,11})$/, "must be a number, or a name of at most 11 characters"),
    accents: z.boolean().default(true),
    canReply: z
      .boolean()
      .default(false)
      .describe("Whether people can reply to the sender; a name takes no replies."),
    window: z.number().int().min(1).max(100).default(10),
    enquireSeconds: z.number().min(1).max(600).default(30),
    ...fixedAddress,
  })
  .transform(
    (config): CreateNotifier =>
      ({ name, log, now }) => {
        let replies: Replies | null = null;
        const line = createLine(() =>
          openSession({
            ...config,
            enquireMs: config.enquireSeconds * 1000,
            onDeliver: (body) => received(body, { name, log, now, replies }),
          }),
        );
        const source = senderAddress(config.sender);
        return {
          reaches: { medium: "sms", address: "phone" },
          atOnce: config.window,
          async deliver(notification) {
            const { address, language } = addresseeOf(notification, config);
            const sms = smsOf(notification, language, config);
            const destination = { ton: 1, npi: 1, address: phoneForms(address).phoneDigits };
            const session = await line.session();
            const ids: string[] = [];
            for (const octets of messageOctets(sms.text, referenceOf(notification.id))) {
              const message = { source, destination, ...octets, registeredDelivery: 1, optional: new Map() };
              ids.push(readId(await session.ask(commands.submitSm, shortMessageBody(message))));
            }
            return `message ${ids.join(", ")}, ${ids.length} part${ids.length === 1 ? "" : "s"} in ${sms.encoding}`;
          },
          listen(heard) {
            replies = heard;
            const stop = keepListening(
              async () => {
                await (await line.session()).ended;
                throw new Error("the line has ended");
              },
              (error, waitMs) =>
                log.warn(
                  { notifier: name, waitMs },
                  `no line to the message centre: ${(error as Error).message}`,
                ),
            );
            return async () => {
              replies = null;
              const stopped = stop();
              await line.close();
              await stopped;
            };
          },
          close: line.close,
        };
      },
  );

/** One session for all, opened when it is needed and again when it has ended. */
function createLine(open: () => Promise<Session>) {
  let current: Promise<Session> | null = null;
  return {
    session(): Promise<Session> {
      if (current) return current;
      const opening = open();
      current = opening;
      const forget = () => {
        if (current === opening) current = null;
      };
      opening.then((session) => session.ended.then(forget), forget);
      return opening;
    },
    async close(): Promise<void> {
      const open = await current?.catch(() => null);
      await open?.close();
    },
  };
}

interface Receiving {
  readonly name: string;
  readonly log: Log;
  readonly now: () => number;
  readonly replies: Replies | null;
}

/** @returns the status to answer with: the centre tries again what nobody has taken in */
async function received(body: Buffer, { name, log, now, replies }: Receiving): Promise<number> {
  const message = readable(body);
  if (message === null) return statuses.permanentError;
  const receipt = receiptOf(message);
  if (receipt) {
    const { messageId, state, error } = receipt;
    const about = { notifier: name, message: messageId, state, error };
    if (state === "DELIVRD") log.info(about, "a text message has arrived");
    else log.warn(about, "a text message has not arrived");
    return statuses.ok;
  }
  if (replies === null) return statuses.temporaryError;
  const address = phoneFrom(message.source.address);
  await replies({ channel: name, address, text: textOf(message), atMs: now() });
  return statuses.ok;
}

function readable(body: Buffer): ShortMessage | null {
  try {
    return readShortMessage(body);
  } catch {
    return null;
  }
}

/** SMPP 3.4 §5.2.5: a name, an international number, or a short one of the network. */
function senderAddress(sender: string): SmppAddress {
  if (/[A-Za-z]/.test(sender)) return { ton: 5, npi: 0, address: sender };
  if (sender.startsWith("+")) return { ton: 1, npi: 1, address: sender.slice(1) };
  return { ton: 3, npi: 0, address: sender };
}

/** The same in every attempt: parts that have arrived already are not put together wrongly with those that come again. */
function referenceOf(notification: string): number {
  return createHash("sha256").update(notification).digest()[0]!;
}
