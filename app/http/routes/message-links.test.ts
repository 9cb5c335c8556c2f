import { afterEach, beforeEach, expect, test } from "vitest";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
let id: string;
let links: { acknowledge: string; optOut: string };

beforeEach(async () => {
  farm = await openFarmServer();
  const { registry, time } = farm;
  registry.updatePerson("hoa", { phone: "0912345678", name: "Nguyễn Thị Hoa <i>" }, time.nowMs);
  registry.writeConsent(
    { person: "hoa", purpose: "alerts", medium: "sms", given: true, how: "form", textVersion: "1" },
    time.nowMs,
  );
  await farm.measure({ device: "soil-1", quantity: "soil.moisture", value: 20 });
  id = farm.watch.alerts({ state: "open", limit: 1 })[0]!.id;
  const [claim] = farm.watch.outbox.claim("sms", 1, time.nowMs);
  const pathOf = (url: string | undefined) => new URL(url!).pathname;
  links = { acknowledge: pathOf(claim!.acknowledge?.url), optOut: pathOf(claim!.optOutUrl) };
});
afterEach(() => farm.close());

const open = (path: string, method = "GET") =>
  fetch(`${farm.url}${path}`, {
    method,
    ...(method === "POST" && { headers: { "content-type": "text/plain" }, body: "" }),
  });

test("a link shows the alert and what to do; only its button acknowledges, for the person it was sent to", async () => {
  const shown = await open(links.acknowledge);
  expect(shown.status).toBe(200);
  const page = await shown.text();
  expect(page).toContain("<h1>Đất khô tại Rẫy cà phê nhà Hoa</h1>");
  expect(page).toContain("<p>Tưới nước.</p>");
  expect(page).toMatch(/<form method="post"[^>]*><button>Tôi đã biết/);
  expect(farm.watch.alert(id)).toMatchObject({ state: "firing" });

  const pressed = await open(links.acknowledge, "POST");
  expect(await pressed.text()).toContain("Cảm ơn!");
  expect(farm.watch.alert(id)).toMatchObject({ state: "acknowledged", acknowledgedBy: "hoa" });
});

test("whoever comes second is told who takes care of it, and who comes late that it is over", async () => {
  farm.registry.updatePerson("minh", { name: "Minh <b>" }, farm.time.nowMs);
  farm.watch.acknowledge(id, "minh", farm.time.nowMs);
  const page = await (await open(links.acknowledge, "POST")).text();
  expect(page).toContain("Minh &lt;b&gt; đã nhận xử lý");
  expect(page).not.toContain("<button>");
  farm.time.nowMs += 1000;
  await farm.measure({ device: "soil-1", quantity: "soil.moisture", value: 40 });
  expect(await (await open(links.acknowledge)).text()).toContain("đã kết thúc");
});

test("a page behind a link loads nothing, tells nobody where it was, and is not kept", async () => {
  const { headers } = await open(links.acknowledge);
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cache-control")).toBe("no-store");
});

test("a link is good for one thing, for three days, and for nobody who got the id later", async () => {
  const wrongPurpose = links.acknowledge.replace("/a/", "/h/");
  expect((await open(wrongPurpose, "POST")).status).toBe(404);
  expect((await open(`${links.acknowledge.slice(0, -2)}AA`, "POST")).status).toBe(404);
  expect((await open("/a/nothing", "POST")).status).toBe(404);
  farm.time.nowMs += 72 * 3_600_000 + 1;
  const late = await open(links.acknowledge, "POST");
  expect(late.status).toBe(404);
  expect(await late.text()).toContain("This link no longer works");
  expect(farm.watch.alert(id)).toMatchObject({ state: "firing" });

  farm.registry.removePerson("hoa", farm.time.nowMs);
  farm.registry.addPerson({ id: "hoa", name: "Another", role: "farmer" }, farm.time.nowMs);
  expect((await open(links.optOut)).status).toBe(404);
});

test("opting out shows no number, asks first, and counts at once", async () => {
  const page = await (await open(links.optOut)).text();
  expect(page).toContain("+84••••••678");
  expect(page).not.toContain("912345678");
  expect(farm.registry.consents("hoa", "alerts", "sms")).toBe(true);
  expect(await (await open(links.optOut, "POST")).text()).toContain("Đã ngừng gửi tin");
  expect(farm.registry.consents("hoa", "alerts", "sms")).toBe(false);
  expect(farm.registry.consentsOf("hoa").at(-1)).toMatchObject({ given: false, how: "link", who: "hoa" });
});

test("English for whoever reads English", async () => {
  farm.registry.updatePerson("hoa", { language: "en" }, farm.time.nowMs);
  const page = await (await open(links.acknowledge)).text();
  expect(page).toContain('<html lang="en">');
  expect(page).toContain("I know, and I am seeing to it");
});
