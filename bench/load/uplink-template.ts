import { crc32 } from "node:zlib";
import { generate } from "mqtt-packet";

/**
 * PUBLISH packets made once for each device; an uplink is a copy with its digits written in place. All have the same
 * length: `ts` has 13 digits until 2286, `seq` starts at 1,000,000,000, and each value has a fixed number of decimals.
 */
export interface UplinkTemplate {
  readonly bytes: number;
  /** Writes one PUBLISH at `offset`; the same seq and ts always give the same bytes but for the message id. */
  write(into: Buffer, offset: number, uplink: OutgoingUplink, messageId: number): void;
}

export interface OutgoingUplink {
  readonly seq: number;
  /** Device time, ms since 1970. */
  readonly tsMs: number;
  /** Whether its air temperature is above 40 °C. */
  readonly probe: boolean;
}

export const firstSeq = 1_000_000_000;

/** `#` stands for a digit that differs from uplink to uplink. */
const patterns = {
  "air.temperature": "2#.##",
  "air.relativeHumidity": "7#.#",
  "soil.moisture": "3#.##",
  "soil.temperature": "2#.##",
  "power.battery": "3.6##",
};

/** What an uplink carries. */
export const uplinkQuantities: readonly string[] = Object.keys(patterns);

const [zero, two, four, mark] = ["0", "2", "4", "#"].map((character) => character.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
];

export function createUplinkTemplate(device: string): UplinkTemplate {
  const packet = generate({
    cmd: "publish",
    topic: `canhdong/v1/${device}/telemetry`,
    payload: bodyPattern(),
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  });
  // Behind the fixed header (one byte and the remaining length) and the topic with its two bytes of length (§3.3.2).
  const messageIdAt = packet.indexOf("canhdong") + Buffer.byteLength(`canhdong/v1/${device}/telemetry`);
  const tsAt = packet.indexOf('"ts":', messageIdAt) + 5;
  const seqAt = packet.indexOf('"seq":', messageIdAt) + 6;
  const temperatureAt = packet.indexOf('"air.temperature":', messageIdAt) + 18;
  const digitsAt = positionsOf(packet, messageIdAt);
  // Two nodes with the same seq do not measure the same: the store could pack that better than any field.
  const seed = crc32(device);

  return {
    bytes: packet.length,
    write(into, offset, { seq, tsMs, probe }, messageId) {
      packet.copy(into, offset);
      into.writeUInt16BE(messageId, offset + messageIdAt);
      writeDigits(into, offset + tsAt, tsMs, 13);
      writeDigits(into, offset + seqAt, seq, 10);
      let chance = scatter(seed ^ seq);
      for (const at of digitsAt) {
        into[offset + at] = zero + (chance % 10);
        chance = chance < 10 ? scatter(seed ^ (seq + at)) : Math.floor(chance / 10);
      }
      into[offset + temperatureAt] = probe ? four : two;
    },
  };
}

function bodyPattern(): string {
  const values = Object.entries(patterns).map(([name, pattern]) => `"${name}":${pattern}`);
  return `{"ts":${"0".repeat(13)},"seq":${"0".repeat(10)},"values":{${values.join(",")}}}`;
}

function positionsOf(packet: Buffer, from: number): number[] {
  const found: number[] = [];
  for (let at = packet.indexOf(mark, from); at >= 0; at = packet.indexOf(mark, at + 1)) found.push(at);
  return found;
}

function writeDigits(into: Buffer, offset: number, number: number, digits: number): void {
  for (let at = offset + digits - 1; at >= offset; at--) {
    const tens = Math.floor(number / 10);
    into[at] = zero + (number - tens * 10);
    number = tens;
  }
}

/** A 32-bit number that looks random but is always the same for the same key (the last step of MurmurHash3). */
function scatter(key: number): number {
  let mixed = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
