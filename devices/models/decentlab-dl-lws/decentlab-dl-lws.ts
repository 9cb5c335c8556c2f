import { channel } from "../frames/channel.ts";
import { decentlab } from "../frames/decentlab.ts";
import type { Field } from "../frames/fields.ts";

/** 24 bits of a converter around its middle, the low word first; one is a wholly wet leaf. */
const converter: Field = {
  size: 4,
  channel: channel("leaf.wetness", { unit: "1", over: 0x800000 }),
  read: (view, at) => view.getUint16(at) + view.getUint16(at + 2) * 0x10000 - 0x800000,
};

export const decentlabDlLws = decentlab({
  name: "decentlab-dl-lws",
  label: "DL-LWS leaf wetness",
  fields: [converter],
});
