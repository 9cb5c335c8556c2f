import { channel, states } from "../frames/channel.ts";
import { decentlab, noProbe, shifted } from "../frames/decentlab.ts";
import { uint16 } from "../frames/fields.ts";

export const decentlabDlCtd10 = decentlab({
  name: "decentlab-dl-ctd10",
  label: "DL-CTD10 water depth, temperature and conductivity",
  fields: [
    shifted(channel("water.depth", { unit: "mm", codes: noProbe })),
    shifted(channel("water.temperature", { unit: "Cel", over: 10, codes: noProbe })),
    uint16(channel("water.ec", { unit: "uS/cm" })),
    // Ice bursts the pressure cell.
    uint16(states("freezing flag", { 0: null, 1: "frozen" })),
  ],
});
