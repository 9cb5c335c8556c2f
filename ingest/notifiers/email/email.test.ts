import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, over, quiet } from "../test-alerts.ts";
import { email } from "./email.ts";

interface Mail {
  readonly to: readonly string[];
  readonly headers: string;
  readonly text: string;
}

/** A real SMTP server on this machine that keeps what it gets. */
async function createMailServer(options: SMTPServerOptions = {}) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          ...parts(Buffer.concat(chunks).toString("latin1")),
        });
        callback();
      });
    },
    ...options,
  });
  // A client that breaks off is part of the tests.
  server.on("error", () => {});
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return { port, mails, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** Headers with encoded words read (RFC 2047), and the text as UTF-8 (RFC 2045). */
function parts(raw: string): { headers: string; text: string } {
  const at = raw.indexOf("\r\n\r\n");
  const headers = raw.slice(0, at).replace(/\r\n\s+/g, " ");
  return { headers: readWords(headers), text: readBody(raw.slice(at + 4), headers) };
}

function readWords(headers: string): string {
  return headers
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
      (encoding.toUpperCase() === "B"
        ? Buffer.from(text, "base64")
        : unquoted(text.replaceAll("_", " "))
      ).toString("utf8"),
    );
}

function readBody(body: string, headers: string): string {
  if (/transfer-encoding: base64/i.test(headers)) return Buffer.from(body, "base64").toString("utf8");
  return unquoted(body.replace(/=\r\n/g, "")).toString("utf8");
}

function unquoted(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}

const usual = {
  kind: "email",
  host: "127.0.0.1",
  tls: "none",
  from: "canhdong@example.vn",
  to: ["lan@example.vn"],
};

const notifierFor = (port: number, config: object = {}, log = quiet) =>
  email.parse({ ...usual, port, ...config })({
    name: "mail",
    log,
    publish: () => Promise.resolve(),
    now: () => dawn,
  });

async function serverWith(options: SMTPServerOptions = {}) {
  const server = await createMailServer(options);
  onTestFinished(server.close);
  return server;
}

const failure = (delivery: Promise<string>): Promise<DeliveryError> =>
  delivery.then(
    () => expect.unreachable("it was taken"),
    (error) => error,
  );

const refusing = (responseCode: number, whom = /./): SMTPServerOptions => ({
  onRcptTo({ address }, _, callback) {
    if (!whom.test(address)) return callback();
    callback(Object.assign(new Error(`${address} is not welcome`), { responseCode }));
  },
});

describe("an e-mail", () => {
  test("carries the message in plain text, its Vietnamese subject whole", async () => {
    const { port, mails } = await serverWith();
    await notifierFor(port).deliver(notificationOf(lowOxygen()));
    const { headers, text, to } = mails[0]!;
    expect(to).toEqual(["lan@example.vn"]);
    expect(headers).toContain("Subject: [KHẨN CẤP] Ao số 4 thiếu oxy: 2,4 mg/l");
    expect(headers).toMatch(/From: .*Cánh đồng.* <canhdong@example.vn>/);
    expect(headers).toContain("Content-Type: text/plain; charset=utf-8");
    expect(headers).toContain("Auto-Submitted: auto-generated");
    expect(text.replaceAll("\r\n", "\n")).toContain(
      "Oxy hòa tan (DO): 2,4 mg/l (ngưỡng 3 mg/l)\nTừ lúc: 05:50 ngày 21/11/2026",
    );
  });

  test("is named after its notification, and stands together with the one that says it is over", async () => {
    const { port, mails } = await serverWith();
    const notifier = notifierFor(port);
    await notifier.deliver(notificationOf(lowOxygen()));
    await notifier.deliver(notificationOf(over(lowOxygen()), "resolved"));
    const id = lowOxygen().id;
    expect(mails.map(({ headers }) => /^Message-ID: (.*)$/im.exec(headers)![1])).toEqual([
      `<${id}.fired.test@example.vn>`,
      `<${id}.resolved.test@example.vn>`,
    ]);
    for (const { headers } of mails) expect(headers).toContain(`References: <${id}@example.vn>`);
  });

  test("to several people does not show one the address of another", async () => {
    const { port, mails } = await serverWith();
    await notifierFor(port, { to: ["lan@example.vn", "minh@example.vn"] }).deliver(
      notificationOf(lowOxygen()),
    );
    expect(mails[0]!.to).toEqual(["lan@example.vn", "minh@example.vn"]);
    expect(mails[0]!.headers).not.toMatch(/lan@|minh@/);
  });

  test("is sent with the credentials that are configured", async () => {
    const seen: string[] = [];
    const { port } = await serverWith({
      authOptional: false,
      onAuth({ username, password }, _, callback) {
        seen.push(`${username} ${password}`);
        callback(null, { user: username });
      },
    });
    await notifierFor(port, { user: "canhdong", password: { plain: "bí mật" } }).deliver(
      notificationOf(lowOxygen()),
    );
    expect(seen).toEqual(["canhdong bí mật"]);
  });
});

