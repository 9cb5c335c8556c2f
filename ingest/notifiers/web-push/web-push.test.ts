import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, over, quiet } from "../test-alerts.ts";
import { createTestProvider, type ProviderAnswer, type ProviderRequest } from "../test-provider.ts";
import { encryptPush } from "./encrypt-push.ts";
import { subscriptionIn } from "./subscription.ts";
import { vapidAuthorization, vapidKeysOf } from "./vapid.ts";
import { webPush } from "./web-push.ts";

const bytes = (text: string) => Buffer.from(text, "base64url");

/** The example of RFC 8291 §5, with the keys of its appendix A. */
const rfc8291 = {
  plain: "When I grow up, I want to be a watermelon",
  receiverPrivate: bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
  receiver: {
    p256dh: bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
    auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
  },
  sender: {
    privateKey: bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"),
  },
  sealed:
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

const vapid = vapidKeysOf(rfc8291.sender.privateKey);

/** What a browser does with a push message (RFC 8291 §4), by Node's own HKDF. */
function opened(message: Buffer, privateKey: Buffer, auth: Buffer): string {
  const salt = message.subarray(0, 16);
  const senderKey = message.subarray(21, 21 + message[20]!);
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(privateKey);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), curve.getPublicKey(), senderKey]);
  const keying = Buffer.from(hkdfSync("sha256", curve.computeSecret(senderKey), auth, info, 32));
  const derived = (name: string, length: number) =>
    Buffer.from(hkdfSync("sha256", keying, salt, `Content-Encoding: ${name}\0`, length));
  const sealed = message.subarray(21 + senderKey.length);
  const decipher = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  expect(padded.at(-1)).toBe(2);
  return padded.subarray(0, -1).toString("utf8");
}

const subscription = (url: string, path = "/push/abc") =>
  JSON.stringify({
    endpoint: `${url}${path}`,
    expirationTime: null,
    keys: {
      p256dh: rfc8291.receiver.p256dh.toString("base64url"),
      auth: rfc8291.receiver.auth.toString("base64url"),
    },
  });

const notifier = (to: string, config: object = {}) =>
  webPush.parse({
    kind: "web-push",
    privateKey: { plain: rfc8291.sender.privateKey.toString("base64url") },
    contact: "mailto:canhdong@example.vn",
    services: ["127.0.0.1"],
    to,
    ...config,
  })({ name: "push", log: quiet, publish: () => Promise.resolve(), now: () => dawn });

async function service(answer: (request: ProviderRequest) => ProviderAnswer | null) {
  const provider = await createTestProvider(answer);
  onTestFinished(provider.close);
  return provider;
}

const failureOf = async (answer: ProviderAnswer): Promise<DeliveryError> => {
  const { url } = await service(() => answer);
  return notifier(subscription(url))
    .deliver(notificationOf(lowOxygen()))
    .then(
      () => expect.unreachable("it was taken"),
      (error: DeliveryError) => error,
    );
};

describe("encryption", () => {
  test("makes of the example of RFC 8291 what the RFC makes of it", () => {
    const { plain, receiver, sender, sealed } = rfc8291;
    expect(encryptPush(Buffer.from(plain), receiver, sender).toString("base64url")).toBe(sealed);
  });
});

describe("authorization", () => {
  test("is a token for the service alone, which our public key proves (RFC 8292)", () => {
    const header = vapidAuthorization("https://push.example.net/p/x", vapid, "mailto:a@example.vn", dawn);
    const [, token, key] = /^vapid t=([^,]+), k=(\S+)$/.exec(header)!;
    const [head, claims, signature] = token!.split(".");
    const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    expect(read(head!)).toEqual({ typ: "JWT", alg: "ES256" });
    expect(read(claims!)).toEqual({
      aud: "https://push.example.net",
      exp: dawn / 1000 + 43_200,
      sub: "mailto:a@example.vn",
    });
    const point = bytes(key!);
    const publicKey = createPublicKey({
      format: "jwk",
      key: {
        kty: "EC",
        crv: "P-256",
        x: point.subarray(1, 33).toString("base64url"),
        y: point.subarray(33).toString("base64url"),
      },
    });
    const signed = Buffer.from(`${head}.${claims}`);
    const proof = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
    expect(verify("sha256", signed, proof, bytes(signature!))).toBe(true);
  });
});

