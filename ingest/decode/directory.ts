/** What decoding has to know of a device. */
export interface KnownDevice {
  /** How often it usually sends; null when nobody knows. */
  readonly intervalMs: number | null;
  /** Name of its device model; what sends no bytes is `native`, or says where its probe is (`soil-probe`). */
  readonly model?: string;
  /** Above the zero of the water level; null when nobody measured it. */
  readonly mountingHeightCm?: number | null;
  /** The gateway through which it may be spoken for; null when there is none. */
  readonly gateway?: string | null;
}

/** Looks devices up, in memory: asked for each uplink. */
export interface Directory {
  /** What is known of a device; undefined when it is not registered, or not any more. */
  device(id: string): KnownDevice | undefined;
  /** The registered device with this EUI-64 (16 hexadecimal digits in lower case). */
  deviceByEui?(eui: string): { readonly id: string } | undefined;
}

/** A device that was found under some name. */
export interface FoundDevice {
  readonly id: string;
  readonly known: KnownDevice;
}

/** Zigbee writes an EUI-64 as `0x00158d0001a2b3c4`. */
const eui64 = /^(?:0x)?([0-9a-f]{16})$/;

/**
 * The device that somebody else's system calls so: its EUI first, because nobody chooses that; then its id in the
 * registry, in any case.
 */
export function findDevice(name: string, directory: Directory): FoundDevice | undefined {
  const lower = name.toLowerCase();
  const eui = eui64.exec(lower)?.[1];
  const id = (eui === undefined ? undefined : directory.deviceByEui?.(eui)?.id) ?? lower;
  const known = directory.device(id);
  return known === undefined ? undefined : { id, known };
}
