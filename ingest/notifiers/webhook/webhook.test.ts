import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, over, quiet } from "../test-alerts.ts";
import { webhook } from "./webhook.ts";

const secret = Buffer.from("an example of thirty-two bytes..");
const key = `whsec_${secret.toString("base64")}`;

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real receiver on this machine; answers with `status`, or never when that is null. */
async function createReceiver(status: number | null, headers: Record<string, string> = {}) {
  const requests: Request[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (status === null) return;
    requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    response.writeHead(status, headers).end("thanks");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/s3cret-path`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, requests, close };
}

const notifierTo = (url: string, config: object = {}) =>
  webhook.parse({ kind: "webhook", url, key: { plain: key }, ...config })({
    name: "hook",
    log: quiet,
    publish: () => Promise.resolve(),
    now: () => dawn,
  });

async function answering(status: number | null, headers: Record<string, string> = {}, config: object = {}) {
  const receiver = await createReceiver(status, headers);
  onTestFinished(receiver.close);
  return { ...receiver, notifier: notifierTo(receiver.url, config) };
}

const failureOf = (status: number | null, headers: Record<string, string> = {}, config: object = {}) =>
  answering(status, headers, config).then(({ notifier }) =>
    notifier.deliver(notificationOf(lowOxygen())).then(
      () => expect.unreachable("it was taken"),
      (error: DeliveryError) => error,
    ),
  );

describe("the webhook", () => {
  test("posts the alert and its message as JSON", async () => {
    const { notifier, requests } = await answering(204);
    await notifier.deliver(notificationOf(over(lowOxygen()), "resolved"));
    expect(requests[0]!.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(requests[0]!.body)).toMatchObject({
      event: "resolved",
      alert: { rule: "pond-oxygen-low", placeName: "Ao số 4, thôn Vĩnh Xuân", resolvedBecause: "cleared" },
      message: { vi: { subject: "[Hết cảnh báo] Ao số 4 thiếu oxy: 2,4 mg/l" } },
    });
  });

  test("signs what it sends, so that only the holder of the key can have sent it", async () => {
    const { notifier, requests } = await answering(200);
    const notification = notificationOf(lowOxygen());
    await notifier.deliver(notification);
    const { headers, body } = requests[0]!;
    expect(headers["idempotency-key"]).toBe(notification.id);
    expect(headers["webhook-id"]).toBe(notification.id);
    expect(headers["webhook-timestamp"]).toBe(String(dawn / 1000));
    const signed = `${notification.id}.${dawn / 1000}.${body}`;
    expect(headers["webhook-signature"]).toBe(
      `v1,${createHmac("sha256", secret).update(signed).digest("base64")}`,
    );
  });

  test.each([
    [500, "unavailable", true],
    [503, "unavailable", true],
    [408, "unavailable", true],
    [429, "rate-limited", true],
    [401, "credentials", true],
    [400, "rejected", false],
    [404, "rejected", false],
    [302, "rejected", false],
  ])("an answer %i is `%s`; may be tried again: %s", async (status, failure, retryable) => {
    expect(await failureOf(status, { location: "http://127.0.0.1:9/" })).toMatchObject({
      failure,
      retryable,
    });
  });

  test("waits as long as the receiver asks, in seconds or until a date, but no longer than an hour", async () => {
    expect((await failureOf(429, { "retry-after": "120" })).retryAfterMs).toBe(120_000);
    const date = new Date(dawn + 90_000).toUTCString();
    expect((await failureOf(503, { "retry-after": date })).retryAfterMs).toBe(90_000);
    expect((await failureOf(503, { "retry-after": "999999" })).retryAfterMs).toBe(3_600_000);
    expect((await failureOf(503, { "retry-after": "soon" })).retryAfterMs).toBeUndefined();
  });

  test("does not wait for ever for a receiver that says nothing", async () => {
    expect(await failureOf(null, {}, { timeoutMs: 100 })).toMatchObject({
      failure: "timed-out",
      retryable: true,
    });
  });

  test("keeps the path of its address, which may be a secret, out of errors", async () => {
    const { url, close } = await createReceiver(200);
    await close();
    const error: DeliveryError = await notifierTo(url)
      .deliver(notificationOf(lowOxygen()))
      .then(
        () => expect.unreachable("nobody is there"),
        (thrown) => thrown,
      );
    expect(error).toMatchObject({ failure: "unreachable", message: expect.stringContaining("ECONNREFUSED") });
    expect(error.message).not.toContain("s3cret");
  });
});

describe("the configuration of a webhook", () => {
  const refused = (config: object) =>
    webhook.safeParse({ kind: "webhook", url: "https://example.vn/", key: { plain: key }, ...config }).error!
      .issues[0]!.path;

  test("refuses a short key and an address that is not HTTP", () => {
    expect(refused({ key: { plain: "whsec_c2hvcnQ=" } })).toEqual(["key"]);
    expect(refused({ key: { plain: "password" } })).toEqual(["key"]);
    expect(refused({ url: "file:///etc/passwd" })).toEqual(["url"]);
  });
});

notifierContract(
  async (farEnd) => {
    const receiver = await createReceiver(farEnd === "refuses for now" ? 503 : 200);
    if (farEnd === "unreachable") await receiver.close();
    const taken = () =>
      farEnd === "takes" ? receiver.requests.map(({ headers }) => String(headers["idempotency-key"])) : [];
    const close = farEnd === "unreachable" ? () => Promise.resolve() : receiver.close;
    return { notifier: notifierTo(receiver.url), taken, close };
  },
  (id) => id,
);
