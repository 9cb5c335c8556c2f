import type { Notification } from "../alerts/index.ts";
import { dawn, lowOxygen, notificationOf, over } from "../notifiers/test-alerts.ts";
import type { News } from "./story.ts";

const minute = 60_000;
const acknowledge = { code: 3, url: "https://canhdong.example.vn/a/Xk3v9Qm2" };

const drySoil = lowOxygen({
  id: "1".repeat(32),
  rule: "soil-dry",
  severity: "warning",
  device: "dat-07",
  deviceName: "Nút đất 7",
  placeName: "Thửa 12, đồng Nhà Nẫy",
  quantity: "soil.moisture",
  value: 24.96,
  limit: 25,
  title: {
    vi: "Đất khô: Thửa 12, đồng Nhà Nẫy, độ ẩm 24,96%",
    en: "Dry soil: Thửa 12, đồng Nhà Nẫy, moisture 24.96%",
  },
  advice: {
    vi: "Kiểm tra độ ẩm đất quanh rễ và chuẩn bị tưới trong 1–2 ngày tới.",
    en: "Check the soil around the roots and prepare to irrigate within a day or two.",
  },
});

const saltyWater = lowOxygen({
  id: "2".repeat(32),
  rule: "gate-salinity",
  device: "cong-02",
  deviceName: "Cống Đò Điểm",
  placeName: "Cống Đò Điểm",
  quantity: "water.salinity",
  value: 4.2,
  limit: 4,
  title: { vi: "Nước mặn vượt ngưỡng", en: "The water is too salty" },
  advice: {
    vi: "Đóng cống, không lấy nước vào ruộng.",
    en: "Close the gate, take no water into the fields.",
  },
});

const silent = lowOxygen({
  id: "3".repeat(32),
  rule: "device-silent",
  severity: "info",
  quantity: null,
  value: null,
  limit: null,
  title: { vi: "Nút ao 4 mất tín hiệu 2 giờ", en: "Nút ao 4 not heard for 2 hours" },
  advice: { vi: "Kiểm tra pin và ăng-ten của thiết bị.", en: "Check the battery and the antenna." },
});

const gatewayDown = lowOxygen({
  id: "4".repeat(32),
  rule: "gateway-silent",
  severity: "warning",
  device: "gateway:tram-vinh-xuan",
  deviceName: "Trạm thu Vĩnh Xuân",
  place: null,
  placeName: null,
  silentDevices: Array.from({ length: 23 }, (_, index) => `Nút ao ${index + 1}`),
  quantity: null,
  value: null,
  limit: null,
  title: { vi: "Trạm thu Vĩnh Xuân mất kết nối", en: "Gateway Vĩnh Xuân is down" },
  advice: {
    vi: "Kiểm tra nguồn điện, mạng và ăng-ten của trạm thu.",
    en: "Check the power, the network and the antenna of the gateway.",
  },
});

const about = (alert: Notification["alert"], event: Notification["event"] = "fired"): News => ({
  ...notificationOf(alert, event),
  ...(event === "resolved" ? {} : { acknowledge }),
  ...(alert.severity === "info" ? { optOutUrl: "https://canhdong.example.vn/m/Zq81" } : {}),
});

/** One of everything there is to tell, by what it is. */
export const sampleNews: Readonly<Record<string, News>> = {
  "critical, the value in the title": about(lowOxygen()),
  "critical, the value not in the title": about(saltyWater),
  warning: about(drySoil),
  "info, about a silent device": about(silent),
  "with a deadline of its rule": about({ ...drySoil, actByMs: dawn + 36 * 60 * minute }),
  "worse than before": about(lowOxygen(), "worsened"),
  "less severe now": about(lowOxygen({ severity: "warning" }), "eased"),
  "escalated: nobody has acknowledged": about(lowOxygen(), "escalated"),
  "comes and goes": about(drySoil, "flapping"),
  "acknowledged already": notificationOf(
    lowOxygen({ state: "acknowledged", acknowledgedAtMs: dawn + 5 * minute, acknowledgedBy: "lan" }),
  ),
  "short enough for accents": notificationOf(
    lowOxygen({
      severity: "warning",
      placeName: "Ao số 4",
      title: { vi: "Ao số 4 thiếu oxy, 2,4 mg/l", en: "Pond 4 lacks oxygen, 2.4 mg/l" },
      advice: { vi: "Bật quạt nước.", en: "Run the aerators." },
    }),
  ),
  "over: back to normal": about(over(lowOxygen()), "resolved"),
  "over: the device is heard again": about({ ...over(silent), resolvedBecause: "heard-again" }, "resolved"),
  "a gateway down with 23 devices": about(gatewayDown),
  "a gateway down, the count in the title": about({
    ...gatewayDown,
    title: {
      vi: "Trạm thu Vĩnh Xuân mất kết nối, 23 thiết bị (Nút ao 1, Nút ao 2 và 21 thiết bị khác) im lặng",
      en: "Gateway Vĩnh Xuân is down, 23 devices (Nút ao 1, Nút ao 2 and 21 more) are silent",
    },
  }),
  "a digest of three": { ...about(lowOxygen()), digest: [lowOxygen(), drySoil, silent] },
};
