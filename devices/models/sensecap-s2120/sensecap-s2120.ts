import { channel } from "../frames/channel.ts";
import { createModel } from "../frames/create-model.ts";
import { int16, uint8, uint16, uint32 } from "../frames/fields.ts";
import { group, groups } from "../frames/sensecap-groups.ts";

const air = group(
  int16(channel("air.temperature", { unit: "Cel", over: 10 })),
  uint8(channel("air.relativeHumidity", { unit: "%" })),
  uint32(channel("air.lightIntensity", { unit: "lx" })),
  uint8(channel("light.uvIndex", { unit: "1", over: 10 })),
  uint16(channel("wind.speed", { unit: "m/s", over: 10 })),
);
const sky = group(
  uint16(channel("wind.direction", { unit: "deg" })),
  uint32(channel("rain.intensity", { unit: "mm/h", over: 1000 })),
  uint16(channel("air.pressure", { unit: "Pa", times: 10 })),
);
const extremes = group(
  uint16(channel("wind.gust", { unit: "m/s", over: 10 })),
  uint32(channel("rain.cumulative", { unit: "mm", over: 1000 })),
);

export const sensecapS2120 = createModel({
  name: "sensecap-s2120",
  vendor: "SenseCAP",
  label: "S2120 weather station",
  version: 1,
  // Older firmware sends 1 and 2, newer 74 to 76.
  read: groups({ 1: air, 2: sky, 74: air, 75: sky, 76: extremes }),
});
