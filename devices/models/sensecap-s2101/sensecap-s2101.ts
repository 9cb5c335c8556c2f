import { measurementIds, sensecap } from "../frames/sensecap-measurements.ts";

export const sensecapS2101 = sensecap({
  name: "sensecap-s2101",
  label: "S2101 air temperature and humidity",
  ids: { 4097: measurementIds[4097], 4098: measurementIds[4098] },
});
