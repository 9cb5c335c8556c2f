import { describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError, ProviderCall, Reply } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, quiet } from "../test-alerts.ts";
import { createTestProvider, type ProviderAnswer } from "../test-provider.ts";
import { smsHttp } from "./sms-http.ts";

/** As a gateway in Viet Nam has it: JSON in, HTTP 200 to everything, the outcome in a code. */
const dialect = {
  headers: { Authorization: { plain: "Bearer s3cret" } },
  json: {
    Phone: "{phoneLocal}",
    Content: "{text}",
    IsUnicode: "{unicode}",
    RequestId: "{id}",
    Key: { plain: "{text}" },
  },
  answer: { code: "CodeResult", success: ["100"], final: ["104"], gone: ["99"], reference: "SMSID" },
};

const parsed = (url: string, config: object = {}) =>
  smsHttp.safeParse({ kind: "sms-http", url, to: "+84912345678", ...dialect, ...config });

const notifierTo = (url: string, config: object = {}) =>
  parsed(url, config).data!({ name: "sms", log: quiet, publish: () => Promise.resolve(), now: () => dawn });

async function gateway(answer: ProviderAnswer | null = { body: { CodeResult: "100", SMSID: "a1b2" } }) {
  const provider = await createTestProvider(() => answer);
  onTestFinished(provider.close);
  return provider;
}

const failureOf = async (answer: ProviderAnswer | null, config: object = {}): Promise<DeliveryError> => {
  const { url } = await gateway(answer);
  return notifierTo(url, config)
    .deliver(notificationOf(lowOxygen()))
    .then(
      () => expect.unreachable("it was taken"),
      (error: DeliveryError) => error,
    );
};

describe("a text message", () => {
  test("is sent as the gateway wants it, and what it said is told", async () => {
    const { url, requests } = await gateway();
    const notification = notificationOf(lowOxygen());
    await expect(notifierTo(url).deliver(notification)).resolves.toBe("HTTP 200, a1b2, 1 part in gsm7");
    expect(requests[0]!.headers).toMatchObject({ authorization: "Bearer s3cret" });
    expect(requests[0]!.json).toEqual({
      Phone: "0912345678",
      Content: expect.stringMatching(/^KHAN CAP: Ao so 4 thieu oxy: 2,4 mg\/l\./),
      IsUnicode: "0",
      RequestId: notification.id,
      Key: "{text}",
    });
  });

  test("cannot break out of a form or an address, whatever a name holds", async () => {
    const { url, requests } = await gateway({ body: "OK: 1" });
    const title = { vi: 'Ao "A&to=0900" ?#+', en: "x" };
    const config = {
      method: "GET",
      json: {},
      query: { to: "{phoneDigits}", text: "{text}" },
      answer: { matches: "^OK" },
    };
    await notifierTo(url, config).deliver(notificationOf(lowOxygen({ title })));
    expect(requests[0]).toMatchObject({ method: "GET", query: { to: "84912345678" } });
    expect(requests[0]!.query.text).toContain('Ao "A&to=0900" ?#+');
    const form = { json: {}, form: { to: "{phone}", text: "{text}" }, answer: { matches: "^OK" } };
    await notifierTo(url, form).deliver(notificationOf(lowOxygen({ title })));
    const sent = new URLSearchParams(requests[1]!.body.toString("utf8"));
    expect(sent.get("to")).toBe("+84912345678");
    expect(sent.get("text")).toContain('Ao "A&to=0900" ?#+');
  });

  test("is sent in whatever shape the gateway wants", async () => {
    const { url, requests } = await gateway();
    const json = {
      sandbox: false,
      messages: [{ to: [{ number: "{phone}" }], retries: 2, auth: { plain: "s3cret" }, note: null }],
    };
    await notifierTo(url, { json }).deliver(notificationOf(lowOxygen()));
    expect(requests[0]!.json).toEqual({
      sandbox: false,
      messages: [{ to: [{ number: "+84912345678" }], retries: 2, auth: "s3cret", note: null }],
    });
  });

  test("goes to a person in their language", async () => {
    const { url, requests } = await gateway();
    const recipient = { personId: "an", language: "en", address: "+84987654321" } as const;
    await notifierTo(url).deliver({ ...notificationOf(lowOxygen()), recipient });
    expect(requests[0]!.json).toMatchObject({
      Phone: "0987654321",
      Content: expect.stringContaining("CRITICAL: Low oxygen"),
    });
  });
});

