/**
 * Reads one CBOR item (RFC 8949) out of bytes that anybody may have sent: every length is checked against what is left, and
 * nesting is limited, before anything is made of it.
 */

export type CborValue =
  | number
  | string
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly CborValue[]
  | CborMap;
export type CborMap = ReadonlyMap<CborValue, CborValue>;

/** What is wrong with the bytes, and at which of them. */
export class CborError extends Error {
  override readonly name = "CborError";
}

/**
 * @param bytes one item and nothing behind it
 * @param mostDepth levels of arrays, maps and tags
 * @throws CborError
 */
export function readCbor(bytes: Uint8Array, mostDepth: number): CborValue {
  const reader = new CborReader(bytes, mostDepth);
  const value = reader.item(0);
  reader.expectEnd();
  return value;
}

const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 } as const;
/** Additional information (RFC 8949, 3): the argument follows in 1, 2, 4, 8 bytes, or the length is not told. */
const oneByte = 24;
const eightBytes = 27;
const indefinite = 31;
const breakByte = 0xff;
const decimalFraction = 4;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The first byte of an item and the argument behind it; null where the length is not told. */
interface Head {
  readonly major: number;
  readonly info: number;
  readonly argument: number | null;
}

class CborReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #mostDepth: number;
  #at = 0;

  constructor(bytes: Uint8Array, mostDepth: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#mostDepth = mostDepth;
  }

  expectEnd(): void {
    const left = this.#bytes.length - this.#at;
    if (left > 0) throw this.#error(`${left} bytes are left over`);
  }

  item(depth: number): CborValue {
    if (depth > this.#mostDepth) throw this.#error(`more than ${this.#mostDepth} levels`);
    const head = this.#head();
    switch (head.major) {
      case major.unsigned:
        return this.#told(head);
      case major.negative:
        return -1 - this.#told(head);
      case major.bytes:
        return this.#bytesOf(head);
      case major.text:
        return this.#text(head);
      case major.array:
        return this.#array(head, depth);
      case major.map:
        return this.#map(head, depth);
      case major.tag:
        return this.#tagged(this.#told(head), depth);
      default:
        return this.#simple(head);
    }
  }

  #head(): Head {
    const [first] = this.#take(1);
    const info = first! & 0x1f;
    return { major: first! >> 5, info, argument: this.#argument(info) };
  }

  #argument(info: number): number | null {
    if (info < oneByte) return info;
    if (info === indefinite) return null;
    if (info > eightBytes) throw this.#error(`additional information ${info} is reserved`);
    const size = 2 ** (info - oneByte);
    const at = this.#at;
    this.#take(size);
    if (size === 1) return this.#view.getUint8(at);
    if (size === 2) return this.#view.getUint16(at);
    return size === 4 ? this.#view.getUint32(at) : Number(this.#view.getBigUint64(at));
  }

  #bytesOf(head: Head): Uint8Array {
    return head.argument === null
      ? Buffer.concat(this.#chunks(major.bytes))
      : this.#take(this.#room(head.argument));
  }

  #text(head: Head): string {
    // Each chunk is UTF-8 by itself (RFC 8949, 3.2.3).
    if (head.argument === null)
      return this.#chunks(major.text)
        .map((chunk) => this.#decoded(chunk))
        .join("");
    return this.#decoded(this.#take(this.#room(head.argument)));
  }

  #decoded(bytes: Uint8Array): string {
    try {
      return utf8.decode(bytes);
    } catch {
      throw this.#error("text is not UTF-8");
    }
  }

  #chunks(kind: number): Uint8Array[] {
    const chunks: Uint8Array[] = [];
    while (!this.#isBreak()) {
      const head = this.#head();
      if (head.major !== kind) throw this.#error("a chunk of another kind");
      chunks.push(this.#take(this.#room(this.#told(head))));
    }
    return chunks;
  }

  #array(head: Head, depth: number): CborValue[] {
    const items: CborValue[] = [];
    if (head.argument === null) while (!this.#isBreak()) items.push(this.item(depth + 1));
    else for (let left = this.#room(head.argument); left > 0; left--) items.push(this.item(depth + 1));
    return items;
  }

  #map(head: Head, depth: number): CborMap {
    const map = new Map<CborValue, CborValue>();
    if (head.argument === null) while (!this.#isBreak()) this.#entry(map, depth);
    else for (let left = this.#room(head.argument * 2) / 2; left > 0; left--) this.#entry(map, depth);
    return map;
  }

  #entry(map: Map<CborValue, CborValue>, depth: number): void {
    const key = this.item(depth + 1);
    if (map.has(key)) throw this.#error(`the key ${String(key).slice(0, 40)} stands twice`);
    map.set(key, this.item(depth + 1));
  }

  /** A decimal fraction is read, which SenML allows for numbers (RFC 8428, 6); of other tags only what they mark. */
  #tagged(tag: number, depth: number): CborValue {
    const value = this.item(depth + 1);
    if (tag !== decimalFraction) return value;
    const [exponent, mantissa, ...more] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
    if (typeof exponent !== "number" || typeof mantissa !== "number" || more.length > 0)
      throw this.#error("a decimal fraction is two integers");
    // Through text, because 273.15 × 0.01 and friends are not what was meant.
    return Number(`${mantissa}e${exponent}`);
  }

  #simple({ info, argument }: Head): CborValue {
    switch (info) {
      case 20:
      case 21:
        return info === 21;
      case 22:
        return null;
      case 23:
        return undefined;
      case 25:
        return halfFloat(argument!);
      case 26:
        return this.#view.getFloat32(this.#at - 4);
      case 27:
        return this.#view.getFloat64(this.#at - 8);
      case indefinite:
        throw this.#error("a break without a beginning");
      default:
        throw this.#error(`simple value ${argument} means nothing here`);
    }
  }

  #told({ argument }: Head): number {
    if (argument === null) throw this.#error("a length must be told here");
    return argument;
  }

  /** Every item has a byte at least: a length beyond what is left is a lie, and nothing is made for it. */
  #room(needed: number): number {
    const left = this.#bytes.length - this.#at;
    if (needed > left) throw this.#error(`${needed} bytes or items are announced, ${left} bytes are left`);
    return needed;
  }

  #isBreak(): boolean {
    if (this.#at >= this.#bytes.length) throw this.#error("the end is missing");
    if (this.#bytes[this.#at] !== breakByte) return false;
    this.#at++;
    return true;
  }

  #take(count: number): Uint8Array {
    const bytes = this.#bytes.subarray(this.#at, this.#at + count);
    if (bytes.length < count) throw this.#error("the end is missing");
    this.#at += count;
    return bytes;
  }

  #error(what: string): CborError {
    return new CborError(`${what} (at byte ${this.#at})`);
  }
}

/** IEEE 754 half precision, which DataView reads only in newer engines (RFC 8949, appendix D). */
function halfFloat(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (mantissa + 1024) * 2 ** (exponent - 25);
}
