import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError, Reply } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, quiet } from "../test-alerts.ts";
import { telegram } from "./telegram.ts";
import { type ChatState, createTestBotServer, token } from "./test-bot-server.ts";

const notifierTo = (apiUrl: string, config: object = {}) =>
  telegram.parse({ kind: "telegram", token: { plain: token }, apiUrl, to: "42", ...config })({
    name: "telegram",
    log: quiet,
    publish: () => Promise.resolve(),
    now: () => dawn,
  });

async function botServer(states: Readonly<Record<string, ChatState>> = {}) {
  const server = await createTestBotServer(states);
  onTestFinished(server.close);
  return server;
}

async function failureIn(state: ChatState, config: object = {}): Promise<DeliveryError> {
  const { url } = await botServer({ "42": state });
  return notifierTo(url, config)
    .deliver(notificationOf(lowOxygen()))
    .then(
      () => expect.unreachable("it was taken"),
      (error: DeliveryError) => error,
    );
}

describe("a message of the bot", () => {
  test("reads as the alert does, and is acknowledged by one tap", async () => {
    const { url, sent } = await botServer();
    const notification = { ...notificationOf(lowOxygen()), acknowledge: { code: 3 } };
    await expect(notifierTo(url).deliver(notification)).resolves.toBe("message 1");
    expect(sent[0]!.text).toMatch(/^🔴 KHẨN CẤP: Ao số 4 thiếu oxy: 2,4 mg\/l\n/);
    expect(sent[0]!.markup).toEqual({
      inline_keyboard: [[{ text: "Đã nhận, sẽ xử lý", callback_data: "OK 3" }]],
    });
  });

  test("goes to a person in their language", async () => {
    const { url, sent } = await botServer();
    const recipient = { personId: "an", language: "en", address: "77" } as const;
    await notifierTo(url).deliver({ ...notificationOf(lowOxygen()), recipient });
    expect(sent).toMatchObject([{ chat: "77", text: expect.stringContaining("CRITICAL: Low oxygen") }]);
  });

  test("for a group that became a supergroup goes to where it is now, also the next one", async () => {
    const { url, sent, requests } = await botServer({ "42": { movedTo: -1001 } });
    const notifier = notifierTo(url);
    await notifier.deliver(notificationOf(lowOxygen()));
    await notifier.deliver(notificationOf(lowOxygen()));
    expect(sent.map(({ chat }) => chat)).toEqual(["-1001", "-1001"]);
    expect(requests).toHaveLength(3);
  });
});

describe("a message that Telegram does not take", () => {
  test.each<[ChatState, string, boolean]>([
    ["blocked", "recipient-gone", false],
    ["unknown", "recipient-gone", false],
    ["flooded", "rate-limited", true],
    ["down", "unavailable", true],
  ])("because the chat is %s is `%s`; may be tried again: %s", async (state, failure, retryable) => {
    expect(await failureIn(state)).toMatchObject({ failure, retryable });
  });

  test("waits as long as Telegram asks", async () => {
    expect((await failureIn("flooded")).retryAfterMs).toBe(14_000);
  });

  test("for a wrong token may be tried again, and the error does not show it", async () => {
    const error = await failureIn("open", { token: { plain: "110201543:wrong" } });
    expect(error).toMatchObject({ failure: "credentials", retryable: true });
    expect(error.message).not.toContain("110201543");
  });
});

describe("replies", () => {
  /** Listens until so many replies have come; each is refused as often as it says. */
  async function hear(updates: readonly object[], refuse: () => boolean = () => false) {
    const server = await botServer();
    const heard: Reply[] = [];
    const arrived = new EventTarget();
    for (const update of updates) server.comes(update);
    const all = once(arrived, "all");
    const stop = notifierTo(server.url).listen!(async (reply) => {
      if (refuse()) throw new Error("the disk is full");
      heard.push(reply);
      if (heard.length === updates.length) arrived.dispatchEvent(new Event("all"));
    });
    await all;
    await stop();
    return { heard, server };
  }

  test("come with who wrote them and when", async () => {
    const written = { message: { date: 1795217400, chat: { id: 42 }, text: "OK 3" } };
    const { heard } = await hear([written]);
    expect(heard).toEqual([{ channel: "telegram", address: "42", text: "OK 3", atMs: 1795217400_000 }]);
  });

  test("by a tap on the button are worth as much as written ones", async () => {
    const tapped = { callback_query: { id: "9", data: "OK 3", message: { chat: { id: 42 } } } };
    const { heard } = await hear([tapped]);
    expect(heard).toEqual([{ channel: "telegram", address: "42", text: "OK 3", atMs: dawn }]);
  });

  test("that could not be taken in come again", { timeout: 30_000 }, async () => {
    let refusals = 1;
    const written = { message: { date: 1795217400, chat: { id: 42 }, text: "OK" } };
    const { heard } = await hear([written], () => refusals-- > 0);
    expect(heard).toHaveLength(1);
  });
});

notifierContract(
  async (farEnd) => {
    const server = await createTestBotServer(farEnd === "refuses for now" ? { "42": "down" } : {});
    if (farEnd === "unreachable") await server.close();
    return {
      notifier: notifierTo(server.url),
      taken: () => server.sent.map(({ text }) => text),
      addresses: () => server.sent.map(({ chat }) => chat),
      close: server.close,
    };
  },
  null,
  ["1001", "1002"],
);