describe("a text message that is not taken", () => {
  test.each([
    ["104", "rejected", false],
    ["99", "recipient-gone", false],
    ["103", "unavailable", true],
  ])("with the code %s is `%s`; may be tried again: %s", async (CodeResult, failure, retryable) => {
    expect(await failureOf({ body: { CodeResult } })).toMatchObject({ failure, retryable });
  });

  test("with an answer that nobody understands may be tried again", async () => {
    expect(await failureOf({ body: "<html>" })).toMatchObject({ failure: "unavailable", retryable: true });
    expect(await failureOf({ body: "ERR" }, { answer: { matches: "^OK" } })).toMatchObject({
      retryable: true,
    });
  });

  test("waits as long as the gateway asks, and not for ever for one that says nothing", async () => {
    expect(await failureOf({ status: 429, headers: { "retry-after": "30" } })).toMatchObject({
      failure: "rate-limited",
      retryAfterMs: 30_000,
    });
    expect(await failureOf(null, { timeoutMs: 100 })).toMatchObject({
      failure: "timed-out",
      retryable: true,
    });
  });
});

describe("replies", () => {
  const inbound = { token: { plain: "a token of the gateway" }, from: "sender", text: "message" };
  const call = (about: Partial<ProviderCall>): ProviderCall => ({
    headers: { authorization: "Bearer a token of the gateway" },
    query: {},
    body: Buffer.alloc(0),
    ...about,
  });

  async function received(about: Partial<ProviderCall>) {
    const heard: Reply[] = [];
    const { receive } = notifierTo("https://sms.example.vn/", { inbound });
    const status = await receive!(call(about), async (reply) => void heard.push(reply));
    return { status, heard };
  }

  test("come as a form, as JSON or in the address", async () => {
    const expected = { channel: "sms", address: "+84912345678", text: "OK 3", atMs: dawn };
    const json = { "content-type": "application/json", authorization: "Bearer a token of the gateway" };
    const told = [
      { body: Buffer.from("sender=84912345678&message=OK+3") },
      { headers: json, body: Buffer.from('{"sender": 84912345678, "message": "OK 3"}') },
      { headers: {}, query: { token: "a token of the gateway", sender: "0912345678", message: "OK 3" } },
    ];
    for (const each of told) expect(await received(each)).toEqual({ status: 200, heard: [expected] });
  });

  test("without the token, or without what they must have, are refused", async () => {
    const body = Buffer.from("sender=84912345678&message=OK");
    expect(await received({ headers: {}, body })).toEqual({ status: 401, heard: [] });
    expect(await received({ headers: { authorization: "Bearer guess" }, body })).toEqual({
      status: 401,
      heard: [],
    });
    expect(await received({ body: Buffer.from("sender=84912345678") })).toEqual({ status: 400, heard: [] });
  });

  test("are not asked for, nor taken, where none can come", () => {
    expect(notifierTo("https://sms.example.vn/").receive).toBeUndefined();
  });
});

describe("the configuration", () => {
  const problems = (config: object) =>
    parsed("https://sms.example.vn/", config).error?.issues.map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    );

  test("says where a placeholder is none, and which secret is not there, however deep", () => {
    const json = { a: "{phon}", b: [{ key: { file: "/nowhere/key" }, n: 1 }] };
    expect(problems({ json, headers: { X: 5, Y: { env: "CANHDONG_NOT_SET" } } })).toEqual([
      "headers.X: must be a text, or a secret as `{ env: NAME }` or `{ file: path }`",
      "headers.Y: names the environment variable CANHDONG_NOT_SET, which is not set",
      expect.stringContaining("json.a: {phon} is not a placeholder; there are {phone}"),
      "json.b.0.key: names the file /nowhere/key, which cannot be read (ENOENT)",
    ]);
  });

  test("wants a code and its meanings together, and regular expressions that are some", () => {
    expect(problems({ answer: { code: "x" } })).toEqual(["answer.success: `code` and `success` go together"]);
    expect(problems({ answer: { matches: "(" } })).toEqual(["answer.matches: is not a regular expression"]);
  });
});

notifierContract(
  async (farEnd) => {
    const provider = await createTestProvider(() =>
      farEnd === "takes" ? { body: { CodeResult: "100" } } : { status: 503 },
    );
    const { url, requests, close } = provider;
    if (farEnd === "unreachable") await close();
    return {
      notifier: notifierTo(url, { json: { ...dialect.json, Phone: "{phone}" } }),
      taken: () => (farEnd === "takes" ? requests.map(({ json }) => String(json.RequestId)) : []),
      addresses: () => requests.map(({ json }) => String(json.Phone)),
      close,
    };
  },
  (id) => id,
  ["+84912345678", "+84987654321"],
);
