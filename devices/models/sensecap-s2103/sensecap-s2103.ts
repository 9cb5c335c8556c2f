import { measurementIds, sensecap } from "../frames/sensecap-measurements.ts";

export const sensecapS2103 = sensecap({
  name: "sensecap-s2103",
  label: "S2103 carbon dioxide, air temperature and humidity",
  ids: { 4097: measurementIds[4097], 4098: measurementIds[4098], 4100: measurementIds[4100] },
});
