import { afterEach, expect, test } from "vitest";
import { openFarm } from "../testing/farm.ts";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
afterEach(() => farm.close());

const key = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM";
const keys = { p256dh: key, auth: "tBHItJI5svbpez7KI4CCXg" };
const subscription = { endpoint: "https://fcm.googleapis.com/fcm/send/abc", keys };
const textVersion = "2026-11";

async function openWithPush(): Promise<FarmServer> {
  const usual = await openFarm();
  const { personal } = usual;
  await usual.close();
  return openFarmServer({ personal: { ...personal, pushKey: key } });
}

const pushOf = async (person: string) => (await farm.ask(person, "/session/push")).json();

test("a browser is told once its person has pressed the button: that is written down as their consent", async () => {
  farm = await openWithPush();
  expect(await pushOf("hoa")).toEqual({ key, endpoint: null });
  const put = await farm.send("hoa", "PUT", "/session/push", { subscription, textVersion });
  expect([put.status, await put.json()]).toEqual([200, { key, endpoint: subscription.endpoint }]);
  expect(JSON.parse(farm.registry.person("hoa")!.webPush!)).toEqual(subscription);
  expect(farm.registry.consents("hoa", "alerts", "web-push")).toBe(true);
  expect(farm.registry.consentsOf("hoa")).toMatchObject([
    { given: true, medium: "web-push", how: "button on the page", textVersion, who: "hoa" },
  ]);
  // Nobody else's.
  expect(await pushOf("binh")).toEqual({ key, endpoint: null });
});

test("switching it off forgets the browser and takes the consent back, once", async () => {
  farm = await openWithPush();
  await farm.send("hoa", "PUT", "/session/push", { subscription, textVersion });
  for (let twice = 0; twice < 2; twice++)
    expect((await farm.ask("hoa", "/session/push", { method: "DELETE" })).status).toBe(204);
  expect(farm.registry.person("hoa")!.webPush).toBeNull();
  expect(farm.registry.consentsOf("hoa").map(({ given }) => given)).toEqual([true, false]);
  expect(await pushOf("hoa")).toEqual({ key, endpoint: null });
});

test("without a channel to browsers nobody can subscribe, and an address that is not https is not kept", async () => {
  farm = await openFarmServer();
  expect(await pushOf("hoa")).toEqual({ key: null, endpoint: null });
  const refused = await farm.send("hoa", "PUT", "/session/push", { subscription, textVersion });
  expect([refused.status, await refused.json()]).toMatchObject([409, { error: "not-configured" }]);
  const plain = { ...subscription, endpoint: "http://192.168.1.1/push" };
  expect((await farm.send("hoa", "PUT", "/session/push", { subscription: plain, textVersion })).status).toBe(
    400,
  );
  expect(farm.registry.person("hoa")!.webPush).toBeNull();
});
