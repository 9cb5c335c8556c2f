import { gsmCodes, gsmText, smsParts } from "../../messages/index.ts";
import type { ShortMessage } from "./bodies.ts";

/** How octets are to be read (SMPP 3.4 §5.2.19): the centre's own alphabet, which is GSM's; Latin-1; UCS-2. */
const codings = { gsm7: 0x00, latin1: 0x03, ucs2: 0x08 } as const;
/** The text begins with a header (§5.2.12). */
const hasHeader = 0x40;
/** A whole 16-bit message with the header of a part is this long; more text stands in an optional field. */
const payloadTag = 0x0424;

type Octets = Pick<ShortMessage, "esmClass" | "dataCoding" | "octets">;

/**
 * The octets of a text, in as many messages as it takes.
 * @param reference the same for all parts of a text, from 0 to 255; parts with the same one are put together, also when some come twice
 */
export function messageOctets(text: string, reference: number): Octets[] {
  const { encoding, parts } = smsParts(text);
  return parts.map((part, index) => {
    const octets = encoding === "ucs2" ? ucs2(part) : Buffer.from(gsmCodes(part));
    const dataCoding = codings[encoding];
    if (parts.length === 1) return { esmClass: 0, dataCoding, octets };
    // 3GPP TS 23.040 §9.2.3.24.1: five octets follow; concatenation, three octets; which text, of how many parts, which one.
    const header = Buffer.of(5, 0, 3, reference, parts.length, index + 1);
    return { esmClass: hasHeader, dataCoding, octets: Buffer.concat([header, octets]) };
  });
}

/** The text of a message that has come to us, without its header. */
export function textOf({ esmClass, dataCoding, octets, optional }: ShortMessage): string {
  const all = octets.length === 0 ? (optional.get(payloadTag) ?? octets) : octets;
  const body = (esmClass & hasHeader) !== 0 && all.length > 0 ? all.subarray(all[0]! + 1) : all;
  if (dataCoding === codings.ucs2) return swapped(body).toString("utf16le").normalize("NFC");
  if (dataCoding === codings.gsm7) return gsmText(body);
  return body.toString("latin1");
}

function ucs2(text: string): Buffer {
  return swapped(Buffer.from(text, "utf16le"));
}

/** The most significant octet goes first. An odd one at the end belongs to nothing. */
function swapped(octets: Buffer): Buffer {
  return Buffer.from(octets.subarray(0, octets.length - (octets.length % 2))).swap16();
}
