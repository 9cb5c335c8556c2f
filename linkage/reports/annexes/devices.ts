import type { DeviceVerdict } from "../../evidence/judge-device.ts";
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
  const judged = count.body.evidence.verdicts.filter(({ devices }) => devices.length > 0);
  return {
    id: "quality-by-model",
    printed: true,
    title: say({ vi: "Chất lượng số liệu theo mô hình", en: "Data quality by model" }),
    columns: [
      { id: "model", heading: say({ vi: "Mã", en: "Id" }), widthMm: 38, align: "left" },
      { id: "name", heading: say({ vi: "Mô hình", en: "Model" }), widthMm: 60, align: "left" },
      { id: "devices", heading: say({ vi: "Thiết bị", en: "Devices" }), widthMm: 20, align: "center" },
      { id: "counting", heading: say({ vi: "Được tính", en: "Counting" }), widthMm: 20, align: "center" },
      {
        id: "completeness",
        heading: say({ vi: "Đủ số liệu", en: "Complete" }),
        widthMm: 24,
        align: "center",
      },
      {
        id: "flat_hours",
        heading: say({ vi: "Giờ số đo đứng yên", en: "Unmoving hours" }),
        widthMm: 28,
        align: "center",
      },
      {
        id: "overdue",
        heading: say({ vi: "Quá hạn hiệu chuẩn", en: "Calibration overdue" }),
        widthMm: 30,
        align: "center",
      },
      {
        id: "excused_days",
        heading: say({ vi: "Ngày bất khả kháng", en: "Excused days" }),
        widthMm: 32,
        align: "center",
      },
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
  return {
    id: "devices",
    printed: false,
    title: say({ vi: "Thiết bị", en: "Devices" }),
    columns: [
      { id: "device", heading: say({ vi: "Thiết bị", en: "Device" }), widthMm: 40, align: "left" },
      { id: "model", heading: say({ vi: "Mô hình", en: "Model" }), widthMm: 40, align: "left" },
      { id: "counts", heading: say({ vi: "Được tính", en: "Counts" }), widthMm: 20, align: "center" },
      {
        id: "active_days",
        heading: say({ vi: "Ngày hoạt động", en: "Active days" }),
        widthMm: 24,
        align: "center",
      },
      {
        id: "days",
        heading: say({ vi: "Ngày trong vụ", en: "Days in season" }),
        widthMm: 24,
        align: "center",
      },
      {
        id: "valid_hours",
        heading: say({ vi: "Giờ hợp lệ", en: "Valid hours" }),
        widthMm: 24,
        align: "center",
      },
      {
        id: "expected_hours",
        heading: say({ vi: "Giờ phải có", en: "Expected hours" }),
        widthMm: 24,
        align: "center",
      },
      {
        id: "flat_hours",
        heading: say({ vi: "Giờ đứng yên", en: "Unmoving hours" }),
        widthMm: 24,
        align: "center",
      },
      {
        id: "uncalibrated_days",
        heading: say({ vi: "Ngày quá hạn hiệu chuẩn", en: "Days past calibration" }),
        widthMm: 24,
        align: "center",
      },
      { id: "position", heading: say({ vi: "Vị trí", en: "Position" }), widthMm: 34, align: "left" },
      { id: "because", heading: say({ vi: "Căn cứ", en: "Because" }), widthMm: 80, align: "left" },
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
