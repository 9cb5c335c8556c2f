import type { z } from "zod";
import { problemsOf } from "./fields.ts";
import type { FlowMessage, FlowNode, NodeRed, NodeStatus, Sent } from "./node-red.ts";
import { leasePlatform } from "./platform/lease-platform.ts";
import type { Platform } from "./platform/platform.ts";

export interface NodeParts<Config> {
  readonly config: Config;
  readonly platform: Platform;
  readonly node: FlowNode;
  /** Shown under the node while the platform is reached. */
  show(fill: NodeStatus["fill"], text: string): void;
  /** Text of the node's catalogue. */
  say(key: string, words?: Readonly<Record<string, string | number>>): string;
}

export interface RunningNode {
  /** Takes a message in. @returns what goes out */
  take?(message: FlowMessage): Promise<Sent>;
  stop?(): void;
}

/**
 * Registers a node: its configuration is checked first, every problem at once; a node that is wrong does nothing and says why.
 */
export function defineNode<Schema extends z.ZodType>(
  RED: NodeRed,
  definition: {
    readonly type: string;
    readonly config: Schema;
    start(parts: NodeParts<z.output<Schema>>): RunningNode;
  },
): void {
  RED.nodes.registerType(definition.type, function build(this: FlowNode, written: object) {
    RED.nodes.createNode(this, written);
    const checked = definition.config.safeParse(written);
    if (checked.success) run(RED, this, (parts) => definition.start({ ...parts, config: checked.data }));
    else refuse(this, problemsOf(checked.error));
  });
}

function refuse(node: FlowNode, problem: string): void {
  node.status({ fill: "red", shape: "ring", text: problem });
  node.error(problem);
}

function run(
  RED: NodeRed,
  node: FlowNode,
  start: (parts: Omit<NodeParts<never>, "config">) => RunningNode,
): void {
  const { platform, release } = leasePlatform(RED);
  const light = createLight(node);
  const stopState = platform.onState((problem) => light.trouble(problem));
  const running = start({ platform, node, show: light.show, say: (key, words) => RED._(key, words) });
  const { take } = running;
  if (take !== undefined) {
    node.on("input", (message, send, done) => {
      take(message).then(
        (sent) => {
          send(sent);
          done();
        },
        (error: Error) => {
          light.show("red", error.message);
          done(error);
        },
      );
    });
  }
  node.on("close", (_removed, done) => {
    stopState();
    running.stop?.();
    void release().finally(done);
  });
}

/** Trouble on the line covers what the node has to say, and uncovers it when it is over. */
function createLight(node: FlowNode) {
  let own: NodeStatus = { fill: "grey", shape: "ring", text: "" };
  let problem: string | null = null;
  const light = () => node.status(problem === null ? own : { fill: "yellow", shape: "ring", text: problem });
  return {
    show(fill: NodeStatus["fill"], text: string) {
      own = { fill, shape: "dot", text };
      light();
    },
    trouble(now: string | null) {
      problem = now;
      light();
    },
  };
}
