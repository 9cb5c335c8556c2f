import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError, Reply } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, quiet } from "../test-alerts.ts";
import { appId, appSecret, createTestZaloServer, firstRefreshToken } from "./test-zalo-server.ts";
import { zalo } from "./zalo.ts";

const folder = mkdtempSync(join(tmpdir(), "canhdong-zalo-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** As an administrator leaves it: nothing but the first refresh token. */
function newTokenFile(): string {
  const file = join(folder, `tokens-${files++}`);
  writeFileSync(file, `${firstRefreshToken}\n`);
  return file;
}

const notifierTo = (url: string, tokenFile = newTokenFile(), now = () => dawn) =>
  zalo.parse({
    kind: "zalo",
    appId,
    appSecret: { plain: appSecret },
    oaSecret: { plain: "oa secret" },
    tokenFile,
    oauthUrl: url,
    apiUrl: url,
    to: "2512523625412515",
  })({ name: "zalo", log: quiet, publish: () => Promise.resolve(), now });

async function zaloServer(outcome: (to: string) => number = () => 0) {
  const server = await createTestZaloServer(outcome);
  onTestFinished(server.close);
  return server;
}

const told = notificationOf(lowOxygen());
const failure = (delivery: Promise<string>): Promise<DeliveryError> =>
  delivery.then(
    () => expect.unreachable("it was taken"),
    (error) => error,
  );

describe("a message of the official account", () => {
  test("reads as the alert does, and says what to send back", async () => {
    const { url, taken } = await zaloServer();
    await expect(notifierTo(url).deliver({ ...told, acknowledge: { code: 3 } })).resolves.toBe("message m1");
    expect(taken).toMatchObject([
      {
        to: "2512523625412515",
        body: { message: { text: expect.stringMatching(/^🔴 KHẨN CẤP: Ao số 4.*Trả lời OK 3 /s) } },
      },
    ]);
  });

  test.each([
    [-213, "recipient-gone", false],
    [-227, "recipient-gone", false],
    [-230, "rejected", false],
    [-32, "rate-limited", true],
    [-224, "credentials", true],
    [-9999, "unavailable", true],
  ])("refused with %i is `%s`; may be tried again: %s", async (code, kind, retryable) => {
    const { url } = await zaloServer(() => code);
    expect(await failure(notifierTo(url).deliver(told))).toMatchObject({ failure: kind, retryable });
  });

  test("beyond the quota waits until midnight, at night until six", async () => {
    const quota = await zaloServer(() => -211);
    const night = await zaloServer(() => -234);
    const lateEvening = dawn - 7 * 3_600_000 - 20 * 60_000; // 23:00
    expect((await failure(notifierTo(quota.url).deliver(told))).retryAfterMs).toBe((17 * 60 + 40) * 60_000);
    const { retryAfterMs } = await failure(notifierTo(night.url, undefined, () => lateEvening).deliver(told));
    expect(retryAfterMs).toBe(7 * 3_600_000);
  });
});

describe("the access token", () => {
  test("is renewed once, kept, and used again after a restart", async () => {
    const { url, renewals } = await zaloServer();
    const file = newTokenFile();
    const notifier = notifierTo(url, file);
    await Promise.all([notifier.deliver(told), notifier.deliver(told)]);
    await notifierTo(url, file).deliver(told);
    expect(renewals()).toBe(1);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      refreshToken: "refresh-1",
      accessToken: "access-1",
      expiresAtMs: dawn + 90_000_000,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is renewed before it ends, each time with the newest refresh token", async () => {
    const { url, renewals } = await zaloServer();
    const file = newTokenFile();
    for (const hours of [0, 25, 50])
      await notifierTo(url, file, () => dawn + hours * 3_600_000).deliver(told);
    expect(renewals()).toBe(3);
  });

  test("that Zalo refuses is renewed at once, and the message goes out", async () => {
    const server = await zaloServer();
    const notifier = notifierTo(server.url);
    await notifier.deliver(told);
    server.revokeAccess();
    await notifier.deliver(told);
    expect([server.renewals(), server.taken.length]).toEqual([2, 2]);
  });

  test("that another notifier has renewed is taken from the file", async () => {
    const server = await zaloServer();
    const file = newTokenFile();
    const [one, other] = [notifierTo(server.url, file), notifierTo(server.url, file)];
    await Promise.all([one.deliver(told), other.deliver(told)]);
    expect([server.renewals(), server.taken.length]).toEqual([1, 2]);
  });

  test("that cannot be renewed is a matter of credentials, and no error shows a token", async () => {
    const { url } = await zaloServer();
    const file = newTokenFile();
    writeFileSync(file, "refresh-of-yesterday");
    const error = await failure(notifierTo(url, file).deliver(told));
    expect(error).toMatchObject({ failure: "credentials", retryable: true });
    expect(error.message).toMatch(/-14014/);
    expect(error.message).not.toMatch(/yesterday/);
    expect(await failure(notifierTo(url, join(folder, "nowhere")).deliver(told))).toMatchObject({
      failure: "credentials",
      message: expect.stringContaining("ENOENT"),
    });
  });
});

describe("Zalo's webhook", () => {
  const event = (about: object = {}) =>
    JSON.stringify({
      app_id: appId,
      sender: { id: "2512523625412515" },
      recipient: { id: "388613280878808645" },
      event_name: "user_send_text",
      message: { text: "OK 3", msg_id: "96d3cdf3af150460909" },
      timestamp: "1795217400000",
      ...about,
    });
  const signature = (body: string, secret = "oa secret") =>
    `mac=${createHash("sha256").update(`${appId}${body}1795217400000${secret}`).digest("hex")}`;

  async function received(body: string, signed: string | undefined) {
    const heard: Reply[] = [];
    const call = { headers: { "x-zevent-signature": signed }, query: {}, body: Buffer.from(body) };
    const { receive } = notifierTo("http://127.0.0.1:9");
    const status = await receive!(call, async (reply) => void heard.push(reply));
    return { status, heard };
  }

  test("brings what a person has written", async () => {
    expect(await received(event(), signature(event()))).toEqual({
      status: 200,
      heard: [{ channel: "zalo", address: "2512523625412515", text: "OK 3", atMs: 1795217400_000 }],
    });
  });

  test("is not believed without the right signature", async () => {
    for (const signed of [
      undefined,
      "mac=00",
      signature(event(), "guess"),
      signature(event({ app_id: "1" })),
    ])
      expect(await received(event(), signed)).toEqual({ status: 401, heard: [] });
    expect(await received("not JSON", signature("not JSON"))).toEqual({ status: 401, heard: [] });
  });

  test("may tell of what is no reply: it is answered, and nothing comes of it", async () => {
    const seen = event({ event_name: "user_seen_message" });
    expect(await received(seen, signature(seen))).toEqual({ status: 200, heard: [] });
  });
});

notifierContract(
  async (farEnd) => {
    const server = await createTestZaloServer(() => (farEnd === "takes" ? 0 : -32));
    if (farEnd === "unreachable") await server.close();
    return {
      notifier: notifierTo(server.url),
      taken: () => server.taken.map(({ to }) => to),
      addresses: () => server.taken.map(({ to }) => to),
      close: server.close,
    };
  },
  null,
  ["101", "102"],
);
