import { channel } from "../frames/channel.ts";
import { decentlab, noProbe, shifted } from "../frames/decentlab.ts";
import { type Field, uint16 } from "../frames/fields.ts";

const depths = 8;

/** The shallowest, where most roots are, is what a parcel's moisture means: it keeps the plain name. */
function atDepth(index: number): readonly Field[] {
  const number = index === 0 ? "" : String(index + 1);
  return [
    uint16(
      channel(`soil.moisture${number}`, { unit: "%", over: 500, plus: -5, codes: { 0: "probe-absent" } }),
    ),
    shifted(channel(`soil.temperature${number}`, { unit: "Cel", over: 100, codes: noProbe })),
  ];
}

export const decentlabDlSmtp = decentlab({
  name: "decentlab-dl-smtp",
  version: 2,
  label: "DL-SMTP soil moisture and temperature at eight depths",
  fields: Array.from({ length: depths }, (_, index) => atDepth(index)).flat(),
});
