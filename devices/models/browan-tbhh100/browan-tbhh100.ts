import { channel } from "../frames/channel.ts";
import { createModel, hasBytes } from "../frames/create-model.ts";
import { readFields, skip, uint8 } from "../frames/fields.ts";

const fields = [
  skip(1),
  // Tenths of a volt above 2.5; the high half is not the battery's.
  uint8(channel("power.battery", { unit: "V", over: 10, plus: 2.5 }), 0x0f),
  uint8(channel("air.temperature", { unit: "Cel", plus: -32 }), 0x7f),
  uint8(channel("air.relativeHumidity", { unit: "%", codes: { 127: "device-error" } }), 0x7f),
];

export const browanTbhh100 = createModel({
  name: "browan-tbhh100",
  vendor: "Browan",
  label: "TBHH100 air temperature and humidity",
  version: 1,
  read: {
    103: (view, out) => {
      if (hasBytes(view, 4, out)) readFields(fields, view, 0, out);
    },
  },
});
