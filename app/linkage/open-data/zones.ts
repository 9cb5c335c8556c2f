import type { Zone } from "../../../linkage/registry/zone.ts";
import { communeOn } from "../office/commune-names.ts";
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
    zone: { type: "text", about: { vi: "Mã vùng", en: "Id of the zone" } },
    name: { type: "text", about: { vi: "Tên vùng", en: "Name" } },
    product: { type: "text", about: { vi: "Mã sản phẩm", en: "Code of the product" } },
    area_ha: { type: "number", unit: "har", about: { vi: "Diện tích (ha)", en: "Area in hectares" } },
    commune_code: {
      type: "text",
      about: {
        vi: "Mã xã của Tổng cục Thống kê, như đã đăng ký",
        en: "Commune code of the General Statistics Office, as registered",
      },
    },
    commune_as_of: {
      type: "date",
      about: {
        vi: "Ngày mà mã xã chỉ đúng nơi này: cùng một mã có thể là nơi khác vào ngày khác",
        en: "Day on which the code meant this place: the same code may mean another on another day",
      },
    },
    commune_name: {
      type: "text",
      about: {
        vi: "Tên xã vào ngày cuối kỳ; trống khi xã đã tách và chưa ai chọn",
        en: "Name of the commune on the period's last day; empty when it was split and nobody has chosen",
      },
    },
    planting_codes: {
      type: "text",
      about: {
        vi: "Mã vùng trồng còn hiệu lực, cách nhau bằng ;",
        en: "Active planting-area codes, with ; between",
      },
    },
    decision_no: {
      type: "text",
      about: { vi: "Số quyết định lập vùng", en: "Number of the decision that set it" },
    },
    valid_from: { type: "date", about: { vi: "Có hiệu lực từ", en: "Valid from" } },
    valid_to: {
      type: "date",
      about: { vi: "Đến ngày; trống khi còn hiệu lực", en: "Valid to; empty while it lasts" },
    },
    latitude: {
      type: "number",
      unit: "deg",
      about: { vi: "Vĩ độ của tâm vùng", en: "Latitude of its middle" },
    },
    longitude: {
      type: "number",
      unit: "deg",
      about: { vi: "Kinh độ của tâm vùng", en: "Longitude of its middle" },
    },
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