describe("a push", () => {
  test("can be read by the browser, and wakes the telephone when it is critical", async () => {
    const { url, requests } = await service(() => ({ status: 201 }));
    await notifier(subscription(url)).deliver({
      ...notificationOf(lowOxygen()),
      acknowledge: { code: 3, url: "https://canhdong.example.vn/a/x" },
    });
    const { headers, body } = requests[0]!;
    expect(headers).toMatchObject({
      "content-encoding": "aes128gcm",
      ttl: "86400",
      urgency: "high",
      topic: lowOxygen().id,
    });
    expect(JSON.parse(opened(body, rfc8291.receiverPrivate, rfc8291.receiver.auth))).toMatchObject({
      title: "KHẨN CẤP: Ao số 4 thiếu oxy: 2,4 mg/l",
      body: expect.stringMatching(/^Bật quạt nước ngay/),
      tag: lowOxygen().id,
      url: "https://canhdong.example.vn/a/x",
    });
  });

  test("that it is over takes the place of the one that it fired, and hurries less", async () => {
    const { url, requests } = await service(() => ({ status: 201 }));
    const warning = lowOxygen({ severity: "warning" });
    await notifier(subscription(url)).deliver(notificationOf(over(warning), "resolved"));
    expect(requests[0]!.headers).toMatchObject({ urgency: "normal", topic: warning.id });
  });

  test.each([
    [404, "recipient-gone", false],
    [410, "recipient-gone", false],
    [403, "credentials", true],
    [413, "rejected", false],
    [429, "rate-limited", true],
    [500, "unavailable", true],
  ])("answered with %i is `%s`; may be tried again: %s", async (status, failure, retryable) => {
    expect(await failureOf({ status })).toMatchObject({ failure, retryable });
  });

  test("waits as long as the service asks", async () => {
    expect((await failureOf({ status: 429, headers: { "retry-after": "90" } })).retryAfterMs).toBe(90_000);
  });
});

describe("a subscription", () => {
  const read = (address: string) => () => subscriptionIn(address, ["push.example.net", ".push.apple.com"]);

  test("may name push services, and nothing in our own network", () => {
    expect(read(subscription("https://push.example.net"))).not.toThrow();
    expect(read(subscription("https://web.push.apple.com"))).not.toThrow();
    for (const elsewhere of [
      "https://10.0.0.1",
      "https://push.example.net.evil.vn",
      "http://push.example.net",
    ])
      expect(read(subscription(elsewhere))).toThrow(expect.objectContaining({ failure: "recipient-gone" }));
  });

  test("that cannot be read is of no use ever", () => {
    for (const address of [
      "",
      "{}",
      "not JSON",
      subscription("https://push.example.net").replace("BCVx", "B"),
    ])
      expect(read(address)).toThrow(expect.objectContaining({ failure: "recipient-gone", retryable: false }));
  });
});

notifierContract(
  async (farEnd) => {
    const provider = await createTestProvider(() => ({ status: farEnd === "takes" ? 201 : 503 }));
    const { url, requests, close } = provider;
    if (farEnd === "unreachable") await close();
    // The contract's persons live at paths of the service, whatever its port.
    const { deliver, ...rest } = notifier(subscription(url));
    return {
      notifier: {
        ...rest,
        deliver: ({ recipient, ...notification }) =>
          deliver(
            recipient
              ? {
                  ...notification,
                  recipient: { ...recipient, address: subscription(url, recipient.address) },
                }
              : notification,
          ),
      },
      taken: () => (farEnd === "takes" ? requests.map(({ headers }) => String(headers.topic)) : []),
      addresses: () => requests.map(({ path }) => path),
      close,
    };
  },
  (id) => id.slice(0, 32),
  ["/push/one", "/push/two"],
);
