import { z } from "zod";
import { defineNode, type NodeParts, type RunningNode } from "../define-node.ts";
import { deviceId, minutes, quantityName } from "../fields.ts";
import type { FlowMessage, NodeRed } from "../node-red.ts";
import type { Reading } from "../platform/platform.ts";

const fields = z.object({
  device: deviceId,
  quantity: quantityName,
  freshMin: minutes({ fallback: 30, most: 10_080 }),
  /** 0: silence is not told. */
  silentMin: minutes({ fallback: 60, most: 10_080 }),
});

/**
 * *Reading in*: tells what a device measures, as the platform has understood it. First output: each newer value, if it is
 * fresh. Second: once when nothing fresh has come for `silentMin`, so that a flow can do what is safe.
 */
export function readingIn(RED: NodeRed): void {
  defineNode(RED, { type: "canhdong-reading-in", config: fields, start });
}

function start({ config, platform, node, show, say }: NodeParts<z.output<typeof fields>>): RunningNode {
  const { device, quantity, freshMin, silentMin } = config;
  let last: Reading | null = null;
  const silence = silentMin === 0 ? null : setTimeout(tellSilence, silentMin * 60_000);

  function take(reading: Reading): void {
    if (last !== null && reading.measuredAtMs <= last.measuredAtMs) return;
    last = reading;
    const ageMs = platform.now() - reading.measuredAtMs;
    const words = { value: reading.value, minutes: Math.max(0, Math.floor(ageMs / 60_000)) };
    if (ageMs > freshMin * 60_000) {
      show("grey", say("reading-in.status.old", words));
      return;
    }
    silence?.refresh();
    show("green", say("reading-in.status.fresh", words));
    node.send([{ topic: quantity, payload: reading.value, device, ...reading }, null]);
  }

  function tellSilence(): void {
    show("red", say("reading-in.status.silent", { minutes: silentMin }));
    const silent: FlowMessage = {
      topic: quantity,
      payload: null,
      device,
      quantity,
      silentMin,
      lastMeasuredAtMs: last?.measuredAtMs ?? null,
    };
    node.send([null, silent]);
  }

  show("grey", say("reading-in.status.waiting"));
  const stopListening = platform.onReading(device, quantity, take);
  return {
    stop() {
      stopListening();
      if (silence !== null) clearTimeout(silence);
    },
  };
}
