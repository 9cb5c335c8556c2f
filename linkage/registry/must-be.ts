import type { Sentence } from "../evidence/sentence.ts";

/** What fields must be, as whoever filled in a table is told. Schemas carry the English of it, by which `told` finds the rest. */
export const mustBe = {
  id: {
    vi: "phải gồm 1 đến 64 ký tự a-z 0-9 - _ . (không dấu, không hoa, không bắt đầu bằng . hoặc -), ví dụ lua-cam-binh",
    en: "must be 1 to 64 of the characters a-z 0-9 - _ . not beginning with . or -, such as lua-cam-binh",
  },
  filled: { vi: "không được để trống", en: "must not be empty" },
  shortText: { vi: "chỉ được tối đa 200 ký tự", en: "must have at most 200 characters" },
  noFormula: {
    vi: "không được bắt đầu bằng = + hoặc @: bảng tính sẽ hiểu là công thức",
    en: "must not begin with = + or @: a spreadsheet would run it",
  },
  noPerson: {
    vi: "có số giống số điện thoại hoặc số định danh: sổ này không giữ dữ liệu cá nhân, hãy bỏ số đó đi",
    en: "holds what looks like a telephone or identity number: personal data stays out of this register",
  },
  shortNumber: { vi: "chỉ được tối đa 40 ký tự", en: "must have at most 40 characters" },
  registration: {
    vi: "chỉ gồm chữ, số và các dấu . / -, ví dụ 3000123456",
    en: "must be letters, digits and . / -, such as 3000123456",
  },
  noIdentityNumber: {
    vi: "12 chữ số là số định danh của một người; mã số của tổ chức có 10 chữ số, chi nhánh có 13",
    en: "12 digits are a person's identity number; an organisation has 10, or 13 with its branch",
  },
  date: { vi: "phải là ngày, ví dụ 2026-07-01 hoặc 01/07/2026", en: "must be a date, such as 2026-07-01" },
  commune: {
    vi: "phải là 5 chữ số của mã xã, ví dụ 18685",
    en: "must be the commune's five digits, such as 18685",
  },
  unit: {
    vi: "phải là 2 chữ số của mã tỉnh hoặc 5 chữ số của mã xã",
    en: "must be the two digits of a province or the five of a commune",
  },
  area: { vi: "phải lớn hơn 0, tính bằng ha", en: "must be above 0, in hectares" },
  areaLimit: {
    vi: "không được quá 1.000.000 ha: kiểm tra lại đơn vị",
    en: "must not be above 1,000,000 ha: check the unit",
  },
  whole: { vi: "phải là số nguyên", en: "must be a whole number" },
  notBelowZero: { vi: "không được nhỏ hơn 0", en: "must not be below 0" },
  countLimit: { vi: "lớn quá: không được quá 100.000.000", en: "must not be above 100,000,000" },
  form: {
    vi: "phải từ 1 đến 7, theo Điều 4 Nghị định 98/2018/NĐ-CP",
    en: "must be 1 to 7, of Nghị định 98/2018 article 4",
  },
  afterValidFrom: { vi: "không được trước valid_from", en: "must not be before valid_from" },
  afterContractFrom: { vi: "không được trước contract_from", en: "must not be before contract_from" },
  afterCalibration: { vi: "không được trước calibrated_on", en: "must not be before calibrated_on" },
  otherPerson: {
    vi: "phải là người khác với reported_by",
    en: "must be another person than reported_by",
  },
  formAddress: {
    vi: "phải là địa chỉ của phiếu khảo sát, https://…",
    en: "must be the form's address, https://…",
  },
  satisfied: { vi: "không được nhiều hơn answers", en: "must not be more than the answers" },
  countedOn: {
    vi: "phải ghi ngày đếm số phiếu trả lời",
    en: "must say on which day the answers were counted",
  },
  monitoringDevice: {
    vi: "điểm quan trắc phải ghi thiết bị đo tại đó",
    en: "a monitoring point must name the device that measures there",
  },
  ringLength: {
    vi: "một vòng ranh giới cần ít nhất 4 điểm",
    en: "a ring needs four points or more",
  },
  ringClosed: { vi: "vòng ranh giới phải kết thúc ở điểm bắt đầu", en: "a ring ends where it began" },
  longitude: {
    vi: "kinh độ phải từ -180 đến 180, và đứng trước vĩ độ, ví dụ [105.9, 18.3]",
    en: "a longitude is -180 to 180 and comes before the latitude, such as [105.9, 18.3]",
  },
  latitude: {
    vi: "vĩ độ phải từ -90 đến 90, và đứng sau kinh độ, ví dụ [105.9, 18.3]",
    en: "a latitude is -90 to 90 and comes after the longitude, such as [105.9, 18.3]",
  },
  polygon: {
    vi: 'phải là ranh giới GeoJSON, ví dụ {"type":"Polygon","coordinates":[…]} hoặc MultiPolygon',
    en: 'must be GeoJSON, such as {"type":"Polygon","coordinates":[…]} or a MultiPolygon',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
