import type { DeviceModel, DownlinkCommand } from "../device-model.ts";
import { FrameYield } from "./frame-yield.ts";

/** Reads one kind of frame. Must check the length before it reads, and tells through `out` what it found. */
export type FrameReader = (view: DataView, out: FrameYield) => void;

export interface ModelParts {
  readonly name: string;
  readonly vendor: string;
  readonly label: string;
  readonly version: number;
  /** By FPort, or one reader for every port where users may change it. */
  readonly read: FrameReader | Readonly<Record<number, FrameReader>>;
  readonly downlinks?: Readonly<Record<string, DownlinkCommand>>;
}

/** Makes a model of the readers of its frames. */
export function createModel({ read, ...parts }: ModelParts): DeviceModel {
  const readerOf = typeof read === "function" ? () => read : (port: number) => read[port];
  const ports = typeof read === "function" ? "any" : Object.keys(read).join(", ");
  return {
    ...parts,
    decode({ port, bytes, receivedAtMs }, device) {
      const out = new FrameYield(receivedAtMs, device);
      const reader = readerOf(port);
      if (reader === undefined) out.refuse("wrong-shape", `FPort ${port} carries no data; right is ${ports}`);
      else if (bytes.length === 0) out.refuse("wrong-shape", "no bytes");
      else reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), out);
      return out.gathered();
    },
  };
}

/** Whether the frame has so many bytes; refuses it when it has not. */
export function hasBytes(view: DataView, needed: number, out: FrameYield): boolean {
  if (view.byteLength >= needed) return true;
  out.refuse("wrong-shape", `${view.byteLength} bytes; this frame has ${needed}`);
  return false;
}
