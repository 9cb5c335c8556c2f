import { measurementIds, sensecap } from "../frames/sensecap-measurements.ts";

export const sensecapS2105 = sensecap({
  name: "sensecap-s2105",
  label: "S2105 soil moisture, temperature and conductivity",
  ids: { 4102: measurementIds[4102], 4103: measurementIds[4103], 4108: measurementIds[4108] },
});
