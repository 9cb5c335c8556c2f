import { measurementIds, sensecap } from "../frames/sensecap-measurements.ts";

export const sensecapS2104 = sensecap({
  name: "sensecap-s2104",
  label: "S2104 soil moisture and temperature",
  ids: { 4102: measurementIds[4102], 4103: measurementIds[4103] },
});
