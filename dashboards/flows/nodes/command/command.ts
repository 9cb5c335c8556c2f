import { randomUUID } from "node:crypto";
import { z } from "zod";
import { defineNode, type NodeParts, type RunningNode } from "../define-node.ts";
import { deviceId, jsonObject, minutes } from "../fields.ts";
import { memoryOf } from "../memory.ts";
import type { FlowMessage, NodeRed, Sent } from "../node-red.ts";
import { PlatformError } from "../platform/platform.ts";
import {
  judgeRun,
  minutesOf,
  nothingRun,
  type RunMemory,
  type RunRefusal,
  withHandsOff,
  withRun,
} from "./run-limit.ts";

const mostMinutes = 1_440;
/** Begins the ids of all commands of flows: what begins otherwise was sent by somebody else. */
const flowMark = "flows.";

const fields = z.object({
  device: deviceId,
  command: z.string().trim().min(1, "must be the name of a command such as irrigate").max(64),
  args: jsonObject,
  /** A command that reaches the device later is not begun. */
  expiresMin: minutes({ fallback: 10, most: mostMinutes }),
  maxRunMin: minutes({ fallback: 30, most: mostMinutes }),
  minRestMin: minutes({ fallback: 30, most: mostMinutes }),
  maxDayMin: minutes({ fallback: 240, most: mostMinutes }),
  handsOffMin: minutes({ fallback: 720, most: 10_080 }),
});

/**
 * *Command to device*, within a safe limit that no message can widen. First output: sent. Second: not sent, and why. Third: what the
 * device answered. A command that somebody else sends, from the page or the API, is the manual override: the flow
 * keeps its hands off for `handsOffMin`.
 */
export function command(RED: NodeRed): void {
  defineNode(RED, { type: "canhdong-command", config: fields, start });
}

function start({ config, platform, node, show, say }: NodeParts<z.output<typeof fields>>): RunningNode {
  const { device, command: name } = config;
  const topic = `canhdong/v1/${device}/command`;
  const kept = memoryOf<RunMemory>(node, "runs");
  let memory: RunMemory = nothingRun;
  /** One after the other: the second of two messages at once is judged by the run of the first. */
  let turn: Promise<unknown> = kept.read().then((runs) => {
    memory = runs ?? nothingRun;
  });

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  async function remember(next: RunMemory): Promise<void> {
    await kept.write(next);
    memory = next;
  }

  function refuse(message: FlowMessage, because: RunRefusal | "not-heard", untilMs: number | null): Sent {
    show("grey", say(`command.refused.${because}`, { until: untilMs === null ? "" : clock(untilMs) }));
    return [null, { ...message, payload: { device, name, because, untilMs } }, null];
  }

  async function order(message: FlowMessage): Promise<Sent> {
    const asked = message.payload as { args?: unknown } | null | undefined;
    const args = { ...config.args, ...(asked?.args as object | undefined) };
    const nowMs = platform.now();
    const id = flowMark + randomUUID();
    const verdict = judgeRun(config, memory, { id, startMs: nowMs, minutes: minutesOf(args) });
    if (!verdict.allowed) return refuse(message, verdict.because, verdict.untilMs);
    // Counted before it is sent: a crash in between costs a run, never a rest.
    await remember(verdict.memory);
    const expiresAt = new Date(nowMs + config.expiresMin * 60_000).toISOString();
    await send({ id, name, args, expiresAt });
    show("green", say("command.status.sent", { at: clock(nowMs) }));
    return [{ ...message, payload: { device, id, name, args, expiresAt } }, null, null];
  }

  /** Once more under the same id when no answer came; the device does it once. */
  async function send(sent: Parameters<typeof platform.send>[1]): Promise<void> {
    try {
      await platform.send(device, sent);
    } catch (error) {
      if (!(error instanceof PlatformError && error.retryable)) throw error;
      await platform.send(device, sent);
    }
  }

  async function seeCommand(payload: string): Promise<void> {
    const { id, args } = JSON.parse(payload) as { id?: unknown; args?: unknown };
    const run = { id: String(id), startMs: platform.now(), minutes: minutesOf(args) };
    if (isOwn(run.id)) return;
    if (run.id.startsWith(flowMark)) {
      await remember(withRun(memory, run));
      return;
    }
    await remember(withHandsOff(config, memory, run));
    show("yellow", say("command.status.by-hand", { until: clock(memory.handsOffUntilMs) }));
  }

  const isOwn = (command: string) => memory.runs.some(({ id }) => id === command);

  function seeAnswer(payload: string): void {
    const answer = JSON.parse(payload) as { id?: unknown; state?: unknown };
    if (!isOwn(String(answer.id))) return;
    show(answer.state === "refused" || answer.state === "failed" ? "red" : "green", String(answer.state));
    node.send([null, null, { topic: "command/ack", device, payload: answer }]);
  }

  const complain = (error: Error) => node.error(`${topic}: ${error.message}`);
  const stops = [
    platform.listen(topic, (_topic, payload) => {
      inTurn(() => seeCommand(payload.toString())).catch(complain);
    }),
    platform.listen(`${topic}/ack`, (_topic, payload) => {
      inTurn(async () => seeAnswer(payload.toString())).catch(complain);
    }),
  ];
  return {
    async take(message) {
      // Who does not hear orders by hand must not command; and one that waits at the broker comes first.
      if (!(await platform.hears(topic))) return refuse(message, "not-heard", null);
      return inTurn(() => order(message));
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** As a clock in Vietnam shows it. */
function clock(ms: number): string {
  return new Intl.DateTimeFormat("vi-VN", { timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" }).format(ms);
}
