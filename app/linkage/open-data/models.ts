import { boolean, date, integer, measure, text } from "./column.ts";
import { dataset, newestOf, sourceCells, sourceColumns } from "./dataset.ts";

const finding = {
  vi: "yes: có, no: không, no-data: chưa có số liệu",
  en: "yes, no, or no-data: nothing was reported",
};

export const models = dataset({
  name: "models",
  title: { vi: "Mô hình liên kết", en: "Linkage models" },
  about: {
    vi: "Các mô hình liên kết trong kỳ xác nhận mới nhất, có được tính hay không và vì sao. Không có dữ liệu cá nhân: hộ chỉ được đếm.",
    en: "The linkage models of the newest confirmed period, whether each counts and why. No personal data: households are a number.",
  },
  key: ["plan", "period", "model"],
  columns: {
    ...sourceColumns,
    model: text("Mã mô hình", "Id of the model"),
    name: text("Tên mô hình", "Name"),
    form: integer(
      "Hình thức liên kết 1–7, Điều 4 Nghị định 98/2018/NĐ-CP",
      "Form of linkage 1 to 7, Decree 98/2018, article 4",
    ),
    sector: text(
      "crops: trồng trọt, livestock: chăn nuôi, aquaculture: thủy sản, forestry: lâm nghiệp, salt: diêm nghiệp",
      "Sector",
    ),
    product: text("Mã sản phẩm", "Code of the product"),
    product_name: text("Tên sản phẩm", "Name of the product"),
    lead: text("Tổ chức chủ trì liên kết", "Organisation that leads it"),
    lead_registration_no: text("Mã số của tổ chức chủ trì", "Registration number of the lead organisation"),
    households: integer("Số hộ tham gia", "Number of households"),
    area_ha: measure("har", "Diện tích (ha)", "Area in hectares"),
    zones: text("Mã các vùng nguyên liệu, cách nhau bằng ;", "Ids of its zones, with ; between"),
    contract_from: date("Hợp đồng từ ngày", "Contract from"),
    contract_to: date("Hợp đồng đến ngày", "Contract to"),
    eligible: boolean("Đủ điều kiện là mô hình liên kết", "Is a linkage model in the decree's sense"),
    zone_tied: boolean("Gắn với vùng nguyên liệu", "Is tied to a raw-material zone"),
    iot: text(`Chứng minh bằng số liệu thiết bị; ${finding.vi}`, `Proved by telemetry: ${finding.en}`),
    digital: text(
      `Chứng minh bằng mọi hình thức số; ${finding.vi}`,
      `Proved by any digital means: ${finding.en}`,
    ),
    devices: integer("Số thiết bị trong kỳ", "Devices in the period"),
    devices_counting: integer("Số thiết bị hoạt động đều", "Devices that were active enough"),
    because_vi: text("Vì sao được tính hoặc không", "Why it counts or not"),
    because_en: text("Như trên, tiếng Anh", "The same in English"),
  },
  rows: ({ confirmed }) =>
    newestOf(confirmed).flatMap((one) =>
      one.body.evidence.verdicts.map((verdict) => {
        const record = one.body.register.model.find(({ id }) => id === verdict.model)!;
        return {
          ...sourceCells(one),
          model: record.id,
          name: record.name,
          form: record.form,
          sector: record.sector,
          product: record.product,
          product_name: record.productName,
          lead: record.lead.name,
          lead_registration_no: record.lead.registrationNo,
          households: record.households,
          area_ha: record.areaHa,
          zones: record.zones.join(";"),
          contract_from: record.contract?.from ?? null,
          contract_to: record.contract?.to ?? null,
          eligible: verdict.eligible,
          zone_tied: verdict.zoneTied,
          iot: verdict.iot,
          digital: verdict.digital,
          devices: verdict.devices.length,
          devices_counting: verdict.devices.filter(({ counts }) => counts).length,
          because_vi: verdict.because.vi,
          because_en: verdict.because.en,
        };
      }),
    ),
});
