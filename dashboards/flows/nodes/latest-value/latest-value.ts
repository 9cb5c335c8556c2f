import { z } from "zod";
import { defineNode, type NodeParts, type RunningNode } from "../define-node.ts";
import { deviceId, minutes, quantityName } from "../fields.ts";
import type { NodeRed } from "../node-red.ts";

const fields = z.object({
  device: deviceId,
  quantity: quantityName,
  freshMin: minutes({ fallback: 30, most: 10_080 }),
});

/** *Latest value*: asks when a message comes in. First output: the value, if it is fresh. Second: it is old, or there is none. */
export function latestValue(RED: NodeRed): void {
  defineNode(RED, { type: "canhdong-latest-value", config: fields, start });
}

function start({ config, platform, show, say }: NodeParts<z.output<typeof fields>>): RunningNode {
  const { device, quantity, freshMin } = config;
  return {
    async take(message) {
      const reading = await platform.latest(device, quantity);
      const found = { ...message, topic: quantity, device, quantity };
      if (reading === undefined) {
        show("grey", say("latest-value.status.none"));
        return [null, { ...found, payload: null, measuredAtMs: null }];
      }
      const ageMs = platform.now() - reading.measuredAtMs;
      const isFresh = ageMs <= freshMin * 60_000;
      const words = { value: reading.value, minutes: Math.max(0, Math.floor(ageMs / 60_000)) };
      show(isFresh ? "green" : "grey", say("latest-value.status.found", words));
      const told = { ...found, payload: reading.value, measuredAtMs: reading.measuredAtMs };
      return isFresh ? [told, null] : [null, told];
    },
  };
}
