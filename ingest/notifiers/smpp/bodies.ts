/** What stands in the bodies of packets, in the order of SMPP 3.4 §4. */

export interface Bind {
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
}

/** Who sends or receives, with the type of number and the numbering plan (§5.2.5, §5.2.6). */
export interface SmppAddress {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

export interface ShortMessage {
  readonly source: SmppAddress;
  readonly destination: SmppAddress;
  /** What the octets are (§5.2.12). */
  readonly esmClass: number;
  /** 1: tell us when it has arrived. */
  readonly registeredDelivery: number;
  /** How the octets are to be read (§5.2.19). */
  readonly dataCoding: number;
  readonly octets: Buffer;
  /** Optional parameters, by tag (§5.3). */
  readonly optional: ReadonlyMap<number, Buffer>;
}

const interfaceVersion = 0x34;

/** §4.1.5 */
export function bindBody({ systemId, password, systemType }: Bind): Buffer {
  return Buffer.concat([
    text(systemId),
    text(password),
    text(systemType),
    // No range of addresses of our own.
    Buffer.of(interfaceVersion, 0, 0, 0),
  ]);
}

/** §4.4.1 and §4.6.1: what we submit and what is delivered to us have the same fields. */
export function shortMessageBody(message: ShortMessage): Buffer {
  const { source, destination, esmClass, registeredDelivery, dataCoding, octets, optional } = message;
  return Buffer.concat([
    text(""),
    address(source),
    address(destination),
    // Protocol and priority as usual; no schedule, the centre's own validity.
    Buffer.of(esmClass, 0, 0, 0, 0),
    Buffer.of(registeredDelivery, 0, dataCoding, 0, octets.length),
    octets,
    ...[...optional].map(([tag, value]) => optionalField(tag, value)),
  ]);
}

/** @throws RangeError when the body is shorter than it says */
export function readShortMessage(body: Buffer): ShortMessage {
  const fields = createFieldReader(body);
  fields.text();
  const source = { ton: fields.octet(), npi: fields.octet(), address: fields.text() };
  const destination = { ton: fields.octet(), npi: fields.octet(), address: fields.text() };
  const esmClass = fields.octet();
  fields.octets(2);
  fields.text();
  fields.text();
  const registeredDelivery = fields.octet();
  fields.octet();
  const dataCoding = fields.octet();
  fields.octet();
  const octets = fields.octets(fields.octet());
  return {
    source,
    destination,
    esmClass,
    registeredDelivery,
    dataCoding,
    octets,
    optional: fields.optional(),
  };
}

/** §4.4.2 and §4.1.6: an id, and nothing else that we need. Empty when the answer has no body, as refusals have none. */
export function readId(body: Buffer): string {
  return body.length === 0 ? "" : createFieldReader(body).text();
}

export function idBody(id: string): Buffer {
  return text(id);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from(value, "latin1"), Buffer.of(0)]);
}

function address({ ton, npi, address }: SmppAddress): Buffer {
  return Buffer.concat([Buffer.of(ton, npi), text(address)]);
}

function optionalField(tag: number, value: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(tag, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value]);
}

function createFieldReader(body: Buffer) {
  let at = 0;
  const octets = (length: number): Buffer => {
    if (at + length > body.length) throw new RangeError("the packet is shorter than it says");
    at += length;
    return body.subarray(at - length, at);
  };
  return {
    octets,
    octet: () => octets(1)[0]!,
    text(): string {
      const end = body.indexOf(0, at);
      if (end === -1) throw new RangeError("a text has no end");
      const value = octets(end - at).toString("latin1");
      at++;
      return value;
    },
    optional(): Map<number, Buffer> {
      const found = new Map<number, Buffer>();
      while (at < body.length) {
        const tag = octets(2).readUInt16BE();
        found.set(tag, octets(octets(2).readUInt16BE()));
      }
      return found;
    },
  };
}
