import type { Zone } from "../../../linkage/registry/zone.ts";
import { communeOn } from "../office/commune-names.ts";
import { date, measure, text } from "./column.ts";
import { dataset, newestOf, sourceCells, sourceColumns } from "./dataset.ts";

export const zones = dataset({
  name: "zones",
  title: { vi: "Vùng nguyên liệu", en: "Raw-material zones" },
  about: {
    vi: "Vùng nguyên liệu của kỳ xác nhận mới nhất. Ranh giới không công khai, vì có vùng chỉ là đất của một hộ: chỉ có tâm vùng, làm tròn đến khoảng 1 km.",
    en: "Zones of the newest confirmed period. Outlines are not open, since some zones are one family's land: only the middle is, rounded to about 1 km.",
  },
  key: ["plan", "period", "zone"],
  columns: {
    ...sourceColumns,
    zone: text("Mã vùng", "Id of the zone"),
    name: text("Tên vùng", "Name"),
    product: text("Mã sản phẩm", "Code of the product"),
    area_ha: measure("har", "Diện tích (ha)", "Area in hectares"),
    commune_code: text(
      "Mã xã của Tổng cục Thống kê, như đã đăng ký",
      "Commune code of the General Statistics Office, as registered",
    ),
    commune_as_of: date(
      "Ngày mà mã xã chỉ đúng nơi này: cùng một mã có thể là nơi khác vào ngày khác",
      "Day on which the code meant this place: the same code may mean another on another day",
    ),
    commune_name: text(
      "Tên xã vào ngày cuối kỳ; trống khi xã đã tách và chưa ai chọn",
      "Name of the commune on the period's last day; empty when it was split and nobody has chosen",
    ),
    planting_codes: text(
      "Mã vùng trồng còn hiệu lực, cách nhau bằng ;",
      "Active planting-area codes, with ; between",
    ),
    decision_no: text("Số quyết định lập vùng", "Number of the decision that set it"),
    valid_from: date("Có hiệu lực từ", "Valid from"),
    valid_to: date("Đến ngày; trống khi còn hiệu lực", "Valid to; empty while it lasts"),
    latitude: measure("deg", "Vĩ độ của tâm vùng", "Latitude of its middle"),
    longitude: measure("deg", "Kinh độ của tâm vùng", "Longitude of its middle"),
  },
  rows: ({ confirmed, units }) =>
    newestOf(confirmed).flatMap((one) =>
      one.body.register.zone.map((zone) => ({
        ...sourceCells(one),
        zone: zone.id,
        name: zone.name,
        product: zone.product,
        area_ha: zone.areaHa,
        commune_code: zone.communeCode,
        commune_as_of: zone.communeAsOf,
        commune_name: communeOn(units, zone, one.body.evidence.period.to)?.name ?? null,
        planting_codes: zone.plantingCodes
          .filter(({ status }) => status === "active")
          .map(({ code }) => code)
          .join(";"),
        decision_no: zone.decision?.no ?? null,
        valid_from: zone.validFrom,
        valid_to: zone.validTo,
        ...middleOf(zone),
      })),
    ),
});

/** The middle of the box around it, to a hundredth of a degree. */
function middleOf({ geometry }: Zone): { latitude: number | null; longitude: number | null } {
  if (geometry === null) return { latitude: null, longitude: null };
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const points = polygons.flat(2);
  const middle = (of: number[]) =>
    Math.round((of.reduce((a, b) => Math.min(a, b)) + of.reduce((a, b) => Math.max(a, b))) * 50) / 100;
  return { latitude: middle(points.map(([, y]) => y)), longitude: middle(points.map(([x]) => x)) };
}
