import { lht65n } from "./dragino-lht65n.ts";
import { lse01 } from "./dragino-lse01.ts";
import { wqsLb } from "./dragino-wqs-lb.ts";
import type { FrameEncoder } from "./frame-encoder.ts";
import { em300Th } from "./milesight-em300-th.ts";
import { em500Smtc } from "./milesight-em500-smtc.ts";
import { em500Udl } from "./milesight-em500-udl.ts";
import { gs301 } from "./milesight-gs301.ts";

/** Every LoRaWAN model that can be simulated. A new one is a file here and a line below. */
export const frameEncoders: readonly FrameEncoder[] = [
  em300Th,
  em500Smtc,
  em500Udl,
  gs301,
  lht65n,
  lse01,
  wqsLb,
];

/** The encoder of that name, with or without the vendor (`dragino-lse01`, `lse01`). */
export function frameEncoderOf(name: string): FrameEncoder | undefined {
  return frameEncoders.find(({ model }) => model === name || model.slice(model.indexOf("-") + 1) === name);
}
