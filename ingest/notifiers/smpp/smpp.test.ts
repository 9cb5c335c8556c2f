import { describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError, Log, Notifier, Reply } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, quiet } from "../test-alerts.ts";
import type { ShortMessage } from "./bodies.ts";
import { messageOctets, textOf } from "./message-octets.ts";
import { commands, statuses } from "./pdu.ts";
import { smpp } from "./smpp.ts";
import { createTestSmsc, password, type SmscOptions, systemId } from "./test-smsc.ts";

const notifierTo = (port: number, config: object = {}, log: Log = quiet) =>
  smpp.parse({
    kind: "smpp",
    host: "127.0.0.1",
    port,
    tls: false,
    systemId,
    password: { plain: password },
    sender: "CANHDONG",
    to: "+84912345678",
    ...config,
  })({ name: "sms", log, publish: () => Promise.resolve(), now: () => dawn });

async function smsc(options: SmscOptions = {}) {
  const centre = await createTestSmsc(options);
  onTestFinished(centre.close);
  return centre;
}

function connected(port: number, config: object = {}, log?: Log): Notifier {
  const notifier = notifierTo(port, config, log);
  onTestFinished(() => notifier.close!());
  return notifier;
}

const told = notificationOf(lowOxygen());
const failure = (delivery: Promise<string>): Promise<DeliveryError> =>
  delivery.then(
    () => expect.unreachable("it was taken"),
    (error) => error,
  );

const fromPhone = (text: string): ShortMessage => ({
  source: { ton: 1, npi: 1, address: "84912345678" },
  destination: { ton: 3, npi: 0, address: "8077" },
  registeredDelivery: 0,
  optional: new Map(),
  ...messageOctets(text, 0)[0]!,
});

describe("a text message", () => {
  test("is submitted with a sender, a number and a wish to hear of its arrival", async () => {
    const { port, submitted } = await smsc();
    await expect(connected(port).deliver(told)).resolves.toBe("message id-1, 1 part in gsm7");
    expect(submitted[0]).toMatchObject({
      source: { ton: 5, npi: 0, address: "CANHDONG" },
      destination: { ton: 1, npi: 1, address: "84912345678" },
      registeredDelivery: 1,
      dataCoding: 0,
    });
    expect(textOf(submitted[0]!)).toMatch(/^KHAN CAP: Ao so 4 thieu oxy: 2,4 mg\/l\./);
  });

  test("that is short keeps its accents", async () => {
    const { port, submitted } = await smsc();
    const advice = { vi: "Bật quạt nước.", en: "x" };
    await connected(port).deliver(notificationOf(lowOxygen({ advice, placeName: null })));
    expect(textOf(submitted[0]!)).toBe("KHẨN CẤP: Ao số 4 thiếu oxy: 2,4 mg/l. Bật quạt nước. Cần làm ngay.");
    expect(submitted[0]!.dataCoding).toBe(8);
  });

  test("that is long goes in parts that belong together, also when it is sent again", async () => {
    const { port, submitted } = await smsc();
    const advice = { vi: "Bật quạt nước ngay, giảm cho ăn. ".repeat(8).trim(), en: "x" };
    const long = notificationOf(lowOxygen({ advice }));
    await expect(connected(port).deliver(long)).resolves.toMatch(
      /^message id-1, id-2, id-3, 3 parts in gsm7$/,
    );
    await connected(port).deliver(long);
    const headers = submitted.map(({ octets }) => [...octets.subarray(3, 6)]);
    const [reference] = headers[0]!;
    expect(headers).toEqual([1, 2, 3, 1, 2, 3].map((part) => [reference, 3, part]));
    expect(submitted.slice(0, 3).map(textOf).join("")).toMatch(/^KHAN CAP.*giam cho an\.$/);
  });

  test("shares one line with the others, no more under way than the window has room for", async () => {
    const { port, submitted, counts } = await smsc();
    const notifier = connected(port, { window: 3 });
    await Promise.all(Array.from({ length: 20 }, () => notifier.deliver(told)));
    expect(submitted).toHaveLength(20);
    expect(counts()).toMatchObject({ binds: 1, mostInFlight: 3 });
  });

  test("finds another line when the one there was is cut", async () => {
    const { port, cut, counts, submitted } = await smsc();
    const notifier = connected(port);
    await notifier.deliver(told);
    cut();
    await notifier.deliver(told).catch(() => notifier.deliver(told));
    expect([counts().binds, submitted.length]).toEqual([2, 2]);
  });
});

