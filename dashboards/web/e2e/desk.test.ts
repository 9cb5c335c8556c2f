import { expect, test } from "vitest";
import { inChromium, phone } from "./in-chromium.ts";

/** What officers and administrators do with the page, and what they set up for others. */
inChromium(({ openFarm, openPage, signIn, openAsLan, goTo, textOf }) => {
  test("officers see what could not be read, why, and how the server is", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/system");
    await page.getByText("1.284 bản tin được giữ lại kèm lý do").waitFor();
    expect(await textOf(page, ".reasons")).toBe(
      "Mã báo lỗi của đầu đo 1.190 Đồng hồ thiết bị sai 71 Không phải JSON 23",
    );
    await page.getByText("InfluxDB is away; 70 bản tin đang chờ").waitFor();
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

  test("a rule is armed after it was tried, an unconfirmed one with a reason, and the card says who did it", async () => {
    const farm = await openFarm();
    const page = await openAsLan(farm);
    await goTo(page, "#/rules");
    const on = page.locator('.rule[data-standing="in-use"]').first();
    await on.getByRole("button", { name: "Tắt quy tắc này" }).click();
    await page
      .locator('.rule[data-standing="off"]')
      .getByText(/Lan đã tắt lúc/)
      .waitFor();
    const unconfirmed = page.locator('.rule[data-standing="unconfirmed"]');
    const name = await unconfirmed.getAttribute("data-rule");
    expect(await unconfirmed.getByRole("button", { name: "Bật quy tắc này" }).count()).toBe(0);
    await unconfirmed.getByRole("button", { name: "Thử quy tắc này" }).click();
    const arm = unconfirmed.getByRole("button", { name: "Bật quy tắc này" });
    await unconfirmed.getByLabel(/^Lý do/).fill(" ");
    await arm.click();
    await unconfirmed.getByText("Ngưỡng này chưa được xác nhận: hãy ghi lý do dùng được ở đây.").waitFor();
    await unconfirmed.getByLabel(/^Lý do/).fill("đã so với phòng thí nghiệm");
    await arm.click();
    const armed = page.locator(`[data-rule="${name}"][data-standing="in-use"]`);
    await armed.getByText("Lý do: đã so với phòng thí nghiệm").waitFor();
    expect(farm.bodies.at(-1)).toEqual({
      call: `POST /api/v1/rules/${name}/arming`,
      body: { armed: true, reason: "đã so với phòng thí nghiệm" },
    });
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
});
