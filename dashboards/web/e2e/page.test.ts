import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildPage } from "./built-page.ts";
import { type FakeFarm, openFakeFarm } from "./fake-farm.ts";

/** The built page in a real Chromium, before a small server that answers as the API's shapes say. */

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// A name that is not this machine's: to Chromium plain http to it is as insecure as on a farm's network, without a service worker.
const farmName = "canhdong.test";
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1280, height: 800 } };
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

  async function openFarm(options = {}): Promise<FakeFarm> {
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

  // As it is seen, with what stands on lines of its own kept apart.
  const textOf = async (page: Page, selector: string) =>
    // biome-ignore lint/performance/useDomNodeTextContent: see above.
    (await page.locator(selector).first().innerText()).replace(/\s+/g, " ");
  const listening = async (page: Page) =>
    void (await page.locator('[data-connection="live"]').waitFor({ state: "attached" }));

  test("a wrong password is told, the right one opens the overview", async () => {
    const page = await openPage(await openFarm());
    await signIn(page, "canbo", "nham");
    await page.getByText("Tên đăng nhập hoặc mật khẩu không đúng.").waitFor();
    await signIn(page, "canbo", "mat-khau-cua-lan");
    await page.getByRole("heading", { name: "Ao tôm số 2" }).waitFor();
    await page.getByRole("link", { name: "Tài khoản" }).click();
    await page.getByRole("button", { name: "Đăng xuất" }).click();
    await page.getByRole("heading", { name: "Đăng nhập" }).waitFor();
  });

  test("a one-time password has to be changed before anything else is seen", async () => {
    const farm = await openFarm();
    const page = await openPage(farm);
    await signIn(page, "admin", "one-time-password");
    await page.getByRole("heading", { name: "Đổi mật khẩu" }).waitFor();
    expect(farm.requests).not.toContain("GET /api/v1/overview");
    const fill = async (current: string, next: string, again: string) => {
      await page.getByLabel("Mật khẩu hiện tại").fill(current);
      await page.getByLabel("Mật khẩu mới", { exact: true }).fill(next);
      await page.getByLabel("Nhập lại mật khẩu mới").fill(again);
      await page.getByRole("button", { name: "Lưu mật khẩu mới" }).click();
    };
    await fill("one-time-password", "ngan", "ngan");
    await page.getByText("Mật khẩu mới có 4 ký tự, cần ít nhất 10.").waitFor();
    await fill("one-time-password", "ruộng lúa nhà mình", "ruộng lúa nhà ta");
    await page.getByText("Hai lần nhập mật khẩu mới không giống nhau.").waitFor();
    await fill("khong phai", "ruộng lúa nhà mình", "ruộng lúa nhà mình");
    await page.getByText("Mật khẩu hiện tại không đúng.").waitFor();
    await fill("one-time-password", "ruộng lúa nhà mình", "ruộng lúa nhà mình");
    await page.getByRole("heading", { name: "Ao tôm số 2" }).waitFor();
  });

  test("the overview shows who needs help first, with values, units and ages", async () => {
    const page = await openAsLan(await openFarm());
    const places = await page
      .locator("[data-place]")
      .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-place")));
    expect(places.slice(0, 2)).toEqual(["ao-tom", "khe-may"]);
    const pond = await textOf(page, '[data-place="ao-tom"]');
    expect(pond).toContain("2,41 mg/L");
    expect(pond).toContain("Oxy hòa tan (DO)");
    expect(pond).toContain("Khẩn cấp");
    expect(pond).toContain("1 phút trước");
    expect(await textOf(page, '[data-place="dong-nam"]')).toContain("31,2–34,9 %");
    expect(await textOf(page, '[data-place="khe-may"]')).toContain("Thiết bị mất tín hiệu");
    expect(await textOf(page, ".summary")).toBe("5 nơi 7/8 thiết bị đang gửi số liệu 1 mất tín hiệu");
    expect(await page.title()).toBe("(2) Canhdong");
  });

  test("places are found by kind, by need and by name without diacritics", async () => {
    const page = await openAsLan(await openFarm());
    const shown = () => page.locator("[data-place]").count();
    await page.getByRole("button", { name: /^Ao nuôi/ }).click();
    expect(await shown()).toBe(2);
    await page.getByRole("button", { name: /^Cần xem/ }).click();
    expect(await shown()).toBe(1);
    await page.getByRole("button", { name: "Tất cả" }).click();
    await page.getByLabel("Tìm theo tên, xã, thiết bị").fill("huong do");
    expect(await shown()).toBe(1);
    await page.getByLabel("Tìm theo tên, xã, thiết bị").fill("xyz");
    await page.getByRole("button", { name: "Bỏ lọc" }).click();
    expect(await shown()).toBe(5);
  });

  test("a live reading, a device that falls silent and a new alert appear by themselves", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await listening(page);
    const nowMs = Date.now();
    const latest = [{ quantity: "air.nh3", value: 27.3, measuredAtMs: nowMs }];
    farm.tell({ type: "readings", device: "shed-01", latest, lastSeenMs: nowMs });
    const shed = page.locator('[data-place="chuong-lon"]');
    await shed.getByText("27,3").waitFor();
    await shed.getByText("vừa xong").waitFor();
    farm.tell({ type: "device", device: "shed-01", connected: false, available: false });
    await shed.getByText("Mất tín hiệu").waitFor();
    const alert = {
      id: "nh3-cao",
      rule: "nh3",
      severity: "critical",
      state: "firing",
      device: "shed-01",
      place: "chuong-lon",
      placeName: "Chuồng lợn nái",
      quantity: "air.nh3",
      value: 27.3,
      limit: 25,
      title: { vi: "Khí amoniac quá cao", en: "Too much ammonia" },
      advice: { vi: "Mở cửa, bật quạt.", en: "Open the doors, switch on the fans." },
      firedAtMs: nowMs,
      acknowledgedAtMs: null,
      acknowledgedBy: null,
      silentDevices: [],
      actByMs: null,
      snoozedUntilMs: null,
      resolvedAtMs: null,
    } as const;
    farm.tell({ type: "alert", alert });
    await shed.getByText("Khẩn cấp").waitFor();
    await page
      .getByRole("status")
      .getByText("Cảnh báo mới: Khí amoniac quá cao, Chuồng lợn nái")
      .waitFor({ state: "attached" });
    expect(await page.title()).toBe("(3) Canhdong");
    farm.tell({ type: "alert", alert: { ...alert, state: "resolved", resolvedAtMs: nowMs } });
    await page.locator(".strip").getByText("Khí amoniac quá cao").waitFor({ state: "detached" });
  });

  test("a lost connection is told, what was there stays, and it comes back by itself", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await listening(page);
    await farm.goAway();
    await page.getByText("Mất kết nối, đang thử lại…").waitFor();
    expect(await page.locator("[data-place]").count()).toBe(5);
    await farm.comeBack();
    await listening(page);
    await page.getByText("Mất kết nối, đang thử lại…").waitFor({ state: "detached" });
    const nowMs = Date.now();
    const latest = [{ quantity: "air.nh3", value: 8.8, measuredAtMs: nowMs }];
    farm.tell({ type: "readings", device: "shed-01", latest, lastSeenMs: nowMs });
    await page.getByText("8,8").waitFor();
  });

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

  test("an acknowledgement that is refused is taken back and can be given again", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await page.getByRole("link", { name: "Cảnh báo" }).first().click();
    const alert = page.locator('[data-alert="do-thap"]');
    await alert.getByText("Bật hết quạt nước và sục khí ngay.").waitFor();
    expect(await textOf(page, '[data-alert="do-thap"]')).toMatch(
      /Oxy hòa tan \(DO\) 2,41 mg\/L Ngưỡng 3,50 mg\/L/,
    );
    farm.refuseNextAcknowledgement(503);
    await alert.getByRole("button", { name: "Tôi đã biết" }).click();
    await alert.getByText("Chưa ghi nhận được.").waitFor();
    expect(await alert.getAttribute("data-state")).toBe("firing");
    await alert.getByRole("button", { name: "Tôi đã biết" }).click();
    await alert.getByText(/Nguyễn Thị Lan đã biết/).waitFor();
    expect(
      farm.requests.filter((request) => request === "POST /api/v1/alerts/do-thap/acknowledge"),
    ).toHaveLength(2);
    expect(await page.title()).toBe("(1) Canhdong");
    await page.getByRole("link", { name: "Đã qua" }).click();
    await page.getByText(/kéo dài 1 giờ 35 phút/).waitFor();
  });

  test("a snoozed alert says when it comes back, and counts as handled until then", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await page.getByRole("link", { name: "Cảnh báo" }).first().click();
    const alert = page.locator('[data-alert="do-thap"]');
    await alert.getByRole("button", { name: "Nhắc lại sau 2 giờ" }).click();
    await alert.getByText(/^Sẽ nhắc lại lúc \d/).waitFor();
    expect(await alert.getAttribute("data-state")).toBe("snoozed");
    expect(farm.requests).toContain("POST /api/v1/alerts/do-thap/snooze");
    expect(await page.title()).toBe("(1) Canhdong");
  });

  test("an alert tells what happened to it, and who did what, when somebody asks", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/alerts");
    const alert = page.locator('[data-alert="do-thap"]');
    expect(farm.requests).not.toContain("GET /api/v1/alerts/do-thap/history");
    await alert.getByText("Diễn biến").click();
    await alert.getByText("Nặng hơn").waitFor();
    const lines = await alert.locator(".history li").allInnerTexts();
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/Đã có người nhận bởi Nguyễn Thị Lan$/);
  });

  test("the language is switched at once and remembered", async () => {
    const page = await openAsLan(await openFarm());
    await page.getByRole("button", { name: "EN" }).click();
    await page.getByText("7 of 8 devices reporting").waitFor();
    expect(await textOf(page, '[data-place="ao-tom"]')).toContain("2.41 mg/L");
    expect(await textOf(page, '[data-place="ao-tom"]')).toContain("Dissolved oxygen");
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.reload();
    await page.getByText("Oxygen in the pond is too low").waitFor();
  });

  test("a farmer is not offered what only officers may see", async () => {
    const page = await openPage(await openFarm());
    await signIn(page, "nongdan", "mat-khau-cua-bay");
    await page.getByRole("link", { name: "Tài khoản" }).waitFor();
    expect(await page.getByRole("link", { name: "Hệ thống" }).count()).toBe(0);
  });

  test("officers see what could not be read, why, and how the server is", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/system");
    await page.getByText("1.284 bản tin được giữ lại kèm lý do").waitFor();
    expect(await textOf(page, ".reasons")).toBe(
      "Mã báo lỗi của đầu đo 1.190 Đồng hồ thiết bị sai 71 Không phải JSON 23",
    );
    await page.getByText("3.1 GB free of 64 GB").waitFor();
    await page.getByText("Nội dung gốc").last().click();
    await page.getByText('{"values":{"air.te').waitFor();
  });

  test("a rule is tried on the past before it is armed: how often it would have fired, when, and a plot", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await page.getByRole("link", { name: "Cảnh báo" }).first().click();
    await page.getByRole("link", { name: "Quy tắc" }).click();
    await page.getByLabel("Bộ quy tắc").selectOption("rice");
    const rule = page.locator('[data-rule="rice.awd-reflood"]');
    await rule.getByText("từ -0,15 m trở xuống suốt 2 giờ; hết khi trở lại mức 0 m").waitFor();
    await rule.getByText(/^Nguồn: Safe AWD threshold/).waitFor();
    expect(await rule.getAttribute("data-standing")).toBe("at-hand");
    await page.getByLabel(/^Nơi/).selectOption("ao-tom");
    await page.getByRole("button", { name: "90 ngày" }).click();
    await rule.getByRole("button", { name: "Thử quy tắc này" }).click();
    await rule.getByText("Lẽ ra đã báo 14 lần, 11 lần vào ban đêm, 3 lần khi đầu đo có lỗi.").waitFor();
    const asked = farm.bodies.find(({ call }) => call === "POST /api/v1/rules/test")!;
    expect(asked.body).toMatchObject({ pack: "rice", rule: ["rice.awd-reflood"], device: ["pond-01"] });
    const { fromMs, toMs } = asked.body as { fromMs: number; toMs: number };
    expect(toMs - fromMs).toBe(90 * 86_400_000);
    const drawn = await rule.locator("img.plot").evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return image.naturalWidth;
    });
    expect(drawn).toBeGreaterThan(100);
    await rule.getByText("Xem từng lần (14)").click();
    expect(await rule.locator(".episodes li").count()).toBe(14);
    await page.getByRole("button", { name: "Thử cả bộ" }).click();
    expect(await textOf(page, ".try tbody tr")).toMatch(/ 14 11 3$/);
  });

  test("an officer sees who is told of alerts, and writes down what a farmer said", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await page.getByRole("link", { name: "Hệ thống" }).click();
    await page.getByRole("link", { name: "Người nhận tin" }).click();
    await page.locator('[data-person="hoa"]').getByText("Nhận tin qua tin nhắn SMS").waitFor();
    await page.getByText("Chưa nhận tin: chưa đồng ý hoặc chưa có địa chỉ.").waitFor();
    await page.getByRole("link", { name: "Nguyễn Thị Hoa" }).click();
    await page.getByText("+84••••••678").waitFor();
    await page.getByText("Sổ đồng ý").click();
    await page.getByText("Rút lại: Cảnh báo, cuộc gọi").waitFor();
    await page.getByLabel("Qua kênh").selectOption("voice");
    await page.getByLabel("Nói bằng cách nào").fill("phiếu số 13");
    await page.getByLabel("Phiên bản văn bản đồng ý").fill("2026-11");
    await page.getByRole("button", { name: "Ghi vào sổ" }).click();
    await page.getByText("Đã ghi.").waitFor();
    expect(farm.bodies.at(-1)).toEqual({
      call: "POST /api/v1/people/hoa/consents",
      body: { purpose: "alerts", medium: "voice", given: true, how: "phiếu số 13", textVersion: "2026-11" },
    });
    await page.locator(".ledger .entry").first().getByText("Đồng ý: Cảnh báo, cuộc gọi").waitFor();
    // Only administrators change and erase.
    expect(await page.getByRole("button", { name: "Xóa người này" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Lưu" }).count()).toBe(0);
  });

  test("an administrator adds, changes, exports and erases a person, the last only after typing the name", async () => {
    const farm = await openFarm();
    const page = await openPage(farm);
    await signIn(page, "sep", "mat-khau-cua-son");
    await page.locator("[data-place]").first().waitFor();
    await goTo(page, "#/people");
    await page.getByRole("button", { name: "Thêm người" }).click();
    await page.getByLabel("Tên đăng nhập").fill("tam");
    await page.getByLabel("Họ tên").fill("Võ Thị Tám");
    await page.getByLabel("Số điện thoại").fill("0912 345 678");
    await page.getByLabel("Nơi canh tác").fill("ao-ca, khe-may");
    await page.getByRole("button", { name: "Thêm người" }).click();
    await page.getByText("Mật khẩu dùng một lần: mot-lan-1234.").waitFor();
    expect(farm.bodies.at(-1)?.body).toEqual({
      ...{ id: "tam", name: "Võ Thị Tám", role: "farmer", language: "vi", phone: "0912 345 678" },
      ...{ places: ["ao-ca", "khe-may"], communes: [] },
    });
    await goTo(page, "#/people/hoa");
    await page.getByText("Đang lưu +84••••••678. Để trống thì giữ nguyên.").waitFor();
    await page.getByLabel("Giờ yên lặng").selectOption("own");
    await page.getByLabel("Từ", { exact: true }).fill("20:30");
    await page.getByRole("button", { name: "Lưu" }).click();
    await page.getByText("Đã lưu.").waitFor();
    const { body } = farm.bodies.at(-1)!;
    expect(body).toMatchObject({ telling: { quietHours: { from: "20:30", to: "05:00" }, digestAt: null } });
    // What is not shown is not overwritten.
    expect(body).not.toHaveProperty("phone");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Tải mọi dữ liệu về người này" }).click();
    expect((await saved).suggestedFilename()).toBe("hoa.json");
    await page.getByRole("button", { name: "Xóa người này" }).click();
    await page.getByLabel("Gõ hoa để xác nhận").fill("hoà");
    await page.getByRole("button", { name: "Xóa hẳn" }).click();
    expect(farm.requests).not.toContain("DELETE /api/v1/people/hoa");
    await page.getByLabel("Gõ hoa để xác nhận").fill("hoa");
    await page.getByRole("button", { name: "Xóa hẳn" }).click();
    await page.locator('[data-person="hoa"]').waitFor({ state: "detached" });
    expect(farm.requests).toContain("DELETE /api/v1/people/hoa");
  });

  test("on a farm's plain network the page says why it cannot be told with the page closed", async () => {
    const page = await openAsLan(await openFarm());
    await goTo(page, "#/account");
    await page.getByText("chỉ cho nhận thông báo khi trang mở bằng địa chỉ https").waitFor();
    expect(await page.getByRole("button", { name: "Nhận thông báo trên máy này" }).count()).toBe(0);
  });

  test("a pushed alert is shown with the page's own words and leads to where it is acknowledged", async () => {
    const farm = await openFarm();
    const baseURL = farm.url("127.0.0.1");
    const page = await openAsLan(farm, { ...phone, baseURL, permissions: ["notifications"] });
    await goTo(page, "#/account");
    await page.getByRole("button", { name: "Nhận thông báo trên máy này" }).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const browserSide = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      browserSide.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        if (registrations[0] !== undefined) resolve(registrations[0].registrationId);
      });
    });
    await browserSide.send("ServiceWorker.enable");
    const registrationId = await registered;
    const url = `${baseURL}a/abc`;
    const told = {
      title: "KHẨN CẤP: Ao thiếu oxy",
      body: "Bật quạt nước.",
      tag: "a1",
      severity: "critical",
      url,
    };
    await browserSide.send("ServiceWorker.deliverPushMessage", {
      origin: baseURL.slice(0, -1),
      registrationId,
      data: JSON.stringify({ ...told, language: "vi" }),
    });
    const shown = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      for (;;) {
        const [first] = await registration.getNotifications();
        if (first) return { title: first.title, body: first.body, tag: first.tag, data: first.data };
        await new Promise(requestAnimationFrame);
      }
    });
    expect(shown).toEqual({ title: told.title, body: told.body, tag: "a1", data: { url } });
  });

  test("what grows at a place is seen there, and an officer tells what has changed", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/place/dong-nam");
    const panel = page.locator(".cultivation");
    await panel.getByText("lúa, giống ST25, mới gieo, mới cấy, đất sét").waitFor();
    await panel.getByText("từ 01/06/2026").waitFor();
    await panel.getByText("Ghi thay đổi").click();
    await panel.getByLabel("Từ ngày").fill("2026-06-25");
    await panel.getByLabel("Giai đoạn").selectOption("tillering");
    await panel.getByRole("button", { name: "Ghi" }).click();
    await panel.getByText("lúa, giống ST25, đẻ nhánh, đất sét").waitFor();
    expect(farm.bodies.at(-1)).toEqual({
      call: "POST /api/v1/places/dong-nam/cultivation",
      body: { fromDate: "2026-06-25", stage: "tillering" },
    });
  });

  test("a farm without devices says how to add one", async () => {
    const page = await openPage(await openFarm({ empty: true }));
    await signIn(page, "canbo", "mat-khau-cua-lan");
    await page.getByText("Chưa có thiết bị nào.").waitFor();
    await page.getByText("canhdong device add").waitFor();
  });

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
