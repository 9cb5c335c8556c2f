import { dateOf } from "../../../calendar/index.ts";
import { planOf, type Sentence } from "../../../linkage/index.ts";
import { date, integer, text } from "./column.ts";
import { type Confirmed, sourceCells, sourceColumns } from "./dataset.ts";

/** What says which target of which plan a row is about: the same for shares and for amounts. */
export const targetColumns = {
  ...sourceColumns,
  province: text("Tên tỉnh của kế hoạch", "Name of the plan's province"),
  province_code: text(
    "Mã tỉnh của Tổng cục Thống kê từ 01/7/2025",
    "Province code of the General Statistics Office since 1 July 2025",
  ),
  province_code_before: text("Mã tỉnh đến 30/6/2025", "Province code until 30 June 2025"),
  indicator: text("Mã chỉ tiêu", "Id of the indicator"),
  number: integer("Số thứ tự trong danh mục chỉ tiêu", "Number in the programme's list"),
  name_vi: text("Tên chỉ tiêu", "Name in Vietnamese"),
  name_en: text("Tên tiếng Anh", "Name in English"),
} as const;

export function targetCells(
  one: Confirmed,
  { indicator, number }: { readonly indicator: string; readonly number: number },
  name: Sentence,
) {
  const plan = planOf(one.body.plan);
  return {
    ...sourceCells(one),
    province: plan?.name ?? one.body.plan,
    province_code: plan?.codeSince ?? null,
    province_code_before: plan?.codeBefore ?? null,
    indicator,
    number,
    name_vi: name.vi,
    name_en: name.en,
  };
}

export const dayColumns = {
  as_of: date(
    "Ngày của danh mục đơn vị hành chính và sổ đăng ký",
    "Day on which administrative units and register stand",
  ),
  confirmed_on: date("Ngày xác nhận", "Day of the confirmation"),
} as const;

export function dayCells({ snapshot }: Confirmed, { on }: { readonly on: string }) {
  return { as_of: on, confirmed_on: dateOf(snapshot.confirmedAtMs!) };
}
