import type { Sentence } from "../evidence/sentence.ts";
import type { AmountResult } from "./count-amounts.ts";
import type { IndicatorResult } from "./count-indicators.ts";
import type { AmountId, IndicatorId } from "./province-plan.ts";

/** What each indicator is called on a report. */
export const indicatorNames: Readonly<Record<IndicatorId, Sentence>> = {
  "communes-in-linkage": {
    vi: "Xã có HTX tham gia mô hình liên kết",
    en: "Communes with a cooperative in a linkage model",
  },
  "communes-with-cooperative": { vi: "Xã có hợp tác xã", en: "Communes with a cooperative" },
  "districts-with-model": {
    vi: "Đơn vị cấp huyện có mô hình liên kết",
    en: "Districts with a linkage model",
  },
  "zone-models-iot": {
    vi: "Mô hình gắn vùng nguyên liệu có số liệu thiết bị",
    en: "Zone-tied models proved by telemetry",
  },
  "zone-models-digital": {
    vi: "Mô hình gắn vùng nguyên liệu ứng dụng công nghệ số",
    en: "Zone-tied models proved by any digital means",
  },
  "key-product-zone-models-iot": {
    vi: "Như trên, riêng nông sản chủ lực, theo thiết bị",
    en: "Of those on key products, proved by telemetry",
  },
  "key-product-zone-models-digital": {
    vi: "Như trên, riêng nông sản chủ lực, mọi hình thức số",
    en: "Of those on key products, proved by any digital means",
  },
  "communes-with-service-and-feedback": {
    vi: "Xã có dịch vụ thiết yếu và lấy ý kiến hài lòng trực tuyến",
    en: "Communes with an essential service and online feedback",
  },
};

export const amountNames: Readonly<Record<AmountId, Sentence>> = {
  "smart-villages": { vi: "Thôn thông minh", en: "Smart villages" },
  "smart-communes": { vi: "Xã nông thôn mới thông minh", en: "Smart communes" },
};

export const metWords: Readonly<Record<IndicatorResult["met"], Sentence>> = {
  yes: { vi: "đạt", en: "met" },
  no: { vi: "chưa đạt", en: "not met" },
  "no-data": { vi: "chưa đủ số liệu", en: "no data yet" },
};

export const amountMetWords: Readonly<Record<AmountResult["met"], Sentence>> = {
  ...metWords,
  "no-target": { vi: "không có mức", en: "no figure set" },
};
