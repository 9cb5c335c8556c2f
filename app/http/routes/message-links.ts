import type { FastifyReply } from "fastify";
import { addressOf, maskedEmail, maskedPhone, type Person } from "../../../devices/index.ts";
import type { OutboxMessage } from "../../../ingest/alerts/index.ts";
import type { LinkPurpose } from "../../../ingest/recipients/index.ts";
import type { App } from "../app.ts";
import type { HttpParts } from "../http-parts.ts";
import { ById } from "../management-shapes.ts";
import { type MessagePage, messagePage, messagePageHeaders } from "../message-page.ts";
import { messagePageWords } from "../message-page-words.ts";

/** What a link that proves itself is about. */
interface Linked {
  readonly message: OutboxMessage;
  readonly person: Person;
}

/**
 * The pages behind the links in messages: `/a/…` acknowledges, `/h/…` (huỷ) opts out. Nobody signs in for them, the link is the proof. GET
 * only shows, because mail scanners and chat programs open every link to preview it; the button's POST acts.
 */
export function messageLinkRoutes(
  app: App,
  { personal, watch, registry, now }: Pick<HttpParts, "personal" | "watch" | "registry" | "now">,
): void {
  const { links, linkLifeMs } = personal;
  const hidden = { schema: { hide: true, params: ById } };

  app.get("/a/:id", hidden, async (request, reply) => {
    const linked = read("acknowledge", request.params.id);
    return show(reply, linked ? acknowledgePage(linked) : null);
  });

  app.post("/a/:id", hidden, async (request, reply) => {
    const linked = read("acknowledge", request.params.id);
    if (linked) watch.acknowledge(linked.message.alert, linked.person.id, now());
    return show(reply, linked ? acknowledgePage(linked) : null);
  });

  app.get("/h/:id", hidden, async (request, reply) => {
    const linked = read("opt-out", request.params.id);
    return show(reply, linked ? optOutPage(linked) : null);
  });

  app.post("/h/:id", hidden, async (request, reply) => {
    const linked = read("opt-out", request.params.id);
    if (linked) personal.optOut(linked.person.id, linked.message.notifier, now());
    return show(reply, linked ? optedOutPage(linked) : null);
  });

  function read(purpose: LinkPurpose, token: string): Linked | null {
    registry.refresh();
    const number = links.numberIn(token);
    const message = number === null ? undefined : watch.outbox.message(number);
    if (message === undefined || !links.proves(purpose, token, message)) return null;
    // Whoever wants no more messages may say so for as long as the message is known.
    if (purpose === "acknowledge" && now() > message.createdAtMs + linkLifeMs) return null;
    const person = registry.person(message.person);
    // The id may have gone to somebody else since.
    return person && person.addedAtMs <= message.createdAtMs ? { message, person } : null;
  }

  function acknowledgePage({ message, person }: Linked): MessagePage | null {
    const alert = watch.alert(message.alert);
    if (alert === undefined) return null;
    const { language } = person;
    const words = messagePageWords[language];
    const about = { language, title: alert.title[language] };
    const url = links.urlFor("opt-out", message);
    const link = url === undefined ? {} : { link: { url, text: words.noMoreMessages } };
    if (alert.state === "resolved") return { ...about, lines: [words.over], ...link };
    if (alert.state !== "acknowledged")
      return { ...about, lines: [alert.advice[language]], button: words.acknowledge, ...link };
    const by = alert.acknowledgedBy ?? "";
    const taken = by === person.id ? words.thanks : words.takenBy(registry.person(by)?.name ?? by);
    return { ...about, lines: [words.acknowledged, taken], ...link };
  }

  function optOutPage({ message, person }: Linked): MessagePage {
    const words = messagePageWords[person.language];
    const lines = [words.optOutQuestion(maskedAddress(person, message.notifier))];
    return { language: person.language, title: words.optOutTitle, lines, button: words.optOut };
  }

  function optedOutPage({ message, person }: Linked): MessagePage {
    const words = messagePageWords[person.language];
    const lines = [words.optedOutLine(maskedAddress(person, message.notifier))];
    return { language: person.language, title: words.optedOut, lines };
  }

  /** A link may be passed on: whoever opens it learns no number. */
  function maskedAddress(person: Person, notifier: string): string {
    const kind = personal.channels[notifier]?.address;
    const address = kind === undefined ? null : addressOf(person, kind);
    if (address !== null && kind === "phone") return maskedPhone(address);
    if (address !== null && kind === "email") return maskedEmail(address);
    return kind ?? notifier;
  }
}

function show(reply: FastifyReply, page: MessagePage | null): FastifyReply {
  const [vi, en] = [messagePageWords.vi, messagePageWords.en];
  const gone = {
    language: "vi",
    title: `${vi.gone} · ${en.gone}`,
    lines: [vi.goneLine, en.goneLine],
  } as const;
  return reply
    .code(page === null ? 404 : 200)
    .headers(messagePageHeaders)
    .type("text/html; charset=utf-8")
    .send(messagePage(page ?? gone));
}
