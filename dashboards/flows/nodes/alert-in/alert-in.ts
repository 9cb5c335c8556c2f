import { z } from "zod";
import { defineNode, type NodeParts, type RunningNode } from "../define-node.ts";
import { deviceId } from "../fields.ts";
import { memoryOf } from "../memory.ts";
import type { NodeRed } from "../node-red.ts";
import { graveness, newsIn, type OpenAlerts } from "./open-alerts.ts";

const fields = z.object({
  linkageModel: z
    .string()
    .regex(/^[^+#/\0]*$/, "must be the id of a linkage model, or left open for all")
    .default(""),
  device: deviceId.or(z.literal("")).default(""),
  severity: z.enum(["info", "warning", "critical"]).default("info"),
  /** Whether the end of an alert is told, too. */
  tellEnd: z.boolean().default(true),
});

/**
 * *Alert in*: tells each alert once when it fires, gets worse or is over, also over restarts of either side: what is open is
 * kept by the broker, and what was told is kept here.
 */
export function alertIn(RED: NodeRed): void {
  defineNode(RED, { type: "canhdong-alert-in", config: fields, start });
}

function start({ config, platform, node, show, say }: NodeParts<z.output<typeof fields>>): RunningNode {
  const memory = memoryOf<OpenAlerts>(node, "open");
  let open: OpenAlerts = {};
  /** One message after the other: each is judged by what the one before has left. */
  let turn = memory.read().then((kept) => {
    open = kept ?? {};
  });

  async function take(topic: string, payload: string): Promise<void> {
    const { open: next, news } = newsIn(open, topic, payload);
    open = next;
    // First: a crash in between leaves an alert untold here, but people have heard of it by the platform's own channels.
    await memory.write(open);
    show("green", say("alert-in.status.open", { count: Object.values(open).flat().length }));
    for (const { event, alert } of news) {
      if (graveness(alert.severity) < graveness(config.severity)) continue;
      if (event === "over" && !config.tellEnd) continue;
      node.send([{ topic: alert.rule, event, payload: alert, device: topic.split("/").at(-1) }]);
    }
  }

  const filter = `canhdong/v1/alerts/${config.linkageModel || "+"}/${config.device || "+"}`;
  const stop = platform.listen(filter, (topic, payload) => {
    turn = turn
      .then(() => take(topic, payload.toString()))
      .catch((error: Error) => node.error(`${topic}: ${error.message}`));
  });
  return { stop };
}
