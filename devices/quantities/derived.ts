import type { QuantityDeclaration } from "./quantity.ts";

/**
 * What nobody measures but is reckoned from readings as they arrive. (Vapour pressure deficit, dew point, salinity, ammonia and
 * oxygen saturation are measured by some instruments, and stand with what they belong to.)
 */
export const derived: readonly QuantityDeclaration[] = [
  {
    name: "air.thi",
    unit: "1",
    symbol: "",
    // Of cattle and pigs; below zero in hard frost.
    plausible: { min: -60, max: 160 },
    resolution: 0.1,
    label: { vi: "Chỉ số nhiệt ẩm (THI)", en: "Temperature-humidity index (THI)" },
  },
  {
    name: "air.thvi",
    unit: "Cel",
    symbol: "°C",
    plausible: { min: -30, max: 80 },
    resolution: 0.1,
    label: { vi: "Chỉ số nhiệt, ẩm và gió (THVI)", en: "Temperature-humidity-velocity index (THVI)" },
  },
  {
    name: "air.et0Hourly",
    unit: "mm",
    symbol: "mm",
    // Slightly below zero where dew forms.
    plausible: { min: -0.5, max: 3 },
    resolution: 0.01,
    label: { vi: "Bốc thoát hơi nước mỗi giờ (ET₀)", en: "Reference evapotranspiration of the hour" },
  },
  {
    name: "air.et0Daily",
    unit: "mm",
    symbol: "mm",
    plausible: { min: 0, max: 25 },
    resolution: 0.1,
    label: { vi: "Bốc thoát hơi nước mỗi ngày (ET₀)", en: "Reference evapotranspiration of the day" },
  },
  {
    name: "crop.degreeDays",
    unit: "Cel.d",
    symbol: "°C·d",
    // Of one day.
    plausible: { min: 0, max: 50 },
    resolution: 0.1,
    label: { vi: "Tích ôn hữu hiệu trong ngày (GDD)", en: "Growing degree days of the day" },
  },
  {
    name: "soil.depletion",
    unit: "%",
    symbol: "%",
    // Of the water between field capacity and wilting point. Soil dries on in the sun when the roots have long given up.
    plausible: { min: 0, max: 400 },
    resolution: 1,
    label: { vi: "Lượng nước đất đã dùng", en: "Soil water used up" },
  },
  {
    name: "soil.waterDeficit",
    unit: "mm",
    symbol: "mm",
    // To fill the root zone up to field capacity.
    plausible: { min: 0, max: 1500 },
    resolution: 1,
    label: { vi: "Lượng nước cần tưới", en: "Water to refill the root zone" },
  },
  {
    name: "leaf.wetHours",
    unit: "h",
    symbol: "h",
    // Of one day, by a wet leaf sensor or guessed from the air.
    plausible: { min: 0, max: 24 },
    resolution: 0.1,
    label: { vi: "Số giờ lá ướt trong ngày", en: "Hours of leaf wetness in the day" },
  },
  {
    name: "leaf.huttonDays",
    unit: "d",
    symbol: "",
    plausible: { min: 0, max: 400 },
    resolution: 1,
    label: { vi: "Số ngày liền thuận lợi cho sương mai", en: "Days running fit for late blight" },
  },
  {
    name: "leaf.blastNights",
    unit: "d",
    symbol: "",
    plausible: { min: 0, max: 400 },
    resolution: 1,
    label: { vi: "Số đêm liền thuận lợi cho đạo ôn", en: "Nights running fit for rice blast" },
  },
  {
    name: "water.dryDays",
    unit: "d",
    symbol: "",
    plausible: { min: 0, max: 400 },
    resolution: 1,
    label: { vi: "Số ngày ruộng cạn nước liên tục", en: "Days running without standing water" },
  },
];
