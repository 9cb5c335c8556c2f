import type { Observation } from "../instruments.ts";
import type { Probe } from "../probes.ts";

/** One frame, before the network server wraps it. */
export interface Frame {
  /** LoRaWAN FPort. */
  readonly port: number;
  readonly bytes: Uint8Array;
}

/** What a frame is made of. */
export interface FrameContent extends Observation {
  readonly volts: number;
  /** Above the zero of the water level, for instruments that look down on it. */
  readonly mountingHeightCm: number;
}

/** A LoRaWAN model from the inside: which probes it has, and how its firmware puts them into bytes. */
export interface FrameEncoder {
  /** As in the list of device models. */
  readonly model: string;
  readonly probes: readonly Probe[];
  encode(content: FrameContent): Frame;
}

/** A number as the wire has it; the code where there is no value. */
export function rawOf(content: Observation, quantity: string, per: number, code: number): number {
  const value = content.values[quantity];
  return value === undefined ? code : Math.round(value * per);
}

/** Share of the charge, by the voltage of a lithium cell at rest, in whole percent. */
export function percentOf(volts: number): number {
  return Math.round(Math.min(1, Math.max(0, (volts - 3.3) / (4.15 - 3.3))) * 100);
}
