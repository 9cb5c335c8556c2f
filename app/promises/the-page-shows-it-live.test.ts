import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";

/** From the socket to the screen: the real program, a real node, a real browser. */

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const isBuilt = existsSync(resolve(import.meta.dirname, "../../dashboards/web/dist/index.html"));
const installation = createTestInstallation({ rules: "rules.yaml" });
let server: TestServer;
let browser: Browser | undefined;

beforeAll(async () => {
  writeFileSync(
    join(installation.folder, "rules.yaml"),
    `
rules:
  - kind: threshold
    name: oxygen
    severity: critical
    quantity: water.dissolvedOxygen
    below: 3
    clear: 4
    title: { vi: "Ao thiếu oxy: {value}", en: "Low oxygen: {value}" }
    advice: { vi: "Bật quạt nước.", en: "Run the aerators." }
`,
  );
  server = await installation.start();
});
afterAll(async () => {
  await browser?.close();
  await installation.remove();
});

async function signInForTheFirstTime(page: Page, oneTimePassword: string): Promise<void> {
  await page.getByLabel("Tên đăng nhập").fill("admin");
  await page.getByLabel("Mật khẩu", { exact: true }).fill(oneTimePassword);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.getByLabel("Mật khẩu hiện tại").fill(oneTimePassword);
  await page.getByLabel("Mật khẩu mới", { exact: true }).fill("trông ruộng trông ao");
  await page.getByLabel("Nhập lại mật khẩu mới").fill("trông ruộng trông ao");
  await page.keyboard.press("Enter");
}

test.skipIf(!existsSync(executablePath) || !isBuilt)(
  "a first visitor signs in, sees a reading arrive, an alert rise and takes it on",
  { timeout: 120_000 },
  async () => {
    const place = { id: "ao-1", kind: "pond", name: "Ao tôm số 1", communeName: "Xã Quảng Điền" };
    await server.api("/places", { method: "POST", body: JSON.stringify(place) });
    const node = await connectNode(
      server,
      "ao-tom-1",
      await addDevice(server, { id: "ao-tom-1", intervalMs: 60_000, place: "ao-1" }),
    );

    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: "vi-VN" });
    await page.goto(server.url);
    await signInForTheFirstTime(page, /one-time password (\S+)/.exec(server.printed())?.[1] ?? "");
    const card = page.locator('[data-place="ao-1"]');
    await card.waitFor();

    await node.send({ values: { "water.dissolvedOxygen": 5.2, "water.temperature": 28.4 } });
    await card.getByText("28,4").waitFor();

    await node.send({ values: { "water.dissolvedOxygen": 2.1 } });
    await page.getByText("Ao thiếu oxy: 2,1").first().waitFor();
    await page.goto(`${server.url}/#/alerts`);
    await page.getByText("Bật quạt nước.").waitFor();
    await page.getByRole("button", { name: "Tôi đã biết" }).click();
    await expect
      .poll(async () => (await server.api<{ alerts: { state: string; device: string }[] }>("/alerts")).alerts)
      .toMatchObject([{ state: "acknowledged", device: "ao-tom-1" }]);

    await page.goto(`${server.url}/#/device/ao-tom-1`);
    await page.locator('[data-quantity="water.dissolvedOxygen"] canvas').waitFor();
    await node.end();
  },
);
