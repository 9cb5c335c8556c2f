import { planOf } from "../../../linkage/indicators/plans.ts";
import { communeOn } from "../office/commune-names.ts";
import { date, integer, text } from "./column.ts";
import { type Confirmed, dataset, newestOf, type OpenParts, sourceCells, sourceColumns } from "./dataset.ts";

export const communes = dataset({
  name: "communes",
  title: { vi: "Xã, phường và số mô hình", en: "Communes and their models" },
  about: {
    vi: "Mọi đơn vị cấp xã của tỉnh vào ngày cuối kỳ xác nhận mới nhất, kèm số mô hình liên kết. Khóa là mã và ngày hiệu lực, không phải mã.",
    en: "Every commune of the province on the last day of the newest confirmed period, with its linkage models. The key is code and validity, never the code alone.",
  },
  key: ["plan", "period", "code", "valid_from"],
  columns: {
    ...sourceColumns,
    code: text("Mã của Tổng cục Thống kê (5 chữ số)", "Code of the General Statistics Office, five digits"),
    name: text("Tên đầy đủ", "Full name"),
    kind: text("xã, phường hoặc đặc khu", "Kind of commune"),
    province_code: text("Mã tỉnh", "Code of the province"),
    valid_from: date("Mã có hiệu lực từ", "The code holds from"),
    valid_to: date("Đến ngày; trống khi còn hiệu lực", "Until; empty while it lasts"),
    models: integer("Số mô hình liên kết", "Linkage models"),
    models_iot: integer("Trong đó chứng minh bằng số liệu thiết bị", "Of these, proved by telemetry"),
    zones: integer("Số vùng nguyên liệu", "Raw-material zones"),
  },
  rows: (parts) => newestOf(parts.confirmed).flatMap((one) => rowsOf(one, parts)),
});

function rowsOf(one: Confirmed, { units }: OpenParts) {
  const { register, evidence, plan } = one.body;
  const on = evidence.period.to;
  const at = (records: readonly { communeCode: string; communeAsOf: string }[]) =>
    records.map((record) => communeOn(units, record, on)?.code);
  const zones = at(register.zone);
  const modelsAt = evidence.verdicts.map((verdict) => {
    const record = register.model.find(({ id }) => id === verdict.model)!;
    const lies = [
      ...register.zone.filter(({ id }) => record.zones.includes(id)),
      ...register.cooperative.filter(({ id }) => record.cooperatives.includes(id)),
    ];
    return { counts: verdict.iot === "yes" && verdict.eligible, codes: new Set(at(lies)) };
  });
  return units.communesOf(planOf(plan)?.codeSince ?? "", on).map((unit) => {
    const here = modelsAt.filter(({ codes }) => codes.has(unit.code));
    return {
      ...sourceCells(one),
      code: unit.code,
      name: unit.name,
      kind: unit.kind,
      province_code: unit.province,
      valid_from: unit.validFrom,
      valid_to: unit.validTo,
      models: here.length,
      models_iot: here.filter(({ counts }) => counts).length,
      zones: zones.filter((code) => code === unit.code).length,
    };
  });
}
