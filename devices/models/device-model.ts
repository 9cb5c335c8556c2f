/** One frame as the network server handed it over: decrypted, not yet understood. */
export interface UplinkFrame {
  /** LoRaWAN FPort, 1 to 223. */
  readonly port: number;
  readonly bytes: Uint8Array;
  /** Server time of arrival, milliseconds since 1970 UTC. What the frame tells of its own times is judged against it. */
  readonly receivedAtMs: number;
}

/** What a model must know of the single unit that sent the frame. */
export interface DeviceFacts {
  /** Above the zero of the water level; null when nobody measured it. Only instruments that measure a distance ask. */
  readonly mountingHeightCm: number | null;
}

export interface FrameValue {
  /** Of the catalogue, in its canonical unit. */
  readonly quantity: string;
  readonly value: number;
  /** The frame's own time for this value (history, data logs); null when it was measured just before it was sent. */
  readonly measuredAtMs: number | null;
}

/** A number that the frame carries and the catalogue has no name for: a count before calibration, a third probe. Not stored. */
export interface Extra {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly measuredAtMs: number | null;
}

/** What a frame says about the health of its sender. A flag stands in the place of the value that could not be measured. */
export const flags = [
  "probe-absent",
  "warming-up",
  "device-error",
  "out-of-range",
  "battery-low",
  "tilted",
  "frozen",
  "raw-mode",
  "checksum-wrong",
] as const;
export type Flag = (typeof flags)[number];

/** Why a part of a frame became no value. A closed set, of words that quarantine knows. */
export type FrameRejectionReason =
  | "wrong-shape"
  | "clock-implausible"
  | "unknown-quantity"
  | "sentinel"
  | "implausible";

export interface FrameRejection {
  readonly reason: FrameRejectionReason;
  /** What was found, where, and what would be right; for people. */
  readonly detail: string;
  /** Null when the whole frame or the rest of it was refused. */
  readonly quantity: string | null;
  /** The frame's own time for what was refused, where it told one. */
  readonly measuredAtMs: number | null;
}

export interface DecodedFrame {
  readonly values: readonly FrameValue[];
  readonly extras: readonly Extra[];
  readonly flags: readonly Flag[];
  readonly rejections: readonly FrameRejection[];
}

export interface Downlink {
  /** LoRaWAN FPort. */
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** A command of the platform as this model's bytes. */
export interface DownlinkCommand {
  /** What it does, for people. */
  readonly says: string;
  /** @throws TypeError for arguments that it does not know, with what would be right */
  encode(args: unknown): Downlink;
}

/** A type of device that sends bytes: what they mean, and which bytes it obeys. */
export interface DeviceModel {
  /** `vendor-model`, as in the registry and as its folder is called. */
  readonly name: string;
  readonly vendor: string;
  /** As on its box, with what it measures. */
  readonly label: string;
  /** Grows with every change after which the same bytes give other values. */
  readonly version: number;
  /** Never throws: each number in the frame becomes a value, an extra, a flag or a rejection. */
  decode(frame: UplinkFrame, device: DeviceFacts): DecodedFrame;
  /** By name of the command; absent where nothing can be told to it. */
  readonly downlinks?: Readonly<Record<string, DownlinkCommand>>;
}