describe("a text message that is not taken", () => {
  test.each([
    ["throttled", statuses.throttled, "rate-limited", true],
    ["the queue is full", statuses.queueFull, "rate-limited", true],
    ["no such number", statuses.invalidDestination, "recipient-gone", false],
    ["the centre is ill", statuses.systemError, "unavailable", true],
    ["a vendor's own code", 0x410, "unavailable", true],
    ["a wrong packet", 0x02, "rejected", false],
  ])("because of %s (%i) is `%s`; may be tried again: %s", async (_, status, kind, retryable) => {
    const { port } = await smsc({ outcome: () => status });
    expect(await failure(connected(port).deliver(told))).toMatchObject({ failure: kind, retryable });
  });

  test("for a wrong password may be tried again, and the error does not show it", async () => {
    const { port } = await smsc();
    const error = await failure(connected(port, { password: { plain: "guess" } }).deliver(told));
    expect(error).toMatchObject({ failure: "credentials", retryable: true });
    expect(error.message).not.toContain("guess");
  });

  test("by a centre that says nothing is timed out", async () => {
    const { port } = await smsc({ outcome: () => null });
    expect(await failure(connected(port, { timeoutMs: 300 }).deliver(told))).toMatchObject({
      failure: "timed-out",
      retryable: true,
    });
  });
});

describe("the line", () => {
  test("is asked whether somebody is still there, and given up when nobody is", {
    timeout: 30_000,
  }, async () => {
    const { port, next } = await smsc({ answersEnquiries: false });
    const stop = connected(port, { enquireSeconds: 1, timeoutMs: 1000 }).listen!(async () => {});
    await next("enquiry");
    // Another line, because the first one was silent.
    await next("bind");
    await stop();
  });

  test("refuses what it does not know or cannot read, and goes on", async () => {
    const { port, sends, next, counts, answers } = await smsc();
    const notifier = connected(port);
    await notifier.deliver(told);
    sends(0x0000_0103, Buffer.alloc(0));
    await next("answer");
    sends(commands.deliverSm, Buffer.of(1, 2, 3));
    await next("answer");
    await notifier.deliver(told);
    expect(answers).toEqual([statuses.invalidCommandId, statuses.permanentError]);
    expect(counts().binds).toBe(1);
  });
});

describe("what comes back", () => {
  test("is a reply, confirmed once it has been taken in", async () => {
    const { port, delivers, next, answers } = await smsc();
    const heard: Reply[] = [];
    const bound = next("bind");
    const stop = connected(port, { sender: "8077", canReply: true }).listen!(
      async (reply) => void heard.push(reply),
    );
    await bound;
    const answered = next("answer");
    delivers(fromPhone("Đã nhận, OK 3"));
    await answered;
    expect(heard).toEqual([{ channel: "sms", address: "+84912345678", text: "Đã nhận, OK 3", atMs: dawn }]);
    expect(answers).toEqual([statuses.ok]);
    await stop();
  });

  test("stays with the centre while nobody can take it in", async () => {
    const { port, delivers, next, answers } = await smsc();
    const notifier = connected(port, { sender: "8077" });
    await notifier.deliver(told);
    const answered = next("answer");
    delivers(fromPhone("OK"));
    await answered;
    const stop = notifier.listen!(() => Promise.reject(new Error("the disk is full")));
    const again = next("answer");
    delivers(fromPhone("OK"));
    await again;
    expect(answers).toEqual([statuses.temporaryError, statuses.temporaryError]);
    await stop();
  });

  test("that a message has not arrived is said in the log, without the number", async () => {
    const { port, delivers, next } = await smsc();
    const lines: string[] = [];
    const line = (level: string) => (fields: object, message: string) =>
      lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    const notifier = connected(port, {}, { info: line("info"), warn: line("warn"), error: line("error") });
    await notifier.deliver(told);
    for (const state of ["DELIVRD", "UNDELIV"]) {
      const answered = next("answer");
      const octets = Buffer.from(`id:id-1 sub:001 dlvrd:000 stat:${state} err:027 text:`);
      delivers({ ...fromPhone(""), esmClass: 4, octets });
      await answered;
    }
    expect(lines).toEqual([
      'info a text message has arrived {"notifier":"sms","message":"id-1","state":"DELIVRD","error":"027"}',
      'warn a text message has not arrived {"notifier":"sms","message":"id-1","state":"UNDELIV","error":"027"}',
    ]);
  });
});

notifierContract(
  async (farEnd) => {
    const centre = await createTestSmsc({ outcome: () => (farEnd === "takes" ? 0 : statuses.throttled) });
    if (farEnd === "unreachable") await centre.close();
    const notifier = notifierTo(centre.port);
    const close = async () => {
      await notifier.close!();
      await centre.close();
    };
    const addresses = () => centre.submitted.map(({ destination }) => `+${destination.address}`);
    return { notifier, taken: addresses, addresses, close };
  },
  null,
  ["+84912345678", "+84987654321"],
);
