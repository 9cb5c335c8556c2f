import { expect, test } from "vitest";
import { inChromium } from "./in-chromium.ts";

/** Readings over time. */
inChromium(({ openFarm, openAsLan, goTo, listening }) => {
  test("a gap in the readings is a gap in the chart, in its sentence and in its table", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/place/ao-tom");
    const chart = page.locator('[data-quantity="water.dissolvedOxygen"]');
    // A chart is drawn when somebody comes to it.
    await chart.scrollIntoViewIfNeeded();
    await chart.locator("canvas").waitFor();
    await chart.getByText("1 khoảng trống 3 giờ").waitFor();
    const share = await page.waitForFunction(longestBreak, '[data-quantity="water.dissolvedOxygen"] canvas');
    expect(await share.jsonValue()).toBeGreaterThan(0.1);
    expect(await share.jsonValue()).toBeLessThan(0.15);
    await chart.getByText("Bảng số liệu").click();
    const gap = await chart.locator("tr.gap").textContent();
    expect(gap).toMatch(/^Không có số liệu từ \d\d\/\d\d \d\d:\d\d đến \d\d\/\d\d \d\d:\d\d$/);
    expect(await chart.locator("tbody tr:not(.gap)").count()).toBeGreaterThan(100);
  });

  test("a live reading moves the chart without another fetch", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/place/ao-tom");
    await listening(page);
    const chart = page.locator('[data-quantity="water.ph"]');
    await chart.scrollIntoViewIfNeeded();
    await chart.getByText("cao nhất").waitFor();
    const fetches = () => farm.requests.filter((request) => request.endsWith("/series")).length;
    const before = fetches();
    const measuredAtMs = Date.now() + 1000;
    farm.tell({
      type: "readings",
      device: "pond-01",
      latest: [{ quantity: "water.ph", value: 9.87, measuredAtMs }],
      lastSeenMs: measuredAtMs,
    });
    await chart.getByText("cao nhất 9,87").waitFor();
    expect(fetches()).toBe(before);
  });

  test("the part of time that is shown is an address: steps, spans and the back button", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/device/pond-02");
    await page.getByRole("link", { name: "7 ngày" }).click();
    await page.waitForURL(/span=7d/);
    expect(await page.getByRole("button", { name: "Tiến tới" }).isDisabled()).toBe(true);
    await page.getByRole("link", { name: "Lùi lại" }).click();
    await page.waitForURL(/span=7d&end=\d+/);
    await page.getByRole("link", { name: "Đến bây giờ" }).click();
    await page.waitForURL((url) => !url.href.includes("end="));
    await page.goBack();
    await page.waitForURL(/end=\d+/);
    await page.getByLabel("Xem đến hết ngày").fill("2026-01-02");
    await page.waitForURL(/end=1767373200000/);
    const csv = await page.getByRole("link", { name: "Tải CSV" }).getAttribute("href");
    expect(csv).toBe("/api/v1/export?format=csv&device=pond-02&fromMs=1766768400000&toMs=1767373200000");
  });
});

/**
 * Runs in the page: the longest stretch without the line's colour between its first and last column, as a share of the
 * line's width. Null until the line is drawn.
 */
function longestBreak(selector: string): number | null {
  const canvas = document.querySelector<HTMLCanvasElement>(selector);
  const image = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
  if (image === undefined) return null;
  const columns: number[] = [];
  for (let x = 0; x < image.width; x++) {
    for (let y = 0; y < image.height; y++) {
      const at = (y * image.width + x) * 4;
      const [red = 255, green = 0, , alpha = 0] = image.data.slice(at, at + 4);
      if (red < 40 && green > 90 && alpha > 200) {
        columns.push(x);
        break;
      }
    }
  }
  if (columns.length < 20) return null;
  const steps = columns.slice(1).map((x, at) => x - columns[at]!);
  return Math.max(...steps) / (columns.at(-1)! - columns[0]!);
}
