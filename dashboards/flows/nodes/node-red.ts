/** What these nodes use of Node-RED 5, and no more. */
export interface NodeRed {
  readonly nodes: {
    createNode(node: FlowNode, config: object): void;
    registerType(type: string, build: (this: FlowNode, config: object) => void): void;
  };
  readonly settings: object;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** Text of the node's own catalogue, in the language of the settings. */
  _(key: string, words?: Readonly<Record<string, string | number>>): string;
}

export interface FlowMessage {
  _msgid?: string;
  payload?: unknown;
  [property: string]: unknown;
}

/** One place for each output; null: nothing goes out there. */
export type Sent = readonly (FlowMessage | null)[];

export interface FlowNode {
  on(
    event: "input",
    take: (message: FlowMessage, send: (sent: Sent) => void, done: (error?: Error) => void) => void,
  ): void;
  on(event: "close", end: (removed: boolean, done: () => void) => void): void;
  send(sent: Sent): void;
  status(status: NodeStatus): void;
  error(text: string): void;
  context(): NodeContext;
}

export interface NodeStatus {
  readonly fill: "green" | "yellow" | "red" | "grey";
  readonly shape: "dot" | "ring";
  readonly text: string;
}

export interface NodeContext {
  get(key: string, store: string, then: (error: Error | null, value: unknown) => void): void;
  set(key: string, value: unknown, store: string, then: (error?: Error | null) => void): void;
}
