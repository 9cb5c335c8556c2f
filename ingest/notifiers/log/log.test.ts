import { expect, test } from "vitest";
import { lowOxygen, notificationOf, over } from "../test-alerts.ts";
import { log } from "./log.ts";

function lines(notification: ReturnType<typeof notificationOf>, config: object = {}) {
  const written: string[] = [];
  const write = (level: string) => (fields: object, message: string) =>
    written.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const notifier = log.parse({ kind: "log", ...config })({
    name: "log",
    log: { info: write("info"), warn: write("warn"), error: write("error") },
    publish: () => Promise.resolve(),
    now: () => 0,
  });
  return notifier.deliver(notification).then(() => written);
}

test("an alert is a warning in the log, with its rule and its device", async () => {
  const [line, ...more] = await lines(notificationOf(lowOxygen()));
  expect(line).toMatch(/^warn \[KHẨN CẤP\] Ao số 4 thiếu oxy.*"rule":"pond-oxygen-low","device":"ao-04"/);
  expect(more).toEqual([]);
});

test("what is over, or only worth knowing, is no warning", async () => {
  expect((await lines(notificationOf(over(lowOxygen()), "resolved")))[0]).toMatch(/^info \[Hết cảnh báo\]/);
  expect((await lines(notificationOf(lowOxygen({ severity: "info" }))))[0]).toMatch(/^info/);
});

test("what nobody has responded to is a warning again", async () => {
  expect((await lines(notificationOf(lowOxygen(), "escalated")))[0]).toMatch(
    /^warn \[KHẨN CẤP, chưa ai xử lý\] Ao số 4/,
  );
});

test("it can speak English", async () => {
  expect((await lines(notificationOf(lowOxygen()), { language: "en" }))[0]).toMatch(
    /^warn \[CRITICAL\] Low oxygen/,
  );
});
