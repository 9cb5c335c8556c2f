import { channel } from "../frames/channel.ts";
import { decentlab, noProbe, shifted } from "../frames/decentlab.ts";
import { uint16 } from "../frames/fields.ts";

export const decentlabDlTrs12 = decentlab({
  name: "decentlab-dl-trs12",
  label: "DL-TRS12 soil moisture, temperature and conductivity",
  fields: [
    // METER's calibration for mineral soil: 3.879e-4 × counts − 0.6956, of counts that come in tenths.
    uint16(
      channel("soil.moisture", {
        unit: "%",
        times: 3879,
        over: 1_000_000,
        plus: -69.56,
        codes: { 0: "probe-absent" },
      }),
    ),
    shifted(channel("soil.temperature", { unit: "Cel", over: 10, codes: noProbe })),
    uint16(channel("soil.ec", { unit: "uS/cm" })),
  ],
});
