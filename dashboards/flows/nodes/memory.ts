import type { FlowNode } from "./node-red.ts";

/** What a node must still know after a restart, on disk before it is acted upon. */
export interface Memory<T> {
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
}

/** The context store of the settings that writes through; Node-RED's usual one would forget its last seconds in a crash. */
const keptStore = "kept";

export function memoryOf<T>(node: FlowNode, key: string): Memory<T> {
  const context = node.context();
  return {
    read: () =>
      new Promise((resolve, reject) => {
        context.get(key, keptStore, (error, value) => {
          if (error) reject(error);
          else resolve(value as T | undefined);
        });
      }),
    write: (value) =>
      new Promise((resolve, reject) => {
        context.set(key, value, keptStore, (error) => (error ? reject(error) : resolve()));
      }),
  };
}
