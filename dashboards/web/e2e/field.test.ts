import { expect, test } from "vitest";
import { inChromium } from "./in-chromium.ts";

/** What everybody in the field does with the page. */
inChromium(({ openFarm, openPage, signIn, openAsLan, goTo, textOf, listening }) => {
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

  test("a farm without devices says how to add one", async () => {
    const page = await openPage(await openFarm({ empty: true }));
    await signIn(page, "canbo", "mat-khau-cua-lan");
    await page.getByText("Chưa có thiết bị nào.").waitFor();
    await page.getByText("canhdong device add").waitFor();
  });
});
