import { channel } from "../frames/channel.ts";
import { decentlab, noProbe, shifted } from "../frames/decentlab.ts";
import { skip } from "../frames/fields.ts";

const hundredths = (name: string, unit: string) =>
  shifted(channel(name, { unit, over: 100, codes: noProbe }));

export const decentlabDlOptod = decentlab({
  name: "decentlab-dl-optod",
  label: "DL-OPTOD dissolved oxygen and water temperature",
  fields: [
    // A status word of the probe, undocumented.
    skip(2),
    hundredths("water.temperature", "Cel"),
    hundredths("water.dissolvedOxygenSaturation", "%"),
    hundredths("water.dissolvedOxygen", "mg/L"),
    // The same again, in ppm.
    skip(2),
  ],
});
