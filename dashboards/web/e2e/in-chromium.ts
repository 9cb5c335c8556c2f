import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { buildPage } from "./built-page.ts";
import { type FakeFarm, openFakeFarm } from "./fake-farm.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

// A name that is not this machine's: to Chromium plain http to it is as insecure as on a farm's network, without a service worker.
const farmName = "canhdong.test";
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const desktop = { viewport: { width: 1280, height: 800 } };

/** What tests do with the page. */
export interface Visit {
  openFarm(options?: Parameters<typeof openFakeFarm>[1]): Promise<FakeFarm>;
  openPage(farm: FakeFarm, options?: BrowserContextOptions): Promise<Page>;
  signIn(page: Page, name: string, password: string): Promise<void>;
  /** Signed in as an administrator, with the overview there. */
  openAsLan(farm: FakeFarm, options?: BrowserContextOptions): Promise<Page>;
  goTo(page: Page, address: string): Promise<void>;
  /** As it is seen, with what stands on lines of its own kept apart. */
  textOf(page: Page, selector: string): Promise<string>;
  /** Until the page hears of readings as they come. */
  listening(page: Page): Promise<void>;
}

/** Tests of the built page in a real Chromium, before a small server that answers as the API's shapes say; skipped without a Chromium. */
export function inChromium(tests: (visit: Visit) => void): void {
  describe.skipIf(!existsSync(executablePath))(`in Chromium (${executablePath})`, () => {
    let built: Awaited<ReturnType<typeof buildPage>>;
    let browser: Browser;
    const closers: (() => Promise<void>)[] = [];
    const wrongs: string[] = [];

    beforeAll(async () => {
      built = await buildPage();
      browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", `--host-resolver-rules=MAP ${farmName} 127.0.0.1`],
      });
    });
    afterAll(async () => {
      await browser?.close();
      await built?.remove();
    });
    afterEach(async () => {
      for (const close of closers.splice(0).reverse()) await close();
      // Whatever went wrong unseen: an exception, a file missing, something the page's policy had to forbid.
      expect(wrongs.splice(0)).toEqual([]);
    });

    async function openFarm(options: Parameters<typeof openFakeFarm>[1] = {}): Promise<FakeFarm> {
      const farm = await openFakeFarm(built.folder, options);
      closers.push(farm.close);
      return farm;
    }

    async function openPage(farm: FakeFarm, options: BrowserContextOptions = phone): Promise<Page> {
      const context = await browser.newContext({ locale: "vi-VN", baseURL: farm.url(farmName), ...options });
      context.setDefaultTimeout(15_000);
      closers.push(() => context.close());
      const page = await context.newPage();
      page.on("pageerror", (error) => wrongs.push(error.message));
      page.on("console", (message) => {
        const isAnswer = message.text().startsWith("Failed to load resource");
        if (message.type() === "error" && !isAnswer) wrongs.push(message.text());
      });
      await page.goto("/");
      return page;
    }

    async function signIn(page: Page, name: string, password: string) {
      await page.getByLabel("Tên đăng nhập").fill(name);
      await page.getByLabel("Mật khẩu", { exact: true }).fill(password);
      await page.getByRole("button", { name: "Đăng nhập" }).click();
    }

    async function openAsLan(farm: FakeFarm, options?: BrowserContextOptions): Promise<Page> {
      const page = await openPage(farm, options);
      await signIn(page, "canbo", "mat-khau-cua-lan");
      await page.locator("[data-place]").first().waitFor();
      return page;
    }

    async function goTo(page: Page, address: string) {
      await page.goto(`/${address}`);
      await page.locator("main h1").waitFor({ state: "attached" });
    }

    const textOf = async (page: Page, selector: string) =>
      // biome-ignore lint/performance/useDomNodeTextContent: see above.
      (await page.locator(selector).first().innerText()).replace(/\s+/g, " ");
    const listening = async (page: Page) =>
      void (await page.locator('[data-connection="live"]').waitFor({ state: "attached" }));

    tests({ openFarm, openPage, signIn, openAsLan, goTo, textOf, listening });
  });
}
