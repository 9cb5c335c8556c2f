import { describe, expect, onTestFinished, test } from "vitest";
import type { Reply } from "../../alerts/index.ts";
import { notifierContract } from "../notifier-contract.ts";
import { dawn, lowOxygen, notificationOf, quiet } from "../test-alerts.ts";
import { createTestProvider } from "../test-provider.ts";
import { voice } from "./voice.ts";

const inbound = { token: { plain: "a token of the gateway" }, from: "callee", text: "digits" };

const notifierTo = (url: string, config: object = {}) =>
  voice.parse({
    kind: "voice",
    url,
    json: { to: "{phone}", say: "{text}", voice: "{language}", ref: "{id}" },
    to: "+84912345678",
    ...config,
  })({ name: "calls", log: quiet, publish: () => Promise.resolve(), now: () => dawn });

describe("a call", () => {
  test("says the alert in words, twice, and asks for a key where keys reach us", async () => {
    const { url, requests, close } = await createTestProvider(() => ({ status: 202 }));
    onTestFinished(close);
    const notification = { ...notificationOf(lowOxygen()), acknowledge: { code: 3 } };
    await notifierTo(url, { inbound }).deliver(notification);
    await notifierTo(url).deliver(notification);
    const [asks, tells] = requests.map(({ json }) => String(json.say));
    expect(asks!.match(/Ao số bốn thiếu oxy: hai phẩy bốn mi-li-gam trên lít\./g)).toHaveLength(2);
    expect(asks).toContain("Bấm phím một");
    expect(tells).not.toContain("Bấm phím");
    expect(requests[0]!.json).toMatchObject({ to: "+84912345678", voice: "vi" });
  });

  test("is acknowledged by the key 1 and by no other", async () => {
    const heard: Reply[] = [];
    const { receive } = notifierTo("https://voice.example.vn/", { inbound });
    const pressed = (digits: string) =>
      receive!(
        {
          headers: { authorization: "Bearer a token of the gateway" },
          query: {},
          body: Buffer.from(`callee=84912345678&digits=${digits}`),
        },
        async (reply) => void heard.push(reply),
      );
    expect([await pressed("5"), await pressed("1")]).toEqual([200, 200]);
    expect(heard).toEqual([{ channel: "calls", address: "+84912345678", text: "OK", atMs: dawn }]);
  });
});

notifierContract(
  async (farEnd) => {
    const { url, requests, close } = await createTestProvider(() => ({
      status: farEnd === "takes" ? 202 : 503,
    }));
    if (farEnd === "unreachable") await close();
    return {
      notifier: notifierTo(url),
      taken: () => (farEnd === "takes" ? requests.map(({ json }) => String(json.ref)) : []),
      addresses: () => requests.map(({ json }) => String(json.to)),
      close,
    };
  },
  (id) => id,
  ["+84912345678", "+84987654321"],
);
