import { shippedUnits } from "../units/shipped-units.ts";
import { createUnitBook } from "../units/unit-book.ts";
import { openRegister, type Register } from "./open-register.ts";

/** For tests: a register in memory, and one record of each kind that holds together in Hà Tĩnh. */

export const units = createUnitBook(shippedUnits());

export const cooperative = {
  id: "htx-cam-binh",
  name: "HTX Nông nghiệp Cẩm Bình",
  type: "cooperative",
  registrationNo: "3000123456",
  members: 124,
  communeCode: "18685",
  communeAsOf: "2025-07-01",
  validFrom: "2020-01-01",
} as const;

export const zone = {
  id: "vung-lua-cam-binh",
  name: "Vùng lúa chất lượng cao Cẩm Bình",
  product: "lua",
  communeCode: "18685",
  communeAsOf: "2025-07-01",
  areaHa: 35.5,
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [105.9, 18.3],
        [105.91, 18.3],
        [105.91, 18.31],
        [105.9, 18.31],
        [105.9, 18.3],
      ],
    ],
  },
  plantingCodes: [{ code: "VN-42-446-18685-01-24", kind: "domestic", status: "active" }],
  decision: { no: "12/QĐ-UBND", date: "2024-01-15", issuer: "UBND xã Cẩm Bình" },
  validFrom: "2024-01-15",
} as const;

export const keyProduct = {
  id: "lua-ha-tinh",
  product: "lua",
  productName: "Lúa",
  unitCode: "42",
  unitAsOf: "2025-07-01",
  validFrom: "2021-01-01",
} as const;

export const model = {
  id: "lua-cam-binh",
  name: "Liên kết lúa Cẩm Bình",
  form: 4,
  sector: "crops",
  product: "lua",
  productName: "Lúa",
  lead: { type: "enterprise", name: "Công ty Gạo Hồng Lĩnh", registrationNo: "3000987654" },
  cooperatives: ["htx-cam-binh"],
  households: 86,
  areaHa: 30,
  zones: ["vung-lua-cam-binh"],
  contract: {
    no: "05/2025/HĐLK",
    date: "2025-01-10",
    from: "2025-01-10",
    to: "2027-12-31",
    volume: "180 tấn",
  },
  certificates: [{ name: "VietGAP", validTo: "2027-06-30" }],
  proofs: [
    { kind: "traceability", reference: "truyxuat.example/lo-5", from: "2026-01-01", to: "2026-12-31" },
  ],
  status: "active",
  validFrom: "2025-01-10",
  reportedBy: "htx-01",
} as const;

const inCamBinh = { communeCode: "18685", communeAsOf: "2025-07-01", validFrom: "2025-08-01" } as const;

export const feedback = {
  id: "y-kien-lua",
  name: "Ý kiến về liên kết lúa",
  model: "lua-cam-binh",
  ...inCamBinh,
  address: "https://ykien.example/lua",
  answers: 40,
  satisfied: 36,
  countedOn: "2026-01-15",
} as const;

export const waterPoint = {
  id: "nuoc-cam-binh",
  name: "Điểm đo nước sạch Cẩm Bình",
  service: "clean-water-monitoring",
  device: "water-1",
  ...inCamBinh,
} as const;

export const smartVillage = {
  id: "thon-tam-dong",
  name: "Thôn Tam Đồng",
  level: "village",
  decision: { no: "20/QĐ-UBND", date: "2025-09-01", issuer: "UBND tỉnh Hà Tĩnh" },
  ...inCamBinh,
} as const;

export const edit = { who: "can-bo-1", nowMs: Date.UTC(2026, 0, 5) } as const;

export function filledRegister(): Register {
  const register = openRegister(":memory:", units);
  register.put("cooperative", cooperative, edit);
  register.put("zone", zone, edit);
  register.put("key-product", keyProduct, edit);
  register.put("model", model, edit);
  return register;
}

export const participation = {
  id: "thua-1-lua",
  place: "thua-1",
  model: "lua-cam-binh",
  validFrom: "2025-01-10",
} as const;

export const calibration = {
  id: "soil-1-2026",
  device: "soil-1",
  calibratedOn: "2026-01-05",
  dueOn: "2027-01-04",
  certificate: "KĐ 12/2026",
  by: "Trung tâm Kỹ thuật Hà Tĩnh",
} as const;

/** One record of every kind. */
export function fullRegister(): Register {
  const register = filledRegister();
  register.put("feedback", feedback, edit);
  register.put("essential-service", waterPoint, edit);
  register.put("smart-place", smartVillage, edit);
  register.put("participation", participation, edit);
  register.put("calibration", calibration, edit);
  return register;
}
