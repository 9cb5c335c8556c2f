import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { DeliveryError } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, over, quiet } from "../test-alerts.ts";
import { appId, appSecret, createTestZaloServer, firstRefreshToken } from "../zalo/test-zalo-server.ts";
import { zns } from "./zns.ts";

const folder = mkdtempSync(join(tmpdir(), "canhdong-zns-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

const configFor = (url: string) => {
  const tokenFile = join(folder, `tokens-${files++}`);
  writeFileSync(tokenFile, firstRefreshToken);
  return {
    kind: "zns",
    appId,
    appSecret: { plain: appSecret },
    tokenFile,
    oauthUrl: url,
    apiUrl: url,
    to: "+84912345678",
    templates: {
      fired: {
        id: "301001",
        parameters: {
          muc_do: "severity",
          dia_diem: "place",
          noi_dung: { of: "title", mostChars: 20 },
          viec_can_lam: { of: "advice", mostChars: 90 },
        },
      },
      resolved: { id: "301002", parameters: { dia_diem: "place", ket_thuc: "until" } },
    },
  };
};

const notifierTo = (url: string, log = quiet) =>
  zns.parse(configFor(url))({ name: "zns", log, publish: () => Promise.resolve(), now: () => dawn });

async function zaloServer(outcome: (to: string) => number = () => 0) {
  const server = await createTestZaloServer(outcome);
  onTestFinished(server.close);
  return server;
}

describe("a template message", () => {
  test("is filled with pieces of the alert, each as long as the template takes", async () => {
    const { url, taken } = await zaloServer();
    await expect(notifierTo(url).deliver(notificationOf(lowOxygen()))).resolves.toBe(
      "message m1, quota 499 of 500",
    );
    expect(taken[0]).toMatchObject({
      to: "84912345678",
      body: {
        template_id: "301001",
        template_data: {
          muc_do: "KHẨN CẤP",
          dia_diem: "Ao số 4, thôn Vĩnh Xuân",
          noi_dung: "Ao số 4 thiếu oxy…",
          viec_can_lam: "Bật quạt nước ngay, giảm cho ăn.",
        },
        tracking_id: expect.stringMatching(/^[0-9a-f]{48}$/),
      },
    });
  });

  test("that it is over has a template of its own", async () => {
    const { url, taken } = await zaloServer();
    await notifierTo(url).deliver(notificationOf(over(lowOxygen()), "resolved"));
    expect(taken[0]!.body).toMatchObject({
      template_id: "301002",
      template_data: { dia_diem: "Ao số 4, thôn Vĩnh Xuân", ket_thuc: "07:20 ngày 21/11/2026" },
    });
  });

  test("has no empty parameter, for Zalo refuses these", async () => {
    const { url, taken } = await zaloServer();
    await notifierTo(url).deliver(notificationOf(lowOxygen({ placeName: null })));
    expect(taken[0]!.body).toMatchObject({ template_data: { dia_diem: "Chưa rõ vị trí" } });
  });

  test("warns in the log before the day's quota is used up", async () => {
    const server = await zaloServer();
    const lines: string[] = [];
    const warn = (fields: object, message: string) => lines.push(`${message} ${JSON.stringify(fields)}`);
    const notifier = notifierTo(server.url, { ...quiet, warn });
    await notifier.deliver(notificationOf(lowOxygen()));
    server.useQuotaUpTo(40);
    await notifier.deliver(notificationOf(lowOxygen()));
    expect(lines).toEqual([
      'today\'s quota of ZNS messages is nearly used up {"notifier":"zns","left":39,"of":500}',
    ]);
  });

  test.each([
    [-108, "recipient-gone", false],
    [-118, "recipient-gone", false],
    [-132, "rejected", false],
    [-115, "credentials", true],
    [-144, "rate-limited", true],
    [-100, "unavailable", true],
  ])("refused with %i is `%s`; may be tried again: %s", async (code, failure, retryable) => {
    const { url } = await zaloServer(() => code);
    const error: DeliveryError = await notifierTo(url)
      .deliver(notificationOf(lowOxygen()))
      .then(
        () => expect.unreachable("it was taken"),
        (thrown) => thrown,
      );
    expect(error).toMatchObject({ failure, retryable });
  });
});

test("a template without a parameter, or with a piece that alerts do not have, is refused", () => {
  const config = configFor("http://127.0.0.1:9");
  const problems = (parameters: object) =>
    zns
      .safeParse({ ...config, templates: { ...config.templates, fired: { id: "1", parameters } } })
      .error!.issues.map(({ path }) => path.join("."));
  expect(problems({})).toEqual(["templates.fired.parameters"]);
  expect(problems({ noi_dung: "mood" })).toEqual(["templates.fired.parameters.noi_dung"]);
});

notifierContract(
  async (farEnd) => {
    const server = await createTestZaloServer(() => (farEnd === "takes" ? 0 : -100));
    if (farEnd === "unreachable") await server.close();
    return {
      notifier: notifierTo(server.url),
      taken: () => server.taken.map(({ body }) => String(body.tracking_id)),
      addresses: () => server.taken.map(({ to }) => `+${to}`),
      close: server.close,
    };
  },
  null,
  ["+84912345678", "+84987654321"],
);