test("an e-mail says how to hear no more, also to the mail program", async () => {
  const { port, mails } = await serverWith();
  const optOutUrl = "https://canhdong.example.vn/m/x";
  await notifierFor(port).deliver({ ...notificationOf(lowOxygen()), optOutUrl });
  expect(mails[0]!.headers).toContain(`List-Unsubscribe: <${optOutUrl}>`);
  expect(mails[0]!.text).toContain(`Không muốn nhận tin này nữa: ${optOutUrl}`);
});

test("an e-mail for nobody is refused, not lost", async () => {
  const { port } = await serverWith();
  const error = await failure(notifierFor(port, { to: [] }).deliver(notificationOf(lowOxygen())));
  expect(error).toMatchObject({ failure: "rejected", retryable: false });
});

describe("an e-mail that is not taken", () => {
  test("for good is not tried again; for now it is", async () => {
    const forGood = await serverWith(refusing(550));
    const forNow = await serverWith(refusing(451));
    const deliver = (port: number) => failure(notifierFor(port).deliver(notificationOf(lowOxygen())));
    expect(await deliver(forGood.port)).toMatchObject({ failure: "rejected", retryable: false });
    expect(await deliver(forNow.port)).toMatchObject({ failure: "unavailable", retryable: true });
  });

  test("for a wrong password may be tried again, and the error holds no password", async () => {
    const { port } = await serverWith({
      onAuth: (_, __, callback) => callback(new Error("no")),
    });
    const error = await failure(
      notifierFor(port, { user: "canhdong", password: { plain: "bí mật" } }).deliver(
        notificationOf(lowOxygen()),
      ),
    );
    expect(error).toMatchObject({ failure: "credentials", retryable: true });
    expect(error.message).not.toMatch(/bí mật|YsOt/);
  });

  test("by a server that says nothing is timed out", async () => {
    const { port } = await serverWith({ onConnect() {} });
    expect(
      await failure(notifierFor(port, { timeoutMs: 1000 }).deliver(notificationOf(lowOxygen()))),
    ).toMatchObject({
      failure: "timed-out",
      retryable: true,
    });
  });

  test("is not sent in clear text to a server that offers no encryption", async () => {
    const { port, mails } = await serverWith();
    const error = await failure(notifierFor(port, { tls: "starttls" }).deliver(notificationOf(lowOxygen())));
    expect(error).toMatchObject({ failure: "unreachable", retryable: true });
    expect(mails).toEqual([]);
  });

  test("is not sent to a server whose certificate nobody vouches for", async () => {
    const { port, mails } = await serverWith({ disabledCommands: [] });
    const error = await failure(notifierFor(port, { tls: "starttls" }).deliver(notificationOf(lowOxygen())));
    expect(error).toMatchObject({ retryable: true });
    expect(mails).toEqual([]);
  });

  test("by one of two people goes, when tried again, only to that one", async () => {
    const options = refusing(451, /^minh/);
    const { port, mails } = await serverWith({
      onRcptTo: (...args) => options.onRcptTo!.call(undefined as never, ...args),
    });
    const notifier = notifierFor(port, { to: ["lan@example.vn", "minh@example.vn"] });
    expect(await failure(notifier.deliver(notificationOf(lowOxygen())))).toMatchObject({ retryable: true });
    options.onRcptTo = (_, __, callback) => callback();
    await notifier.deliver(notificationOf(lowOxygen()));
    expect(mails.map(({ to }) => to)).toEqual([["lan@example.vn"], ["minh@example.vn"]]);
  });

  test("by one of two people for good is delivered, and said in the log without the address", async () => {
    const { port, mails } = await serverWith(refusing(550, /^minh/));
    const lines: string[] = [];
    const warn = (fields: object, message: string) => lines.push(`${message} ${JSON.stringify(fields)}`);
    const notifier = notifierFor(port, { to: ["lan@example.vn", "minh@example.vn"] }, { ...quiet, warn });
    await notifier.deliver(notificationOf(lowOxygen()));
    expect(mails[0]!.to).toEqual(["lan@example.vn"]);
    expect(lines).toEqual(['recipients refused for good {"notifier":"mail","recipients":1}']);
  });
});

describe("the configuration of e-mail", () => {
  const paths = (config: object) =>
    email.safeParse({ ...usual, ...config }).error?.issues.map(({ path }) => path.join(".")) ?? [];

  test("refuses a password that would travel in clear text, except within the machine", () => {
    const login = { user: "a", password: { plain: "b" } };
    expect(paths({ ...login, host: "mail.example.vn" })).toEqual(["tls"]);
    expect(paths({ ...login, host: "mail.example.vn", tls: "starttls" })).toEqual([]);
    expect(paths(login)).toEqual([]);
    expect(paths({ user: "a" })).toEqual(["password"]);
  });
});

notifierContract(
  async (farEnd) => {
    const server = await createMailServer(farEnd === "refuses for now" ? refusing(421) : {});
    if (farEnd === "unreachable") await server.close();
    const taken = () => server.mails.map(({ headers }) => /^Message-ID: (.*)$/im.exec(headers)![1]!);
    const close = farEnd === "unreachable" ? () => Promise.resolve() : server.close;
    const addresses = () => server.mails.flatMap(({ to }) => to);
    return { notifier: notifierFor(server.port), taken, addresses, close };
  },
  (id) => `<${id}@example.vn>`,
  ["lan@example.vn", "minh@example.vn"],
);
