import { measurementIds, sensecap } from "../frames/sensecap-measurements.ts";

export const sensecapS2102 = sensecap({
  name: "sensecap-s2102",
  label: "S2102 light",
  ids: { 4099: measurementIds[4099] },
});
