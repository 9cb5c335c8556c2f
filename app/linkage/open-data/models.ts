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
    model: { type: "text", about: { vi: "Mã mô hình", en: "Id of the model" } },
    name: { type: "text", about: { vi: "Tên mô hình", en: "Name" } },
    form: {
      type: "integer",
      about: {
        vi: "Hình thức liên kết 1–7, Điều 4 Nghị định 98/2018/NĐ-CP",
        en: "Form of linkage 1 to 7, Decree 98/2018, article 4",
      },
    },
    sector: {
      type: "text",
      about: {
        vi: "crops: trồng trọt, livestock: chăn nuôi, aquaculture: thủy sản, forestry: lâm nghiệp, salt: diêm nghiệp",
        en: "Sector",
      },
    },
    product: { type: "text", about: { vi: "Mã sản phẩm", en: "Code of the product" } },
    product_name: { type: "text", about: { vi: "Tên sản phẩm", en: "Name of the product" } },
    lead: { type: "text", about: { vi: "Tổ chức chủ trì liên kết", en: "Organisation that leads it" } },
    lead_registration_no: {
      type: "text",
      about: { vi: "Mã số của tổ chức chủ trì", en: "Registration number of the lead organisation" },
    },
    households: { type: "integer", about: { vi: "Số hộ tham gia", en: "Number of households" } },
    area_ha: { type: "number", unit: "har", about: { vi: "Diện tích (ha)", en: "Area in hectares" } },
    zones: {
      type: "text",
      about: { vi: "Mã các vùng nguyên liệu, cách nhau bằng ;", en: "Ids of its zones, with ; between" },
    },
    contract_from: { type: "date", about: { vi: "Hợp đồng từ ngày", en: "Contract from" } },
    contract_to: { type: "date", about: { vi: "Hợp đồng đến ngày", en: "Contract to" } },
    eligible: {
      type: "boolean",
      about: { vi: "Đủ điều kiện là mô hình liên kết", en: "Is a linkage model in the decree's sense" },
    },
    zone_tied: {
      type: "boolean",
      about: { vi: "Gắn với vùng nguyên liệu", en: "Is tied to a raw-material zone" },
    },
    iot: {
      type: "text",
      about: {
        vi: `Chứng minh bằng số liệu thiết bị; ${finding.vi}`,
        en: `Proved by telemetry: ${finding.en}`,
      },
    },
    digital: {
      type: "text",
      about: {
        vi: `Chứng minh bằng mọi hình thức số; ${finding.vi}`,
        en: `Proved by any digital means: ${finding.en}`,
      },
    },
    devices: { type: "integer", about: { vi: "Số thiết bị trong kỳ", en: "Devices in the period" } },
    devices_counting: {
      type: "integer",
      about: { vi: "Số thiết bị hoạt động đều", en: "Devices that were active enough" },
    },
    because_vi: { type: "text", about: { vi: "Vì sao được tính hoặc không", en: "Why it counts or not" } },
    because_en: { type: "text", about: { vi: "Như trên, tiếng Anh", en: "The same in English" } },
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
