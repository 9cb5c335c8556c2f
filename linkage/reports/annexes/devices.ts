import type { DeviceVerdict } from "../../evidence/judge-device.ts";
import { columnIn } from "../column-in.ts";
import type { ReportAnnex, ReportCell } from "../report.ts";
import type { ReportInput } from "../report-input.ts";
import { type Say, sayIn } from "../wording.ts";

const positionWords = {
  inside: { vi: "trong vùng", en: "in the zone" },
  outside: { vi: "ngoài vùng", en: "outside" },
  unconfirmed: { vi: "chưa xác nhận", en: "unconfirmed" },
  "no-outline": { vi: "vùng chưa có ranh giới", en: "zone without outline" },
} as const;

/** The data quality of each model: its devices, hours, and what was left out. */
export function qualityAnnex({ count, language }: ReportInput): ReportAnnex {
  const say = sayIn(language);
  const column = columnIn(language);
  const judged = count.body.evidence.verdicts.filter(({ devices }) => devices.length > 0);
  return {
    id: "quality-by-model",
    printed: true,
    title: say({ vi: "Chất lượng số liệu theo mô hình", en: "Data quality by model" }),
    columns: [
      column("model", "Mã", "Id", 38, "left"),
      column("name", "Mô hình", "Model", 60, "left"),
      column("devices", "Thiết bị", "Devices", 20),
      column("counting", "Được tính", "Counting", 20),
      column("completeness", "Đủ số liệu", "Complete", 24),
      column("flat_hours", "Giờ số đo đứng yên", "Unmoving hours", 28),
      column("overdue", "Quá hạn hiệu chuẩn", "Calibration overdue", 30),
      column("excused_days", "Ngày bất khả kháng", "Excused days", 32),
    ],
    rows: judged.map(({ model, name, devices, excused }): ReportCell[] => {
      const sum = (of: (device: DeviceVerdict) => number) => devices.reduce((all, one) => all + of(one), 0);
      const expected = sum(({ expectedHours }) => expectedHours);
      const share = expected === 0 ? null : { share: sum(({ validHours }) => validHours) / expected };
      const overdue = devices.filter(({ uncalibratedDays = 0 }) => uncalibratedDays > 0).length;
      const counting = devices.filter(({ counts }) => counts).length;
      const flat = sum(({ flatHours }) => flatHours);
      return [model, name, devices.length, counting, share, flat, overdue, excused.length];
    }),
    empty: say({
      vi: "Không có thiết bị nào đặt tại mô hình trong kỳ.",
      en: "No device stood at any model.",
    }),
  };
}

/** Every device with its days and hours: for the workbook, too long to print. */
export function devicesAnnex({ count, language }: ReportInput): ReportAnnex {
  const say = sayIn(language);
  const column = columnIn(language);
  return {
    id: "devices",
    printed: false,
    title: say({ vi: "Thiết bị", en: "Devices" }),
    columns: [
      column("device", "Thiết bị", "Device", 40, "left"),
      column("model", "Mô hình", "Model", 40, "left"),
      column("counts", "Được tính", "Counts", 20),
      column("active_days", "Ngày hoạt động", "Active days", 24),
      column("days", "Ngày trong vụ", "Days in season", 24),
      column("valid_hours", "Giờ hợp lệ", "Valid hours", 24),
      column("expected_hours", "Giờ phải có", "Expected hours", 24),
      column("flat_hours", "Giờ đứng yên", "Unmoving hours", 24),
      column("uncalibrated_days", "Ngày quá hạn hiệu chuẩn", "Days past calibration", 24),
      column("position", "Vị trí", "Position", 34, "left"),
      column("because", "Căn cứ", "Because", 80, "left"),
    ],
    rows: count.body.evidence.verdicts.flatMap(({ model, devices }) =>
      devices.map((device) => deviceRow(model, device, say)),
    ),
    empty: say({ vi: "Không có thiết bị nào.", en: "There is no device." }),
  };
}

function deviceRow(model: string, device: DeviceVerdict, say: Say): ReportCell[] {
  return [
    device.device,
    model,
    device.counts ? say({ vi: "có", en: "yes" }) : say({ vi: "không", en: "no" }),
    device.activeDays,
    device.daysInSeason,
    device.validHours,
    device.expectedHours,
    device.flatHours,
    device.uncalibratedDays ?? 0,
    say(positionWords[device.position]),
    say(device.because),
  ];
}
