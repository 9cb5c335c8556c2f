import { dataQuality } from "../../evidence/data-quality.ts";
import { columnIn } from "../column-in.ts";
import { cellText, type ReportSection } from "../report.ts";
import type { ReportInput } from "../report-input.ts";
import { sayIn } from "../wording.ts";

/** How good the evidence is that the numbers stand on. */
export function qualitySection({ count, language }: ReportInput): ReportSection {
  const say = sayIn(language);
  const column = columnIn(language);
  const found = dataQuality(count.body.evidence);
  const of = (part: number, whole: number) =>
    whole === 0
      ? "–"
      : `${cellText(part, language)}/${cellText(whole, language)} (${cellText({ share: part / whole }, language)})`;
  const attested = count.body.evidence.verdicts.filter((verdict) => verdict.attested.length > 0).length;
  const rows: [string, string][] = [
    [
      say({ vi: "Mô hình có thiết bị đặt trong kỳ", en: "Models at which a device stood" }),
      of(found.modelsWithDevice, found.models),
    ],
    [
      say({ vi: "Thiết bị hoạt động đều, được tính", en: "Devices that count" }),
      of(found.devicesCounting, found.devices),
    ],
    [
      say({
        vi: "Số giờ có số liệu hợp lệ trên số giờ phải có",
        en: "Hours with valid data of hours expected",
      }),
      of(found.validHours, found.expectedHours),
    ],
    [
      say({ vi: "Số giờ bị loại vì số đo đứng yên", en: "Hours left out because readings did not move" }),
      cellText(found.flatHours, language),
    ],
    [
      say({ vi: "Thiết bị chưa xác nhận vị trí", en: "Devices without a confirmed position" }),
      of(found.unconfirmedPosition, found.devices),
    ],
    [
      say({ vi: "Thiết bị quá hạn hiệu chuẩn trong kỳ", en: "Devices with overdue calibration" }),
      of(found.calibrationOverdue, found.devices),
    ],
    [
      say({
        vi: "Mô hình chỉ có xác nhận bằng tay (không cộng vào kết quả)",
        en: "Models attested by hand (counted nowhere)",
      }),
      cellText(attested, language),
    ],
  ];
  return {
    heading: say({ vi: "Chất lượng số liệu", en: "Data quality" }),
    paragraphs:
      found.excused.length === 0
        ? [
            say({
              vi: "Trong kỳ không có ngày nào được loại trừ vì bất khả kháng.",
              en: "No day of the period was excused as force majeure.",
            }),
          ]
        : found.excused.map(({ name, days, models }) =>
            say({
              vi: `Bất khả kháng “${name}”: ${days} ngày không tính cho ${models} mô hình.`,
              en: `Force majeure “${name}”: ${days} days not held against ${models} models.`,
            }),
          ),
    table: {
      id: "quality",
      title: say({ vi: "Bảng 3. Chất lượng số liệu trong kỳ", en: "Table 3. Data quality of the period" }),
      columns: [column("what", "Nội dung", "What", 115, "left"), column("found", "Kết quả", "Found", 50)],
      rows: rows,
      empty: "",
    },
  };
}
