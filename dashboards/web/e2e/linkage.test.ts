import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type FarmServer, openFarmServer } from "../../../app/http/testing/farm-server.ts";
import {
  afterQuarterMs,
  fillRegister,
  plantNodes,
  quarter,
  riceModel,
  riceReadings,
} from "../../../app/linkage/testing/rice-quarter.ts";
import { buildPage } from "./built-page.ts";

/** The pages of linkage models in a real Chromium, before the real server with its register, readings and office. */

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1280, height: 800 } };
const asked = `?plan=ha-tinh&period=${quarter.name}`;
const addresses = [
  `#/linkage${asked}`,
  `#/linkage/models${asked}`,
  `#/linkage/models/${riceModel.id}${asked}`,
  `#/linkage/map${asked}`,
  `#/linkage/snapshots${asked}`,
];

describe.skipIf(!existsSync(executablePath))(`in Chromium (${executablePath})`, () => {
  let built: Awaited<ReturnType<typeof buildPage>>;
  let browser: Browser;
  let farm: FarmServer;
  const closers: (() => Promise<void>)[] = [];
  const wrongs: string[] = [];

  beforeAll(async () => {
    built = await buildPage();
    farm = await openFarmServer({ webRoot: built.folder });
    farm.time.nowMs = afterQuarterMs;
    fillRegister(join(farm.folder, "linkage.db"));
    plantNodes(farm.registry);
    await farm.store.rewrite(riceReadings());
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await farm?.close();
    await built?.remove();
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    expect(wrongs.splice(0)).toEqual([]);
  });

  /** Signed in as this person of the farm. */
  async function openAs(person: string, options: BrowserContextOptions = phone): Promise<Page> {
    const context = await browser.newContext({ locale: "vi-VN", baseURL: farm.url, ...options });
    context.setDefaultTimeout(60_000);
    closers.push(() => context.close());
    const [name = "", value = ""] = farm.cookieOf(person).split(/=(.*)/s);
    await context.addCookies([{ name, value, url: farm.url }]);
    const page = await context.newPage();
    page.on("pageerror", (error) => wrongs.push(error.message));
    page.on("console", (message) => {
      const isAnswer = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !isAnswer) wrongs.push(message.text());
    });
    return page;
  }

  async function goTo(page: Page, address: string) {
    await page.goto(`/${address}`);
    await page.locator("main h1").waitFor({ state: "attached" });
    await page.waitForFunction(isShown);
  }

  // As it is seen, with what stands on lines of its own kept apart.
  const seenText = async (locator: Locator) =>
    // biome-ignore lint/performance/useDomNodeTextContent: see above.
    (await locator.innerText()).replace(/\s+/g, " ");

  test("the results tell share, target and rule, and lead to what each model lacks", async () => {
    const page = await openAs("trang");
    await page.goto("/");
    await page.getByRole("link", { name: "Liên kết" }).click();
    await page.getByRole("heading", { name: "Cần thêm 1 mô hình để đạt mục tiêu từ 50 % trở lên" }).waitFor();
    const card = page
      .locator(".indicator")
      .filter({ hasText: "Mô hình gắn vùng nguyên liệu có số liệu thiết bị" });
    expect(await seenText(card)).toContain("0,0 % 0/2 · 1 chưa có số liệu Chưa đủ số liệu");
    await page.getByText(/Tính theo quy tắc mặc định 2026\.1/).waitFor();
    await page.getByRole("link", { name: "Liên kết lúa Cẩm Bình" }).click();
    await page.getByText("Chưa tính: chỉ 0 tuần có người sử dụng dữ liệu (cần 3).").waitFor();
  });

  test("a model unfolds with the keyboard alone, down to the readings of an hour", async () => {
    const page = await openAs("trang", desktop);
    await goTo(page, addresses[2]!);
    await page.getByText("Từng ngày").first().focus();
    await page.keyboard.press("Enter");
    const day = page.getByRole("button", { name: "20/06/2026: 24 giờ có số liệu, là ngày hoạt động" });
    await day.focus();
    await page.keyboard.press("Enter");
    const hour = page.getByText("05:00–06:00");
    await hour.focus();
    await page.keyboard.press("Enter");
    const row = page.locator(".hour-readings tr").first();
    expect(await seenText(row)).toBe("05:01 Độ ẩm đất 26,0 %");
  });

  test("the map draws zones and devices and goes nearer; its table says the same", async () => {
    const page = await openAs("trang");
    await goTo(page, addresses[3]!);
    expect(await page.locator(".zone-map .zone").count()).toBe(1);
    expect(await page.locator(".zone-map .map-device.yes").count()).toBe(2);
    const before = await page.locator(".zone-map .zone").getAttribute("d");
    await page.getByRole("button", { name: "Phóng to" }).click();
    expect(await page.locator(".zone-map .zone").getAttribute("d")).not.toBe(before);
    const commune = page.locator(".communes li").filter({ hasText: "Xã Cẩm Bình" });
    expect(await seenText(commune)).toContain("Mô hình 2 Được tính 0");
  });

  test("one officer freezes a period, another person confirms it, and its report is downloaded", async () => {
    const officer = await openAs("minh");
    await goTo(officer, addresses[4]!);
    await officer.getByRole("button", { name: "Chốt số liệu Quý 3/2026" }).click();
    await officer.getByText("Đã đề xuất. Một người khác cần xác nhận.").waitFor();
    await officer.getByText("Chờ cấp tỉnh xác nhận.").waitFor();
    const department = await openAs("trang");
    await goTo(department, addresses[4]!);
    await department.getByRole("button", { name: "Tôi xác nhận số liệu này" }).click();
    await department.getByText(/^trang xác nhận, /).waitFor();
    await department.getByText("Kiểm tra bản chốt").click();
    await department.getByText(/^Đúng như lúc chốt\. SHA-256 [0-9a-f]{64}$/).waitFor();
    const download = department.waitForEvent("download");
    await department.getByRole("link", { name: "Văn bản" }).click();
    expect((await download).suggestedFilename()).toBe(`bao-cao-ha-tinh-${quarter.name}-1.docx`);
    // After the days for what comes late, another snapshot must say why.
    await department.getByLabel("Lý do đính chính").waitFor();
  });

  test("what froze by itself is looked at and proposed; who comes too late to confirm is told so in Vietnamese", async () => {
    await farm.linkage.freezeDue();
    const address = `#/linkage/snapshots?plan=ha-tinh&period=2026-Q2`;
    const officer = await openAs("minh");
    await goTo(officer, address);
    await officer.getByText(/^Số liệu kỳ này đã tự chốt lúc .*, chưa có ai đề xuất\.$/).waitFor();
    await officer.getByText("Kết quả đã chốt").first().click();
    await officer.getByText("Mô hình gắn vùng nguyên liệu có số liệu thiết bị").first().waitFor();
    await officer.getByRole("button", { name: "Đề xuất số liệu Quý 2/2026" }).click();
    await officer.getByText("Đã đề xuất. Một người khác cần xác nhận.").waitFor();
    const [first, second] = [await openAs("trang"), await openAs("lan")];
    const confirm = (page: Page) =>
      page
        .locator(".card")
        .filter({ hasText: "Quý 2/2026" })
        .getByRole("button", { name: "Tôi xác nhận số liệu này" });
    for (const page of [first, second]) {
      await goTo(page, address);
      await confirm(page).waitFor();
    }
    await confirm(first).click();
    await first
      .getByText(/^trang xác nhận, /)
      .first()
      .waitFor();
    await confirm(second).click();
    await second.getByText("Bản chốt này đã có người xác nhận. Tải lại trang để xem.").waitFor();
  });

  test("farmers are shown no way to the count", async () => {
    const page = await openAs("hoa");
    await page.goto("/");
    await page.getByRole("link", { name: "Tài khoản" }).waitFor();
    expect(await page.getByRole("link", { name: "Liên kết" }).count()).toBe(0);
  });

  test("on a phone of 360 pixels no page is wider than it, and thumbs hit everything", async () => {
    const page = await openAs("trang");
    for (const address of addresses) {
      await goTo(page, address);
      await openAll(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, address).toBeLessThanOrEqual(360);
      expect(await page.evaluate(lowTargets), address).toEqual([]);
    }
  });

  test.each([
    ["VI", "phone, light", phone, "light"],
    ["VI", "phone, dark", phone, "dark"],
    ["EN", "desktop", desktop, "light"],
  ] as const)("no barrier is found on any page: %s, %s", async (language, _, device, colorScheme) => {
    const page = await openAs("trang", { ...device, colorScheme, reducedMotion: "reduce" });
    await goTo(page, addresses[0]!);
    await page.getByRole("button", { name: language }).click();
    const found: string[] = [];
    for (const address of addresses) {
      await goTo(page, address);
      await openAll(page);
      await page.evaluate(axe);
      found.push(...(await page.evaluate(barriers)).map((barrier) => `${address}: ${barrier}`));
    }
    expect(found).toEqual([]);
  });

  async function openAll(page: Page) {
    await page.evaluate(() => {
      for (const closed of document.querySelectorAll("details")) closed.open = true;
    });
    await page.waitForFunction(isShown);
  }
});

/** Runs in the page: whether all that was asked for has come. */
function isShown(): boolean {
  const shown = document.querySelector("main .panel, main .card, main .notice");
  return shown !== null && document.querySelector(".skeleton") === null;
}

/** Runs in the page: what can be pressed and is lower than 44 pixels, or 38 in the language switch. */
function lowTargets(): string[] {
  const targets = [
    ...document.querySelectorAll("button, .button, nav a, .tabs a, summary, input, select, .lacking-link"),
  ];
  const isLow = (target: Element) => {
    const { height } = target.getBoundingClientRect();
    return height > 0 && height < (target.closest(".languages") === null ? 44 : 38);
  };
  return targets.filter(isLow).map((target) => target.outerHTML.slice(0, 100));
}

/** Runs in the page, with axe-core in it. */
async function barriers(): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
  const { violations } = await axe.run();
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(" ")
        .slice(0, 300)}`,
  );
}
