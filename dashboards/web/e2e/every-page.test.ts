import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desktop, inChromium, phone } from "./in-chromium.ts";

/** What holds on every page: without a network, on a small phone, for whoever reads with other senses. */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const addresses = [
  "#/",
  "#/place/ao-tom",
  "#/place/dong-nam?device=soil-02&span=7d",
  "#/device/soil-09",
  "#/device/nowhere",
  "#/alerts",
  "#/alerts/history",
  "#/rules",
  "#/rules/rice",
  "#/people",
  "#/people/hoa",
  "#/people/nobody",
  "#/system",
  "#/account",
];

inChromium(({ openFarm, openPage, signIn, openAsLan, goTo, textOf, listening }) => {
  test("with the server dead a reload shows the page and what was last known, with its age", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm, { ...phone, baseURL: farm.url("127.0.0.1") });
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    // The second visit goes through the service worker, which keeps what it sees.
    await page.reload();
    await page.locator("[data-place]").first().waitFor();
    await page.waitForFunction(async () => (await (await caches.open("canhdong-copies")).keys()).length >= 4);
    await farm.goAway();
    await page.reload();
    await page.getByText("Không có mạng. Đang xem số liệu lưu vừa xong.").waitFor();
    expect(await page.locator("[data-place]").count()).toBe(5);
    expect(await textOf(page, '[data-place="ao-tom"]')).toContain("2,41 mg/L");
    await farm.comeBack();
    await listening(page);
    await page.getByText("Không có mạng.").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Tài khoản" }).click();
    await page.getByRole("button", { name: "Đăng xuất" }).click();
    await page.getByRole("heading", { name: "Đăng nhập" }).waitFor();
    await page.waitForFunction(async () => !(await caches.has("canhdong-copies")));
  });

  test("a phone of 360 pixels need not be pushed sideways on any page, and thumbs hit everything", async () => {
    const page = await openAsLan(await openFarm());
    for (const address of addresses) {
      await goTo(page, address);
      await page.waitForFunction(nothingLoads);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), address).toBeLessThanOrEqual(
        360,
      );
      expect(await page.evaluate(lowTargets), address).toEqual([]);
    }
  });

  test.each([
    ["phone, light", phone, "light"],
    ["phone, dark", phone, "dark"],
    ["desktop", desktop, "light"],
  ] as const)("no barrier is found on any page: %s", async (_, device, colorScheme) => {
    const farm = await openFarm();
    const page = await openPage(farm, { ...device, colorScheme, reducedMotion: "reduce" });
    await page.getByLabel("Tên đăng nhập").waitFor();
    const found = [await barriers(page, "sign-in")];
    await signIn(page, "canbo", "mat-khau-cua-lan");
    await page.locator("[data-place]").first().waitFor();
    for (const address of addresses) {
      await goTo(page, address);
      await page.waitForFunction(nothingLoads);
      for (const closed of await page.locator("summary").all()) await closed.click();
      found.push(await barriers(page, address));
    }
    expect(found.flat()).toEqual([]);
  });

  async function barriers(page: Page, where: string): Promise<string[]> {
    await page.evaluate(axe);
    const violations = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof import("axe-core") }).axe
        .run()
        .then((result) =>
          result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        ),
    );
    return violations.map((violation) => `${where}: ${violation.slice(0, 300)}`);
  }
});

/** Runs in the page: what can be pressed and is lower than 44 pixels, or 38 in the language switch, which pads them. */
function lowTargets(): string[] {
  const targets = [...document.querySelectorAll("button, .button, nav a, .tabs a, summary, input, .strip a")];
  const isLow = (target: Element) => {
    const { height } = target.getBoundingClientRect();
    return height > 0 && height < (target.closest(".languages") === null ? 44 : 38);
  };
  return targets.filter(isLow).map((target) => target.outerHTML.slice(0, 100));
}

/** Runs in the page: whether all that is on the screen has come. */
function nothingLoads(): boolean {
  const isNear = (chart: Element) => chart.getBoundingClientRect().top < innerHeight;
  const charts = [...document.querySelectorAll(".chart-card")].filter(isNear);
  return (
    document.querySelector(".skeleton") === null && charts.every((chart) => chart.querySelector("canvas"))
  );
}
